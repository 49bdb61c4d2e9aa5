"""Sound out of texts, sentence by sentence."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import numpy as np
import pytest

from appliance.errors import SynthesizerError
from appliance.services.tts import speak
from tests.fakes.stages import ScriptedStages
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

THREE = "This is one. This is two. This is three."


async def spoken(stages: ScriptedStages, text: str, key: str = "") -> list[int]:
    turn = stages.admission.speaking
    async with aclosing(speak(stages.desk.voice, text, turn, key)) as clips:
        return [clip.size async for clip in clips]


def test_every_sentence_is_a_piece_of_sound() -> None:
    stages = ScriptedStages()
    sizes = run(spoken(stages, THREE))
    assert stages.voice.spoken == ["This is one.", "This is two.", "This is three."]
    assert sizes == [round(3 * 0.3 * 8000)] * 3


def test_what_cannot_be_spoken_has_no_sound() -> None:
    assert run(spoken(ScriptedStages(), "*** :-) ***")) == []


def test_a_text_without_end_is_spoken_in_bearable_pieces() -> None:
    stages = ScriptedStages()
    assert len(run(spoken(stages, "a" * 5000))) == 14
    assert max(map(len, stages.voice.spoken)) == 400


def test_those_who_speak_take_turns_at_every_sentence() -> None:
    stages = ScriptedStages()

    async def both() -> None:
        long = "Long one. Long two. Long three. Long four."
        await asyncio.gather(spoken(stages, long, "a"), spoken(stages, "Short.", "b"))

    run(both())
    assert stages.voice.spoken.index("Short.") == 1


def test_a_reader_that_leaves_stops_the_work_behind_the_present_sentence() -> None:
    stages = ScriptedStages()

    async def leave() -> None:
        turn = stages.admission.speaking
        async with aclosing(speak(stages.desk.voice, THREE, turn, "")) as clips:
            async for clip in clips:
                assert isinstance(clip, np.ndarray)
                break
        assert not turn.locked()

    run(leave())
    assert stages.voice.spoken == ["This is one."]


def test_a_failing_voice_is_told_as_itself_and_lets_others_speak() -> None:
    stages = ScriptedStages()
    stages.voice.failure = SynthesizerError("scripted", "broken")
    with pytest.raises(SynthesizerError, match="broken"):
        run(spoken(stages, "Hello."))
    stages.voice.failure = None
    assert run(spoken(stages, "Hello."))
