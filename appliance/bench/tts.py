"""A voice alone: how fast it speaks, how loud, and whether a stranger understands it.

The stranger is PocketSphinx with its own acoustic model and an open language model of American
English; it is a test tool, so without it (or for another language) that figure is left out. It is
far behind a person: only voices measured with it may be compared.
"""

from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from appliance.audio.frame import FULL_SCALE, WIRE_RATE_HZ, Pcm
from appliance.audio.resample import resample
from appliance.audio.voiced import speech_rms
from appliance.bench.figures import Spread, spread
from appliance.engines.piper import PiperSynthesizer
from appliance.text.sentences import SentenceSplitter

if TYPE_CHECKING:
    from rich.console import Console

LISTENER_RATE_HZ: Final = 16000
SHORT: Final = "Yes, of course."
LONG: Final = (
    "We are open from nine in the morning until five in the afternoon, and on Saturdays we close "
    "at noon. Please bring your insurance card with you. If you cannot come, give us a call before "
    "the day of your appointment, and we will find another time that suits you better."
)
SENTENCES: Final = """\
Good morning, how may we help you today?
Your appointment is on Tuesday at half past three.
We are open from nine in the morning until five in the afternoon.
Please hold the line while I transfer your call.
The office is closed on Sunday and on public holidays.
Would you like to leave a message for the doctor?
Your order will arrive on the second of February.
The total price is twenty five dollars and fifty cents.
Can you tell me your date of birth, please?
There is a large car park behind the building.
The number you have called is no longer in service.
Please press one for sales or two for support.
The next train leaves in seven minutes from platform four.
We could offer you a table for six people on Friday evening.
Your account number has eight digits.
Nobody is available to take your call at the moment.
Turn left at the church and drive past the school.
The water in the swimming pool was cold this morning.
Breakfast is served between seven and ten o'clock.
Thank you very much for calling, and have a nice day.
She bought fresh bread, butter, and a bottle of milk.
The report must be finished before the end of the month.
My brother works in a small shop near the station.
It might rain tomorrow, so take your umbrella with you.
The engineer will check your telephone line on Thursday.
Which of these three dates would suit you best?
Your new card was sent to the address on your letter.
The children were playing football in the park.
Please repeat the last four numbers slowly.
We have sent you an email with all the details.""".splitlines()
"""Our own; no recipe of a voice uses them."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What an independent recogniser made of the voice."""

    words: int
    wide_band: float
    """Word error rate, 0..1 (more when words were invented), of the sound as the voice makes it."""
    telephone: float
    """The same at 8 kHz; the recogniser is not made for that, so it suffers more than a person."""


@dataclass(frozen=True, slots=True)
class VoiceReport:
    """What one voice measured, one request at a time on one thread."""

    path: Path
    rate_hz: int
    load_s: float
    real_time_factor: float
    """Seconds of work for a second of speech, over all sentences."""
    short_text: Spread | None
    """Until the sound of ``SHORT`` is there."""
    long_text: Spread | None
    """Until the first utterance of ``LONG`` is there, as replies are cut."""
    whole_long_text: Spread | None
    """Until all of ``LONG`` is there, spoken in one utterance."""
    levels_dbfs: tuple[float, float, float]
    """Of the quietest sentence, the median one and the loudest: RMS of what is voiced, at 8 kHz."""
    understood: Understood | None
    """None when it was not measured."""
    why_not: str
    """Why ``understood`` is None; else empty."""


async def measure_voice(
    path: Path,
    *,
    language: str = "en",
    speaking_rate: float = 1.0,
    speaker_id: int | None = None,
    runs: int = 10,
) -> VoiceReport:
    """Measure the voice at ``path`` (as ``PiperSynthesizer.load`` takes it); ``runs`` is how often
    the texts for the delays are spoken. Takes about ten seconds with the recogniser.

    Raises WeightsError, SynthesizerError.
    """
    begun = time.perf_counter()
    voice = await PiperSynthesizer.load(path, speaking_rate=speaking_rate, speaker_id=speaker_id)
    load_s = time.perf_counter() - begun
    try:
        first_piece = (SentenceSplitter().push(LONG + " ") or [LONG])[0]
        delays = [await _delays(voice, text, runs) for text in (SHORT, first_piece, LONG)]
        short_text, long_text, whole_long_text = (spread(each) for each in delays)
        begun = time.perf_counter()
        spoken = [(await voice.synthesize(text)).pcm for text in SENTENCES]
        worked_s = time.perf_counter() - begun
    finally:
        await voice.close()
    whole = np.concatenate(spoken)
    why_not = _why_not(language)
    return VoiceReport(
        path=path,
        rate_hz=voice.rate_hz,
        load_s=round(load_s, 3),
        real_time_factor=round(worked_s * voice.rate_hz / whole.size, 4),
        short_text=short_text,
        long_text=long_text,
        whole_long_text=whole_long_text,
        levels_dbfs=_levels(spoken, voice.rate_hz),
        understood=None if why_not else understood(spoken, voice.rate_hz, SENTENCES),
        why_not=why_not,
    )


async def _delays(voice: PiperSynthesizer, text: str, runs: int) -> list[float]:
    delays = []
    for _ in range(runs):
        begun = time.perf_counter()
        await voice.synthesize(text)
        delays.append(time.perf_counter() - begun)
    return delays


def _levels(spoken: Sequence[Pcm], rate_hz: int) -> tuple[float, float, float]:
    carried = [resample(pcm, rate_hz, WIRE_RATE_HZ) / FULL_SCALE for pcm in spoken]
    levels = [20.0 * np.log10(speech_rms(sound, WIRE_RATE_HZ)) for sound in carried]
    low, middle, high = (round(float(each), 1) for each in np.percentile(levels, [0, 50, 100]))
    return low, middle, high


def _why_not(language: str) -> str:
    if not language.startswith("en"):
        return "the recogniser knows English only"
    if importlib.util.find_spec("pocketsphinx") is None:
        return "pocketsphinx is not installed (pip install pocketsphinx)"
    return ""


def understood(spoken: Sequence[Pcm], rate_hz: int, texts: Sequence[str]) -> Understood:
    """How well PocketSphinx understands ``texts`` as they were ``spoken`` (at ``rate_hz``)."""
    from pocketsphinx import Decoder  # type: ignore[import-untyped,import-not-found,unused-ignore]

    decoder = Decoder(samprate=LISTENER_RATE_HZ, loglevel="FATAL")
    said = [_words(text) for text in texts]
    wide, narrow = 0, 0
    for pcm, words in zip(spoken, said, strict=True):
        telephone = resample(pcm, rate_hz, WIRE_RATE_HZ)
        wide += _errors(decoder, resample(pcm, rate_hz, LISTENER_RATE_HZ), words)
        narrow += _errors(decoder, resample(telephone, WIRE_RATE_HZ, LISTENER_RATE_HZ), words)
    count = sum(map(len, said))
    return Understood(count, round(wide / count, 3), round(narrow / count, 3))


def _errors(decoder: Any, pcm: npt.NDArray[np.int16], words: Sequence[str]) -> int:
    pause = np.zeros(LISTENER_RATE_HZ // 5, np.int16)
    decoder.start_utt()
    decoder.process_raw(np.concatenate([pause, pcm, pause]).tobytes(), full_utt=True)
    decoder.end_utt()
    hypothesis = decoder.hyp()
    heard = hypothesis.hypstr.split() if hypothesis is not None else []
    return Levenshtein.distance(words, heard)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def print_voice(console: Console, report: VoiceReport) -> None:
    """``bench tts``: one figure a line."""
    console.print(f"{report.path}: {report.rate_hz} Hz, one request at a time on one thread")
    console.print(f"  load                        {1000 * report.load_s:.0f} ms")
    console.print(f"  real-time factor            {report.real_time_factor:.4f}")
    for name, found in (
        ("short text", report.short_text),
        ("long text, first utterance", report.long_text),
        ("long text in one utterance", report.whole_long_text),
    ):
        if found is not None:
            console.print(f"  {name:<27} p50 {found.p50_ms:.0f} ms, p95 {found.p95_ms:.0f} ms")
    low, middle, high = report.levels_dbfs
    console.print(
        f"  level at 8 kHz              {middle:.1f} dBFS, by sentence {low:.1f} to {high:.1f}"
    )
    if report.understood is None:
        console.print(f"  word error rate             not measured: {report.why_not}")
    else:
        heard = report.understood
        console.print(
            f"  word error rate             {heard.wide_band:.3f} wide band, "
            f"{heard.telephone:.3f} at 8 kHz (PocketSphinx, {heard.words} words)"
        )
