"""A turn's utterances on their way to the caller's ear. One word lasts 0.3 s."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from appliance.agents.voice import Voice
from appliance.audio.frame import FRAME_S
from appliance.call.reply import FixedReply
from appliance.call.turn import Turn
from appliance.turns.playout import Playout
from tests.fakes.conversation import ScriptedVoice
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

TOOL_SAID = "Your next visit, Anna, is at nine. Please bring your card."


class Loop:
    def now(self) -> float:
        return asyncio.get_running_loop().time()


class Mouth:
    """A turn, its voice, and what a caller hears of it, Frame by Frame."""

    def __init__(self, *, committed: bool = True) -> None:
        self.synthesizer = ScriptedVoice()
        self.voice = Voice(self.synthesizer, "en")
        self.playout = Playout()
        self.turn = Turn(self.voice, self.playout, Loop(), Loop().now(), "call")
        if committed:
            self.turn.commit()
        self.heard: list[bool] = []

    async def listen(self) -> None:
        while True:
            await asyncio.sleep(FRAME_S)
            frame = self.playout.next_frame()
            self.heard.append(frame is not None and any(frame))

    def silences_s(self) -> list[float]:
        """Between its first sound and its last."""
        spoken = "".join("x" if audible else " " for audible in self.heard).strip()
        return [round(len(gap) * FRAME_S, 2) for gap in spoken.split("x") if gap]


async def written(text: str, *, slow_s: float = 0.0) -> AsyncIterator[str]:
    """By a language model, a word every ``slow_s``."""
    for word in text.split():
        await asyncio.sleep(slow_s)
        yield word + " "


async def stream(text: str, *, slow_s: float = 0.0) -> Mouth:
    mouth = Mouth()
    listening = asyncio.create_task(mouth.listen())
    await mouth.turn.stream(
        written(text, slow_s=slow_s),
        max_tokens=100,
        allowed=lambda utterance: True,
        on_first_utterance=lambda seconds: None,
    )
    await mouth.turn.finish()
    listening.cancel()
    return mouth


async def say(text: str, *, prepared: bool = False) -> Mouth:
    mouth = Mouth()
    if prepared:
        await mouth.voice.prepare([text])
    listening = asyncio.create_task(mouth.listen())
    await mouth.turn.say(FixedReply(text))
    await mouth.turn.finish()
    listening.cancel()
    return mouth


def test_between_pieces_is_the_pause_that_belongs_there() -> None:
    text = "I am fine, thank you. How are you? We can do that on the phone on Monday or later."
    mouth = run(stream(text))
    assert mouth.synthesizer.spoken == [
        "I am fine,",
        "thank you.",
        "How are you?",
        "We can do that on the phone on Monday or later.",
    ]
    assert mouth.silences_s() == [0.1, 0.16, 0.16]  # whole Frames


def test_a_pause_that_was_heard_because_a_piece_is_late_is_not_made_longer() -> None:
    mouth = run(stream("Well then. How are you?", slow_s=0.5))
    assert mouth.silences_s() == [
        0.42
    ]  # the words took 1 s, the first utterance 0.6 s, its voice 0.02


def test_a_piece_for_which_a_caller_waits_is_urgent_and_the_others_are_not() -> None:
    mouth = run(stream("I am fine, thank you. How are you?"))
    assert mouth.synthesizer.urgencies == {
        "I am fine,": "first",
        "thank you.": "next",
        "How are you?": "next",
    }


def test_words_that_nobody_knew_before_are_heard_from_their_first_piece_on() -> None:
    mouth = run(say(TOOL_SAID))
    assert mouth.synthesizer.spoken == [
        "Your next visit,",
        "Anna, is at nine.",
        "Please bring your card.",
    ]
    assert mouth.heard.index(True) < 3
    assert mouth.turn.said == TOOL_SAID


def test_words_that_were_prepared_are_spoken_in_one() -> None:
    mouth = run(say(TOOL_SAID, prepared=True))
    assert mouth.synthesizer.urgencies == {TOOL_SAID: "ahead"}
    assert mouth.silences_s() == []


def test_a_turn_that_is_not_committed_is_ready_and_silent() -> None:
    async def prepare() -> tuple[Mouth, bool]:
        mouth = Mouth(committed=False)
        listening = asyncio.create_task(mouth.listen())
        saying = asyncio.create_task(mouth.turn.say(FixedReply("How are you?")))
        await asyncio.sleep(1.0)
        silent = not any(mouth.heard)
        mouth.turn.commit()
        await saying
        await mouth.turn.finish()
        listening.cancel()
        return mouth, silent

    mouth, silent = run(prepare())
    assert silent
    assert mouth.turn.timeline.first_pcm is not None
    assert mouth.turn.timeline.first_frame is not None
    assert mouth.turn.timeline.first_frame - 1.0 == pytest.approx(FRAME_S)
    assert mouth.turn.said == "How are you?"


def test_what_was_said_ends_at_the_last_word_that_was_heard() -> None:
    async def stop() -> Mouth:
        mouth = Mouth()
        listening = asyncio.create_task(mouth.listen())
        await mouth.turn.say(FixedReply("We can do that on the phone."))
        await asyncio.sleep(0.95)
        mouth.playout.clear()
        listening.cancel()
        return mouth

    assert run(stop()).turn.said == "We can do"


def test_a_filler_is_no_part_of_what_was_said() -> None:
    async def wait() -> Mouth:
        mouth = Mouth()
        listening = asyncio.create_task(mouth.listen())
        await mouth.voice.prepare(["One moment."])
        clip = mouth.voice.kept("One moment.", mouth.playout.rate_hz)
        assert clip is not None
        mouth.turn.fill(clip)
        assert not mouth.turn.answering
        await mouth.turn.say(FixedReply("How are you?"))
        await mouth.turn.finish()
        listening.cancel()
        return mouth

    mouth = run(wait())
    assert mouth.turn.said == "How are you?"
    assert mouth.turn.timeline.answer is not None
    assert mouth.turn.timeline.first_frame is not None
    assert mouth.turn.timeline.answer > mouth.turn.timeline.first_frame


async def said_by_each(reply: FixedReply) -> tuple[list[str], list[str]]:
    """What a voice, and the slower one beside it, were given of ``reply``."""
    usual, slow, playout = ScriptedVoice(), ScriptedVoice(), Playout()
    turn = Turn(Voice(usual, "en", slower=slow), playout, Loop(), Loop().now(), "call")
    turn.commit()
    await turn.say(reply)
    return usual.spoken, slow.spoken


def test_what_a_caller_did_not_understand_is_said_by_the_slower_voice() -> None:
    assert run(said_by_each(FixedReply("At nine.", slower=True))) == ([], ["At nine."])
    assert run(said_by_each(FixedReply("At nine."))) == (["At nine."], [])
