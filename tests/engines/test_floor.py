"""Who has the floor, with real sound: the real detector and Whisper in calls of virtual time."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from appliance.audio.frame import FRAME_SAMPLES, Pcm
from appliance.audio.voiced import speech_rms
from appliance.audio.wav import read_wav
from appliance.config.agent import Agent
from appliance.text.canonical import canonical
from tests.fakes.clips import STRANGE, clip
from tests.fakes.conversation import Outcome, Script, converse
from tests.fakes.decoded_at_once import DecodedAtOnce
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.engine

RATE_HZ = 8000
QUESTION = "what are your opening hours"
GREETING = "Quay Street Clinic, good day. How can I help you today?"
"""3.3 s in the fake voice."""
ANSWER = "We are open from nine to five on all days of the week but Sunday."
LONG = "Alpha bravo charlie delta echo fox golf hotel india juliet kilo lima mike november oscar."

Say = Callable[[str], Pcm]


@pytest.fixture(scope="module")
def ears(whisper_path: Path) -> DecodedAtOnce:
    return DecodedAtOnce(whisper_path)


@pytest.fixture(scope="module")
def say(data_dir: Path) -> Say:
    """Words in the voice en_US-joe-medium, made once: it never says them twice alike."""

    def spoken(words: str) -> Pcm:
        name = re.sub(r"\W+", "_", words.lower()).strip("_")
        pcm, _ = read_wav(data_dir / "joe" / f"{name}.wav")
        return pcm

    return spoken


def agent(**changes: object) -> Agent:
    return Agent.model_validate(
        {
            "name": "clinic",
            "persona": "x",
            "greeting": GREETING,
            "knowledge": [
                {"id": "hours", "questions": [QUESTION], "answer": ANSWER},
                {"id": "about", "questions": ["tell me about the clinic"], "answer": LONG},
            ],
            **changes,
        }
    )


def at_dbfs(pcm: Pcm, dbfs: float) -> Pcm:
    gain = 10 ** (dbfs / 20) / speech_rms(pcm / 32768, RATE_HZ)
    return np.clip(pcm * gain, -32768, 32767).astype(np.int16)


def quiet(seconds: float) -> Pcm:
    return np.zeros(round(seconds * RATE_HZ), np.int16)


def hold(ears: DecodedAtOnce, *sounds: Pcm, under: Pcm | None = None) -> Outcome:
    """A call in which ``sounds`` follow one another, over ``under`` from its first moment."""
    track = np.concatenate(sounds)
    if under is not None:
        again = np.tile(under, track.size // under.size + 1)[: track.size]
        track = np.clip(track.astype(np.int32) + again, -32768, 32767).astype(np.int16)
    size = FRAME_SAMPLES
    frames = [track[at : at + size] for at in range(0, track.size - size + 1, size)]
    return run(converse(agent(), Script(list(frames)), ears=ears))


def words_of(outcome: Outcome) -> list[str]:
    return [canonical(turn.heard) for turn in outcome.record.turns]


@pytest.mark.parametrize("below_db", [20, 25, 30])
def test_a_television_neither_interrupts_nor_is_joined_to_the_callers_words(
    ears: DecodedAtOnce, below_db: int
) -> None:
    television = [at_dbfs(clip(text), -20 - below_db) for text in STRANGE]
    asks = at_dbfs(clip(QUESTION), -20)
    under = np.concatenate([part for each in television for part in (each, quiet(0.4))])
    outcome = hold(ears, quiet(4.5), asks, quiet(9.0), asks, quiet(6.0), under=under)
    assert outcome.record.greeting == GREETING
    assert words_of(outcome) == [QUESTION] * 2
    assert [turn.said for turn in outcome.record.turns] == [ANSWER] * 2


@pytest.mark.parametrize("dbfs", [-20, -45])
def test_a_caller_is_heard_who_is_quiet_from_the_start(ears: DecodedAtOnce, dbfs: int) -> None:
    asks = at_dbfs(clip(QUESTION), dbfs)
    assert words_of(hold(ears, quiet(4.5), asks, quiet(7.0))) == [QUESTION]


def test_a_caller_who_hands_the_telephone_over_to_a_softer_voice_is_no_loss(
    ears: DecodedAtOnce, say: Say
) -> None:
    first, second = at_dbfs(clip(QUESTION), -18), at_dbfs(say("What are your opening hours?"), -28)
    outcome = hold(ears, quiet(4.5), first, quiet(7.5), second, quiet(7.0))
    assert words_of(outcome) == [QUESTION] * 2


def test_after_hold_music_the_caller_is_heard(ears: DecodedAtOnce) -> None:
    at = np.arange(8 * RATE_HZ) / RATE_HZ
    chords = sum(np.sin(2 * np.pi * hz * at) for hz in (262, 330, 392, 523))
    music = (1500 * chords * (0.6 + 0.4 * np.sin(2 * np.pi * 2 * at))).astype(np.int16)
    asks = at_dbfs(clip(QUESTION), -20)
    outcome = hold(ears, quiet(4.0), music, quiet(0.5), asks, quiet(7.0))
    assert words_of(outcome) == [QUESTION]


def test_um_is_no_turn(ears: DecodedAtOnce, data_dir: Path) -> None:
    um, _ = read_wav(data_dir / "um.wav")
    outcome = hold(ears, quiet(4.0), um, quiet(4.0))
    assert outcome.record.turns == []
    assert not any(audible for at, audible in outcome.connection.heard if at > 4.5)


def test_um_before_a_question_is_part_of_its_turn(ears: DecodedAtOnce, data_dir: Path) -> None:
    um, _ = read_wav(data_dir / "um.wav")
    outcome = hold(ears, quiet(4.0), um, at_dbfs(clip(QUESTION), -20), quiet(7.0))
    assert [turn.said for turn in outcome.record.turns] == [ANSWER]


@pytest.mark.parametrize(
    ("words", "stops"),
    [
        ("Okay.", False),
        ("Yeah.", False),
        ("I see.", False),
        ("Okay, I see.", False),
        ("Got it.", False),
        ("Wait.", True),
        ("No, that is wrong.", True),
        ("Yes, but is it open on Sundays?", True),
    ],
)
def test_words_stop_the_agent_and_backchannels_do_not(
    ears: DecodedAtOnce, say: Say, words: str, stops: bool
) -> None:
    asks = at_dbfs(say("Tell me about the clinic."), -20)
    said = at_dbfs(say(words), -20)
    outcome = hold(ears, quiet(4.5), asks, quiet(2.0), said, quiet(6.0))
    first = outcome.record.turns[0]
    assert first.interrupted == stops
    assert (first.said == LONG) != stops
