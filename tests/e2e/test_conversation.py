"""Spoken conversations with the real program and its own models: sound in over AudioSocket, sound
out, words checked."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.audio.resample import resample
from appliance.bench.local_service import Service
from appliance.caller.caller import Echo, Target, place_call
from appliance.caller.line import Line, make_keys, make_line
from appliance.caller.result import CallResult
from appliance.caller.script import Manners
from appliance.text.canonical import canonical
from tests.fakes.spectrum import WIDE_DB, upper_half_db

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest.fixture
def service(real_service: Service) -> Service:
    return real_service


class Conversation:
    """One finished call: what the caller measured, what the service wrote down, what was heard."""

    def __init__(self, call: CallResult, record: dict[str, object], agent_sound: Pcm) -> None:
        self.call = call
        self.record = record
        self.agent_sound = agent_sound
        self.turns: list[dict[str, object]] = record["turns"]  # type: ignore[assignment]

    @property
    def heard(self) -> list[str]:
        """What was understood, without case and punctuation."""
        return [canonical(str(turn["heard"])) for turn in self.turns]


async def converse(
    service: Service,
    lines: list[Line],
    folder: Path,
    manners: Manners | None = None,
    echo: Echo | None = None,
) -> Conversation:
    target = Target(
        host=service.host, port=service.port, record=folder / "call.wav", echo=echo, max_call_s=90
    )
    call = await place_call(target, lines, manners)
    record = await service.client.record(call.uuid)
    assert record is not None
    assert call.recording is not None
    with wave.open(call.recording) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        assert file.getframerate() == lines[0].rate_hz
    return Conversation(call, record, sound[1::2].astype(np.int16))


async def test_every_line_of_a_caller_is_understood_and_answered_right(
    service: Service,
    caller_lines: dict[str, Line],
    tmp_path: Path,
    understood: Callable[[Pcm], str],
) -> None:
    spoken = await converse(service, list(caller_lines.values()), tmp_path)
    assert spoken.call.all_answered
    assert spoken.heard == [line.words for line in caller_lines.values()]
    answers = understood(spoken.agent_sound)
    assert "quay street clinic good day how can i help you" in answers
    assert "we are open from nine to five monday to friday" in answers
    assert "twelve quay street next to the main station" in answers
    assert "free parking behind the building" in answers
    assert "forty pounds and a check up is twenty five pounds" in answers
    assert "thank you for calling goodbye" in answers
    assert spoken.record["outcome"] == "agent_hangup"
    assert spoken.call.outcome == "agent_hung_up"


async def test_a_price_asked_behind_another_answer_is_asked_back(
    service: Service, caller_lines: dict[str, Line], tmp_path: Path
) -> None:
    spoken = await converse(service, [caller_lines["parking"], caller_lines["price"]], tmp_path)
    assert spoken.heard == ["is there any parking", "how much does it cost"]
    said = str(spoken.turns[1]["said"])
    assert "our prices, or parking?" in said
    assert "£" not in said


async def test_small_talk_is_answered_by_the_language_model(
    service: Service, caller_lines: dict[str, Line], tmp_path: Path
) -> None:
    spoken = await converse(service, [caller_lines["hello"]], tmp_path)
    assert spoken.turns[0]["source"] == "language_model"
    assert spoken.turns[0]["said"]


async def test_a_caller_who_interrupts_is_answered_and_the_rest_is_not_spoken(
    service: Service, caller_lines: dict[str, Line], line: Callable[..., Line], tmp_path: Path
) -> None:
    interruption = line("what_are_your_opening_hours", barge_in_ms=900)
    spoken = await converse(service, [caller_lines["price"], interruption], tmp_path)
    first, second = spoken.turns
    assert first["interrupted"] is True
    assert str(first["said"]).startswith("A first appointment")
    assert "check" not in str(first["said"])
    assert spoken.heard[1] == "what are your opening hours"
    assert "nine to five" in str(second["said"])
    assert spoken.call.lines[1].reaction_s is not None


async def test_the_greeting_is_interrupted_at_its_first_words(
    service: Service, line: Callable[..., Line], tmp_path: Path
) -> None:
    spoken = await converse(service, [line("what_are_your_opening_hours", 300)], tmp_path)
    assert spoken.heard[0] == "what are your opening hours"
    assert len(str(spoken.record["greeting"])) < len("Quay Street Clinic, good day.")


async def test_a_caller_who_halts_inside_a_sentence_is_understood(
    service: Service, line: Callable[..., Line], tmp_path: Path
) -> None:
    question = line("what_are_your_opening_hours")
    beginning = (3 * question.voice_start + question.voice_end) // 4  # nothing to answer yet
    halting = np.insert(question.pcm, beginning, np.zeros(8000 * 3 // 10, np.int16))
    spoken = await converse(service, [make_line("halting", halting)], tmp_path)
    assert spoken.heard == ["what are your opening hours"]


async def test_the_agents_own_echo_does_not_interrupt_it(
    service: Service, caller_lines: dict[str, Line], tmp_path: Path
) -> None:
    lines = [caller_lines["price"], caller_lines["address"]]
    spoken = await converse(service, lines, tmp_path, echo=Echo(level_db=-20.0))
    assert [turn["interrupted"] for turn in spoken.turns] == [False, False]
    assert spoken.heard == [each.words for each in lines]


async def test_a_wide_caller_is_understood_and_hears_a_wide_voice(
    service: Service, line: Callable[..., Line], tmp_path: Path, understood: Callable[[Pcm], str]
) -> None:
    question = line("wide_opening_hours", rate_hz=16000)
    assert upper_half_db(question.pcm) > WIDE_DB
    spoken = await converse(service, [question], tmp_path)
    assert spoken.heard[0] == "what are your opening hours"
    assert upper_half_db(spoken.agent_sound) > WIDE_DB
    assert "nine to five" in understood(resample(spoken.agent_sound, 16000, 8000))


async def test_a_caller_who_hangs_up_in_mid_answer_leaves_nothing_behind(
    service: Service, caller_lines: dict[str, Line], tmp_path: Path
) -> None:
    spoken = await converse(
        service, [caller_lines["price"]], tmp_path, Manners(hang_up_after_s=1.0)
    )
    assert spoken.record["outcome"] == "caller_hangup"
    said = str(spoken.turns[0]["said"])
    assert said
    assert not said.endswith("pounds.")
    assert "appliance_calls_active 0.0" in await service.client.metrics()


async def test_two_callers_at_once_get_each_their_own_answer(
    service: Service,
    caller_lines: dict[str, Line],
    tmp_path: Path,
    understood: Callable[[Pcm], str],
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    one, two = await asyncio.gather(
        converse(service, [caller_lines["opening"]], folders[0]),
        converse(service, [caller_lines["parking"]], folders[1]),
    )
    assert "nine to five" in understood(one.agent_sound)
    assert "free parking" in understood(two.agent_sound)
    assert "parking" not in understood(one.agent_sound)


async def test_a_key_is_answered_like_a_word(service: Service, tmp_path: Path) -> None:
    spoken = await converse(service, [make_keys("0")], tmp_path)
    assert spoken.turns[0]["heard"] == "0"
    assert spoken.record["outcome"] == "transfer"
    assert spoken.call.outcome == "agent_hung_up"


async def test_a_quiet_caller_is_heard_as_well(
    service: Service, caller_lines: dict[str, Line], tmp_path: Path
) -> None:
    loud = caller_lines["address"]
    quiet = replace(loud, pcm=(loud.pcm // 8).astype(loud.pcm.dtype))  # 18 dB down
    spoken = await converse(service, [quiet], tmp_path)
    assert spoken.heard[0] == loud.words
