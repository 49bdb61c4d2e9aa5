"""Whole calls whose voice streams, and whose language model answers with sound of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

import numpy as np
import pytest

from appliance.agents.voice import Clip, Voice
from appliance.config.agent import Agent
from appliance.engines.base import Message, Sampling, Speech
from appliance.errors import RemoteError
from tests.fakes.conversation import (
    WORD_S,
    Outcome,
    Script,
    ScriptedModel,
    ScriptedRecognition,
    ScriptedVoice,
    converse,
)
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

PIECE_S = 0.1
RECORDED_S = 0.6


class StreamingVoice(ScriptedVoice):
    """Gives its sound in pieces, each as long in the making as it lasts when ``slow``."""

    slow = 0.0
    breaks_after = 1000

    async def stream(self, text: str, *, call_id: str = "") -> AsyncGenerator[Speech]:
        whole = await super().synthesize(text, call_id=call_id)
        size = round(PIECE_S * 8000)
        for number, at in enumerate(range(0, whole.pcm.size, size)):
            if number == self.breaks_after:
                raise RemoteError("avr-tts", "http://box", "broke off in its answer")
            await asyncio.sleep(self.slow * PIECE_S)
            yield Speech(whole.pcm[at : at + size], 8000, "")


def agent() -> Agent:
    return Agent(
        name="clinic",
        persona="You are a receptionist.",
        greeting="Good day.",
        facts_from_model=True,
    )


def question() -> Script:
    return Script().quiet(1.2).says("tell me a story").quiet(6.0)


def call(script: Script, answer: str, *, slow: float = 0.0, breaks_after: int = 1000) -> Outcome:
    def stream(
        recognition: ScriptedRecognition, model: ScriptedModel, voice: ScriptedVoice
    ) -> None:
        voice.__class__ = StreamingVoice
        voice.slow, voice.breaks_after = slow, breaks_after  # type: ignore[attr-defined]

    return run(converse(agent(), script, answer=lambda prompt: answer, prepare=stream))


STORY = "Once upon a time there was a king who had three sons."


def test_a_voice_that_streams_is_heard_before_its_sentence_is_made() -> None:
    whole_s = len(STORY.split()) * WORD_S
    quick, slow = call(question(), STORY), call(question(), STORY, slow=0.5)
    said_at = 1.2 + 4 * WORD_S
    late_s = slow.first_sound_after(said_at) - quick.first_sound_after(said_at)
    assert late_s < 0.25 < 0.5 * whole_s
    assert slow.record.turns[0].said == STORY


def test_of_a_streamed_sentence_only_what_was_heard_is_remembered() -> None:
    script = Script().quiet(1.2).says("tell me a story").quiet(2.0).says("stop please stop")
    outcome = call(script.quiet(3.0), STORY)
    said = outcome.record.turns[0].said
    assert said
    assert STORY.startswith(said)
    assert len(said) < len(STORY)
    assert outcome.record.turns[0].interrupted


def test_a_voice_that_breaks_off_in_mid_sentence_ends_the_call_with_an_apology() -> None:
    outcome = call(question(), STORY, breaks_after=3)
    assert outcome.record.outcome == "remote_failed"
    assert outcome.connection.end == "hung_up"


def test_a_sentence_that_was_streamed_once_is_kept() -> None:
    async def twice() -> tuple[list[Clip], list[Clip]]:
        synthesizer = StreamingVoice()
        voice = Voice(synthesizer, "en")
        first = [clip async for clip in voice.parts(STORY, 8000)]
        again = [clip async for clip in voice.parts(STORY, 8000)]
        assert len(synthesizer.spoken) == 1
        return first, again

    first, (kept,) = run(twice())
    assert len(first) > 10
    assert " ".join(clip.text for clip in first if clip.text) == STORY
    assert np.array_equal(np.concatenate([clip.pcm for clip in first]), kept.pcm)
    assert kept.text == STORY


def test_recorded_sound_is_played_between_the_words_around_it() -> None:
    recording = np.full(round(RECORDED_S * 8000), 9000, np.int16)

    async def reply(
        messages: Sequence[Message], sampling: Sampling
    ) -> AsyncGenerator[str | Speech]:
        yield "Listen to this"
        yield Speech(recording, 8000, "[recording]")
        yield Speech(recording, 8000, "")
        yield "Thank you."

    def record(
        recognition: ScriptedRecognition, model: ScriptedModel, voice: ScriptedVoice
    ) -> None:
        model.reply = reply  # type: ignore[method-assign]

    outcome = run(converse(agent(), question(), prepare=record))
    assert outcome.record.turns[0].said == "Listen to this [recording] Thank you."
    assert outcome.voice.spoken[-2:] == ["Listen to this", "Thank you."]
    began = outcome.first_sound_after(1.2 + 4 * WORD_S)
    assert outcome.silent_from(began) - began >= 5 * WORD_S + 2 * RECORDED_S - 0.05
