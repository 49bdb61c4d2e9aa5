"""Lines heard are judged by their words; a page shows the worst; calls go on where they ended."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from aiohttp.test_utils import TestServer
from rich.console import Console

from appliance.bench.asr import Clip
from appliance.bench.exchange import Exchange
from appliance.bench.figures import conditions
from appliance.bench.listening import LineHeard, ListeningReport, judged, measure_listening
from appliance.bench.listening_page import WORST, check_folder, page, write_page
from appliance.bench.listening_plan import Plan, planned
from appliance.bench.local_service import Service, running_service
from appliance.bench.report import print_listening
from appliance.caller.result import LineResult
from appliance.config.settings import Settings
from appliance.errors import ApplianceError, AudioFileError, SettingsError
from appliance.http.app import build_app
from tests.fakes.answering_agent import AnsweringAgent
from tests.fakes.http_backend import FakeBackend

VOICE = (8000 * np.sin(2 * np.pi * 700 * np.arange(16_000) / 8000)).astype(np.int16)
WORDS = "Are you open at nine thirty on Monday?"


def clips(count: int, text: str = WORDS) -> tuple[Clip, ...]:
    return tuple(Clip(f"{number}.wav", text, VOICE) for number in range(count))


def plan(count: int = 3, wanted: tuple[str, ...] = ("clean",), **options: Any) -> Plan:
    return Plan(clips(count), "ours", wanted, **options)


def result(**changes: Any) -> LineResult:
    values = {"started_s": 1.0, "ended_s": 3.0, "voice_to_voice_s": 0.3}
    return LineResult("0.wav", WORDS, **(values | changes))


def turn(heard: str) -> dict[str, Any]:
    stamps = {"first_frame": 300, "answer": 300}
    return {"heard": heard, "source": "knowledge", "timeline_ms": stamps, "voice_ended_ms": 2900}


def heard(text: str | None, **changes: Any) -> LineHeard:
    turns = () if text is None else (turn(text),)
    return judged("clean", Exchange(result(**changes), turns), "en")


@pytest.mark.unit
def test_words_are_judged_in_their_canonical_form() -> None:
    right = heard("are you open at 9:30 on monday")
    assert (right.wrong, right.words, right.missed) == (0, 8, False)
    assert right.answered_s == 0.3
    assert heard("You open at 9:30 on Sunday").wrong == 2


@pytest.mark.unit
def test_all_words_of_a_missed_line_are_wrong_and_nothing_was_answered() -> None:
    missed = heard(None)
    assert (missed.missed, missed.asked_again, missed.wrong) == (True, True, missed.words)
    assert missed.answered_s is None
    assert not heard(None, voice_to_voice_s=None).asked_again


@pytest.mark.unit
@pytest.mark.parametrize("change", [{"cut_in_s": 1.2}, {"ended_s": None}])
def test_an_answer_before_the_callers_end_is_a_cut_in_and_no_quick_answer(
    change: Mapping[str, Any],
) -> None:
    early = heard("are you open", **change)
    assert early.cut_in
    assert early.answered_s is None


@pytest.mark.unit
def test_lines_are_chosen_evenly_and_fewer_of_them_after_a_silence() -> None:
    many = plan(40)
    assert len(many.lines("clean")) == 10
    assert len(many.lines("silence")) == 6
    assert [line.name for line in plan(10, most=5).lines("clean")] == [
        f"{number}.wav" for number in (0, 2, 4, 6, 8)
    ]
    assert len(plan(3).lines("clean")) == 3


@pytest.mark.unit
def test_a_plan_that_cannot_be_is_told(tmp_path: Path) -> None:
    def made(folder: Path | None, names: str) -> Plan:
        return planned(Settings(), folder, person=False, conditions=names, most=None, calls=1)

    assert made(None, "noise, clean").wanted == ("noise", "clean")
    with pytest.raises(SettingsError, match="no condition 'nois'; did you mean \"noise\""):
        made(None, "clean,nois")
    with pytest.raises(AudioFileError, match="there is no WAV in it"):
        made(tmp_path, "clean")


class Records(FakeBackend):
    """Understands the first line of every call, and nothing of the others."""

    async def call_record(self, uuid: UUID) -> Mapping[str, Any] | None:
        first = turn(WORDS) | {"voice_ended_ms": 3000}
        return {"uuid": str(uuid), "ended": "2026-01-01", "greeting": "Hi.", "turns": [first]}


@asynccontextmanager
async def service(agent: AnsweringAgent) -> AsyncIterator[Service]:
    async with (
        agent.serve(),
        TestServer(build_app(Records())) as server,
        running_service("127.0.0.1", agent.port, server.port or 0) as found,
    ):
        yield found


async def measured(agent: AnsweringAgent, what: Plan) -> ListeningReport:
    async with service(agent) as found:
        return await measure_listening(found, what, conditions(Settings()), lambda _: None)


@pytest.mark.e2e
async def test_a_caller_who_is_hung_up_on_dials_again_for_the_other_lines() -> None:
    report = await measured(AnsweringAgent(hang_up_after=1), plan(3))
    assert sorted(line.name for line in report.lines) == ["0.wav", "1.wav", "2.wav"]
    (found,) = report.figures
    assert (found.lines, found.missed, found.wrong) == (3, 0, 0)
    assert found.answer is not None
    console = Console(file=io.StringIO(), width=100)
    print_listening(console, report)
    assert isinstance(console.file, io.StringIO)
    assert "hears, thinks, speaks" in console.file.getvalue()
    assert re.search(r"as recorded +3 +0\.0 % +0 +0 ", console.file.getvalue())


@pytest.mark.e2e
async def test_lines_that_no_turn_became_of_are_missed() -> None:
    report = await measured(AnsweringAgent(), plan(2, calls=2))
    assert [(line.name, line.missed) for line in report.lines] == [
        ("0.wav", False),
        ("1.wav", True),
    ]
    (found,) = report.figures
    assert (found.missed, found.asked_again, found.word_error_rate) == (1, 1, 0.5)


@pytest.mark.e2e
async def test_a_service_without_room_is_told() -> None:
    with pytest.raises(ApplianceError, match="refused a call: .* take fewer --calls"):
        await measured(AnsweringAgent(refuse=True), plan(1))


def report_of(*lines: LineHeard) -> ListeningReport:
    return ListeningReport(conditions(Settings(), ["<ear>"]), "ours", 1, None, (), lines)


class Loaded(HTMLParser):
    """What a page would load, and what it is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


@pytest.mark.unit
def test_the_page_marks_what_differs_and_plays_what_was_sent() -> None:
    text = page(report_of(heard("are you open at nine thirty on sunday morning")), plan())
    assert "are you open at nine thirty on <del>monday</del>" in text
    assert "<ins>sunday</ins> <ins>morning</ins>" in text
    assert "2 of 8 words wrong, answered after 300 ms" in text
    loaded = Loaded(text)
    assert "audio" in loaded.tags
    assert all(address.startswith("data:audio/wav;base64,") for address in loaded.addresses)
    assert "script" not in loaded.tags
    assert "default-src 'none'" in text


@pytest.mark.unit
def test_what_was_said_and_heard_cannot_change_the_page() -> None:
    text = page(report_of(heard("<script>alert(1)</script>")), plan())
    assert "<script" not in text
    assert "&lt;ear&gt;" in text


@pytest.mark.unit
def test_the_worst_come_first_and_no_more_than_somebody_listens_to() -> None:
    lines = [heard("are you open at nine thirty on sunday")] * WORST + [heard(None)]
    text = page(report_of(*lines), plan())
    assert text.count("<article>") == WORST
    assert text.index("no turn became of it") < text.index("sunday")
    assert f"The worst {WORST} of {WORST + 1} lines with a fault" in text
    assert "No fault" in page(report_of(heard(WORDS)), plan())


@pytest.mark.unit
def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "report"
    check_folder(folder)
    assert not folder.exists()
    assert write_page(folder, report_of(), plan()) == folder / "index.html"
    assert [path.name for path in folder.iterdir()] == ["index.html"]
    (tmp_path / "file").touch()
    for refused in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SettingsError, match="cannot be written to; name another folder"):
            check_folder(refused)
    with pytest.raises(SettingsError, match="cannot be written: File exists"):
        write_page(tmp_path / "file", report_of(), plan())
