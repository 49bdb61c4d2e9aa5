"""Part of ``appliance bench turns``: who has the floor, in real calls.

An agent that answers quickly and stops at every sound is no better than a slow one, so how often it
is stopped by a listener's "okay", answers a hum, or listens to a television stands beside the
latencies. The sounds are made by a voice of the appliance: what they are is known for certain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from appliance.audio.frame import FULL_SCALE, WIRE_RATE_HZ, Pcm
from appliance.audio.resample import resample
from appliance.audio.voiced import speech_rms
from appliance.bench.held_call import record_of
from appliance.bench.local_service import Service
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line, make_line
from appliance.caller.script import Manners
from appliance.engines.load import load_voice
from appliance.text.canonical import canonical

BACKCHANNELS: Final = ("Okay.", "Yeah.", "Right.", "I see.", "Got it.", "Oh, okay.")
INTERRUPTIONS: Final = (
    "Stop.",
    "Wait.",
    "No, that is wrong.",
    "Sorry, what did you say?",
    "Excuse me, I have a question.",
    "Yes, but I want something else.",
)
HESITATIONS: Final = ("Um.", "Uh.", "Um, well.", "Let me think.")
TELEVISION: Final = (
    "The government has announced new plans for the railways in the north of the country.",
    "And now the weather: it will be cold tonight, with some rain in the west.",
    "She never told him that she had seen the letter.",
)
QUESTION: Final = "What are your opening hours?"
BELOW_DB: Final = (20.0, 25.0, 30.0)
CALLER_DBFS: Final = -20.0
INTO_MS: Final = 600
"""How far into the greeting the caller speaks."""
ASKS_AT_S: Final = 7.0
"""When the question comes over the television: behind a greeting of usual length."""
PAUSE_S: Final = 0.4
MORE_WORDS: Final = 2
"""So many words more than were said are somebody else's."""
MANNERS: Final = Manners(answer_timeout_s=3.5)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sounds:
    """What is said in the calls, telephone sound at ``CALLER_DBFS``."""

    voice: str
    backchannels: tuple[Line, ...]
    interruptions: tuple[Line, ...]
    hesitations: tuple[Line, ...]
    question: Line
    television: Pcm


@dataclass(frozen=True, slots=True)
class FarVoice:
    """Calls with a television that is so far below the caller."""

    below_db: float
    calls: int
    false_interruptions: int
    """Calls in which it broke the agent off, or was answered."""
    joined: int
    """Calls in which its words stand among the caller's."""


@dataclass(frozen=True, slots=True)
class FloorReport:
    """Result of the measurement."""

    voice: str
    """That spoke the sounds."""
    backchannels: int
    backchannels_that_stopped: int
    interruptions: int
    interruptions_missed: int
    hesitations: int
    hesitations_answered: int
    television: tuple[FarVoice, ...]


async def make_sounds(voice: str, models: Path) -> Sounds:
    """Let ``voice`` of the folder ``models`` say everything. Raises WeightsError."""
    speaker = await load_voice(voice, models, threads=1)
    try:

        async def said(text: str, into_ms: int | None = None) -> Line:
            speech = await speaker.synthesize(text)
            pcm = resample(speech.pcm, speech.rate_hz, WIRE_RATE_HZ)
            return make_line(text, at_dbfs(pcm, CALLER_DBFS), words=text, barge_in_ms=into_ms)

        sentences = [(await said(text)).pcm for text in TELEVISION]
        return Sounds(
            voice,
            tuple([await said(text, INTO_MS) for text in BACKCHANNELS]),
            tuple([await said(text, INTO_MS) for text in INTERRUPTIONS]),
            tuple([await said(text) for text in HESITATIONS]),
            await said(QUESTION),
            np.concatenate([part for each in sentences for part in (each, _silence(PAUSE_S))]),
        )
    finally:
        await speaker.close()


async def measure_floor(service: Service, sounds: Sounds, say: Say) -> FloorReport:
    """One call for each sound. Raises as ``place_call``."""
    say("hesitations")
    hums = [await _call(service, line) for line in sounds.hesitations]
    greeting = max((record["greeting"] for record in hums), key=len)
    say("backchannels")
    listened = [await _call(service, line) for line in sounds.backchannels]
    say("interruptions")
    pushed = [await _call(service, line) for line in sounds.interruptions]
    far = []
    for below_db in BELOW_DB:
        say(f"a television {below_db:.0f} dB below the caller")
        far.append(await _with_television(service, sounds, below_db, greeting))
    return FloorReport(
        voice=sounds.voice,
        backchannels=len(listened),
        backchannels_that_stopped=sum(record["greeting"] != greeting for record in listened),
        interruptions=len(pushed),
        interruptions_missed=sum(record["greeting"] == greeting for record in pushed),
        hesitations=len(hums),
        hesitations_answered=sum(bool(record["turns"]) for record in hums),
        television=tuple(far),
    )


def over_television(question: Line, television: Pcm, below_db: float, begin_s: float) -> Line:
    """``question`` at ``ASKS_AT_S``, with ``television`` from its place ``begin_s`` on under all of
    it and 2 s behind it."""
    lead, tail = round(ASKS_AT_S * WIRE_RATE_HZ), 2 * WIRE_RATE_HZ
    clear = np.pad(question.pcm, (lead, tail)).astype(np.float64)
    again = np.resize(np.roll(television, -round(begin_s * WIRE_RATE_HZ)), clear.size)
    mixed = clear + again * 10.0 ** (-below_db / 20.0)
    pcm: Pcm = np.clip(mixed, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
    start, end = question.voice_start + lead, question.voice_end + lead
    return Line(question.name, pcm, start, end, question.words, barge_in_ms=0)


def at_dbfs(pcm: Pcm, dbfs: float) -> Pcm:
    """``pcm`` (8 kHz) with its voice at ``dbfs`` (RMS)."""
    gain = 10.0 ** (dbfs / 20.0) / speech_rms(pcm / FULL_SCALE, WIRE_RATE_HZ)
    levelled: Pcm = np.clip(pcm * gain, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
    return levelled


async def _with_television(
    service: Service, sounds: Sounds, below_db: float, greeting: str
) -> FarVoice:
    records = [
        await _call(service, over_television(sounds.question, sounds.television, below_db, at_s))
        for at_s in range(len(TELEVISION))
    ]
    return FarVoice(
        below_db,
        len(records),
        sum(_disturbed(record, greeting) for record in records),
        sum(_joined(record["turns"]) for record in records),
    )


def _disturbed(record: dict[str, Any], greeting: str) -> bool:
    turns = record["turns"]
    return record["greeting"] != greeting or len(turns) > 1 or any(t["interrupted"] for t in turns)


def _joined(turns: Sequence[dict[str, Any]]) -> bool:
    most = len(canonical(QUESTION).split()) + MORE_WORDS
    return any(len(canonical(turn["heard"]).split()) >= most for turn in turns)


async def _call(service: Service, line: Line) -> dict[str, Any]:
    """The record of a call in which ``line`` is said."""
    target = Target(host=service.host, port=service.port)
    return await record_of(service, await place_call(target, [line], MANNERS))


def _silence(seconds: float) -> Pcm:
    return np.zeros(round(seconds * WIRE_RATE_HZ), np.int16)
