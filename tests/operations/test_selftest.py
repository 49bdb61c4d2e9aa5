"""The verdict of the self-test, and the file that starts it. The call itself: tests/asterisk."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.caller.result import LineResult
from appliance.errors import ApplianceError
from appliance.operations import selftest as module
from appliance.operations.selftest import (
    NO_CALL,
    Observed,
    Plan,
    Step,
    judge,
    place_call_file,
    selftest_in,
)

pytestmark = pytest.mark.unit

GOOD = Observed(
    greeting_s=0.08,
    lines=(
        LineResult("price.wav", "", 3.0, 4.2, voice_to_voice_s=0.4),
        LineResult("opening.wav", "", 5.3, 6.4, voice_to_voice_s=0.41, reaction_s=0.2),
    ),
    key_s=0.7,
    record={
        "greeting": "Good day.",
        "outcome": "caller_hangup",
        "turns": [
            {"heard": "how much is it", "said": "A first", "interrupted": True},
            {"heard": "when do you open", "said": "At nine.", "interrupted": False},
            {"heard": "9", "said": "Pardon?", "interrupted": False},
        ],
    },
)


def wrong(seen: Observed) -> list[str]:
    """The names of the steps that failed."""
    return [step.name for step in judge(Plan(url=""), seen) if not step.ok]


def test_a_good_call_passes_with_its_timings() -> None:
    steps = judge(Plan(url=""), GOOD)
    assert wrong(GOOD) == []
    assert steps[0] == Step("greeting", True, "Good day.", 80)
    assert [step.ms for step in steps] == [80, 410, 200, 700, None]


def test_each_thing_that_is_missing_is_named() -> None:
    assert wrong(replace(GOOD, lines=(), greeting_s=None)) == ["greeting", "answer", "barge-in"]
    turns = [turn for turn in GOOD.record["turns"] if turn["heard"] != "9"]
    assert wrong(replace(GOOD, record={**GOOD.record, "turns": turns})) == ["key"]
    assert wrong(replace(GOOD, record={**GOOD.record, "outcome": "transfer"})) == ["hang-up"]


def test_what_we_were_too_late_to_hear_counts_by_the_service_s_record() -> None:
    first, second = GOOD.lines
    late = replace(GOOD, lines=(first, replace(second, reaction_s=None)), key_s=None)
    assert wrong(late) == []
    assert [step.ms for step in judge(Plan(url=""), late)] == [80, 410, None, None, None]
    turns = [{**turn, "said": "", "interrupted": False} for turn in GOOD.record["turns"]]
    assert wrong(replace(late, record={**GOOD.record, "turns": turns})) == ["barge-in", "key"]


def test_a_call_file_appears_whole(tmp_path: Path) -> None:
    spool = tmp_path / "outgoing"
    spool.mkdir()
    file = place_call_file(spool, "Channel: Local/s\n", "1")
    assert file == spool / "selftest-1.call"
    assert file.read_text() == "Channel: Local/s\n"
    assert list(tmp_path.iterdir()) == [spool]
    assert file.stat().st_mode & stat.S_IRUSR


def test_a_missing_spool_is_one_line_with_its_mend(tmp_path: Path) -> None:
    with pytest.raises(ApplianceError, match=r"run it as root .* --spool"):
        place_call_file(tmp_path / "nowhere" / "outgoing", "", "1")


WELL = [Step("key", True, "a key is answered")]
WRONG = [Step("key", False, "a key is answered"), Step("hang-up", True, "")]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[Step] | ApplianceError]:
    """What the next calls bring, in order."""
    coming: list[list[Step] | ApplianceError] = []

    async def selftest(plan: Plan, say: Callable[[str], None]) -> list[Step]:
        brought = coming.pop(0)
        if isinstance(brought, ApplianceError):
            raise brought
        return brought

    monkeypatch.setattr(module, "selftest", selftest)
    return coming


async def tried(tries: int) -> tuple[list[Step], list[str]]:
    """The steps, and what was said of calls that went wrong."""
    said: list[str] = []
    return await selftest_in(tries, Plan(url=""), said.append), said


async def test_a_call_that_a_busy_machine_spoils_is_repeated_and_told(
    calls: list[list[Step] | ApplianceError],
) -> None:
    calls += [WRONG, ApplianceError("Asterisk does not take calls", code=NO_CALL), WELL]
    steps, said = await tried(3)
    assert steps == WELL
    assert said[0].startswith("that call went wrong (key: a key is answered; load ")
    assert "(Asterisk does not take calls; load " in said[1]


async def test_a_box_that_does_not_work_fails_after_the_last_try(
    calls: list[list[Step] | ApplianceError],
) -> None:
    calls += [WRONG, WRONG, WELL]
    steps, said = await tried(2)
    assert (steps, len(said)) == (WRONG, 1)


async def test_what_another_call_would_not_change_is_told_at_once(
    calls: list[list[Step] | ApplianceError],
) -> None:
    calls += [ApplianceError("no such spool", code="no_spool"), WELL]
    with pytest.raises(ApplianceError, match="no such spool"):
        await tried(3)
    assert calls == [WELL]
