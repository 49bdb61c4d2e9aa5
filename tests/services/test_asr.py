"""Turns out of sound, in virtual time. One word lasts 0.3 s."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.engines.base import Transcript
from appliance.errors import EngineBusy, RecognizerError
from appliance.services.asr import LEAD_S, hear, understand
from tests.fakes.conversation import Script
from tests.fakes.stages import ScriptedStages
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit


class LoopClock:
    def now(self) -> float:
        return asyncio.get_running_loop().time()


class Measuring:
    """A recogniser's session whose words are how many seconds it was given."""

    redecodes = True
    again_s = 6.0

    def expect(self, hint: str) -> None:
        pass

    def __init__(self) -> None:
        self.busy = 0
        self._samples = 0

    def feed(self, pcm: Pcm) -> None:
        if self.busy:
            self.busy -= 1
            raise EngineBusy("measuring", "enough is waiting")
        self._samples += pcm.size

    def prepare(self) -> None: ...

    @property
    def partial(self) -> Transcript:
        return Transcript("")

    async def finish(self) -> Transcript:
        seconds, self._samples = self._samples / 8000, 0
        return Transcript(f"{seconds:.1f}s" if seconds else "", final=True)

    async def close(self) -> None: ...


class Told:
    """Texts, and when they came."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.at_s: list[float] = []

    async def __call__(self, text: str) -> None:
        self.texts.append(text)
        self.at_s.append(asyncio.get_running_loop().time())


def sound_of(script: Script) -> Pcm:
    return np.concatenate([frame for frame in script.frames if not isinstance(frame, str)])


def cut(sound: Pcm, samples: int) -> Iterator[Pcm]:
    for start in range(0, sound.size, samples):
        yield sound[start : start + samples]


async def at_pace(sound: Pcm, samples: int = 160) -> AsyncIterator[Pcm]:
    clock, due_s = LoopClock(), 0.0
    for piece in cut(sound, samples):
        due_s += piece.size / 8000
        await asyncio.sleep(max(0.0, due_s - clock.now()))
        yield piece


async def at_once(sound: Pcm, samples: int = 160) -> AsyncIterator[Pcm]:
    for piece in cut(sound, samples):
        yield piece


async def heard(
    script: Script, sound: AsyncIterator[Pcm], stages: ScriptedStages | None = None
) -> Told:
    stages = stages or ScriptedStages(script.lines)
    told = Told()
    await hear(stages.desk, stages.recognition, sound, told, LoopClock())
    return told


def two_turns() -> Script:
    return (
        Script()
        .quiet(0.3)
        .says("i would like a table")
        .quiet(2.0)
        .says("what are your opening hours")
        .quiet(2.0)
    )


def test_every_turn_is_one_text() -> None:
    script = two_turns()
    told = run(heard(script, at_pace(sound_of(script))))
    assert told.texts == script.lines


def test_a_text_comes_as_soon_as_its_words_say_that_the_turn_is_over() -> None:
    script = Script().quiet(0.3).says("thank you very much goodbye").quiet(2.0)
    script = script.says("what are your opening hours").quiet(2.0)
    told = run(heard(script, at_pace(sound_of(script))))
    last_voices_s = [0.3 + 1.5, 0.3 + 1.5 + 2.0 + 1.5]
    delays_ms = [1000 * (at - voice) for at, voice in zip(told.at_s, last_voices_s, strict=True)]
    assert delays_ms[0] == pytest.approx(340, abs=45)  # hardly anybody goes on after this
    assert delays_ms[1] == pytest.approx(500, abs=45)  # and these may go on


def test_what_is_being_said_when_the_sound_ends_is_not_lost() -> None:
    script = Script().says("goodbye then")
    assert run(heard(script, at_pace(sound_of(script)))).texts == ["goodbye then"]


def test_what_was_said_before_a_pause_in_which_the_sound_ends_is_not_lost() -> None:
    script = Script().says("my number is four two").quiet(0.4)
    assert run(heard(script, at_pace(sound_of(script)))).texts == ["my number is four two"]


@pytest.mark.parametrize("samples", [7, 161, 60000])
def test_pieces_of_any_length_give_the_same_texts(samples: int) -> None:
    script = two_turns()
    assert run(heard(script, at_once(sound_of(script), samples))).texts == script.lines


def test_sound_that_comes_all_at_once_is_read_no_faster_than_the_recogniser_may_lag() -> None:
    script = Script()
    for _ in range(10):
        script.says("what are your opening hours").quiet(2.0)

    async def all_at_once() -> tuple[Told, float]:
        told = await heard(script, at_once(sound_of(script), 4000))
        return told, asyncio.get_running_loop().time()

    told, seconds = run(all_at_once())
    assert told.texts == script.lines
    assert seconds == pytest.approx(35.0 - LEAD_S, abs=1.0)


def test_a_gap_without_any_sound_is_no_reason_to_read_faster_afterwards() -> None:
    script = two_turns()

    async def late() -> AsyncIterator[Pcm]:
        await asyncio.sleep(3600)
        async for piece in at_once(sound_of(script)):
            yield piece

    assert run(heard(script, late())).texts == script.lines


def test_noise_without_words_is_no_text() -> None:
    script = Script().noise(1.0).quiet(2.0)
    assert run(heard(script, at_pace(sound_of(script)))).texts == []


def test_a_failing_recogniser_is_told_as_itself() -> None:
    script = two_turns()
    stages = ScriptedStages(script.lines)
    stages.recognition.failure = RecognizerError("scripted", "broken")
    with pytest.raises(RecognizerError, match="broken"):
        run(heard(script, at_pace(sound_of(script)), stages))


def test_a_client_that_cannot_be_told_ends_the_hearing() -> None:
    script = two_turns()
    stages = ScriptedStages(script.lines)

    async def gone(text: str) -> None:
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        run(hear(stages.desk, stages.recognition, at_pace(sound_of(script)), gone, LoopClock()))


def test_a_recording_is_understood_as_a_whole() -> None:
    session = Measuring()
    assert run(understand(session, at_once(np.ones(80_000, np.int16), 777), 8000)) == "10.0s"


def test_a_long_recording_is_cut_where_it_is_quiet() -> None:
    speech, silence = np.full(8000, 5000, np.int16), np.zeros(8000, np.int16)
    sound = np.concatenate([np.tile(speech, 20), silence, np.tile(speech, 40)])
    text = run(understand(Measuring(), at_once(sound, 5000), 8000))
    assert [round(float(part.rstrip("s"))) for part in text.split()] == [20, 25, 16]


def test_a_long_recording_without_pauses_is_cut_before_it_is_too_long() -> None:
    loud = np.full(8000 * 60, 5000, np.int16)
    words = run(understand(Measuring(), at_once(loud, 80_000), 8000)).split()
    assert max(float(word.rstrip("s")) for word in words) <= 25.5


def test_a_recogniser_that_is_behind_is_waited_for() -> None:
    session = Measuring()
    session.busy = 50
    assert run(understand(session, at_once(np.ones(8000, np.int16)), 8000)) == "1.0s"
