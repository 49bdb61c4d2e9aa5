"""The synthesisers: which voices there are, how each speaks, and which are kept for the tests.

flite and festival tell which phones they spoke and when, and the foreign voices are told. espeak-ng
tells nothing that fits, so its utterances carry flite's phones for the same text and are aligned
later.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
import soxr

from models.recipes.corpus.accents import FOREIGNERS, accented, command
from models.recipes.corpus.phones import known
from models.recipes.corpus.utterance import RATE_HZ, Samples, Utterance

Program = Literal["flite", "festival", "foreign", "espeak"]


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of a synthesiser."""

    program: Program
    name: str
    utterances: int
    """How many of the training corpus it speaks; 0 for a voice that is kept for the tests."""

    def __str__(self) -> str:
        return f"{self.program} {self.name}"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sentence is spoken."""

    stretch: float = 1.0
    """Of all durations."""
    pitch_hz: int = 0
    """Mean of the fundamental frequency; 0 leaves it and its spread to the voice."""
    pitch_spread_hz: int = 15


ESPEAK_TRAINING: Final = (
    "adam Alex Alicia Andrea Andy Annie antonio aunty belinda benjamin boris caleb Denis Diogo ed "
    "edward Gene Gustave Henrique Hugo iven Jacky john Lee linda marcelo Marco Mario max Michael "
    "michel miguel Mike Nguyen pablo paul pedro quincy rob robert steph steph2 steph3 Storm victor "
    "zac anika f1 f2 f4 f5 m1 m2 m4 m5 m6 m7 m8 norbert sandro shelby travis grandma grandpa klatt2"
).split()
ESPEAK_TESTS: Final = ("f3", "m3", "david", "edward2")
ESPEAK_LANGUAGES: Final = (
    *["en-us"] * 14, *["en-gb"] * 3, "en-gb-x-rp", "en-us-nyc", "en-gb-scotland",
)  # fmt: skip
"""Drawn from for the training; the tests speak American English."""

TRAINING: Final = (
    Voice("flite", "awb", 4500),
    Voice("flite", "slt", 4200),
    Voice("flite", "kal16", 900),
    Voice("flite", "kal", 300),
    Voice("festival", "cmu_us_slt_arctic_hts", 1500),
    Voice("festival", "kal_diphone", 900),
    *(Voice("foreign", name, 360) for name in FOREIGNERS),
    *(Voice("espeak", f"en-us+{name}", 60) for name in ESPEAK_TRAINING),
)
TESTS: Final = (
    Voice("flite", "rms", 0),
    Voice("festival", "ked_diphone", 0),
    *(Voice("espeak", f"en-us+{name}", 0) for name in ESPEAK_TESTS),
)


def any_manner(draw: random.Random, stretch: tuple[float, float] = (0.75, 1.35)) -> Manner:
    """A manner for training. Pitch and speed vary independently of the size of the throat, which
    ``channel`` varies."""
    pitch = draw.choice((0, 0, 0, draw.randint(80, 140), draw.randint(140, 240)))
    return Manner(draw.uniform(*stretch), pitch, draw.randint(8, 45))


def speak(voice: Voice, lines: Sequence[tuple[str, Manner]]) -> Iterator[Utterance]:
    """``voice`` says each line. A line that the program refuses is left out."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _SPEAKERS[voice.program](voice, lines, Path(folder))


def spelled(text: str) -> str:
    """``text`` as a synthesiser is given it: single letters as capitals, else an "a" of a spelled
    word would be read as the article."""
    words = text.split()
    letters = [len(word) == 1 and word != "i" for word in words]
    lone = [
        letter and (word != "a" or any(letters[max(0, at - 1) : at] + letters[at + 1 : at + 2]))
        for at, (word, letter) in enumerate(zip(words, letters, strict=True))
    ]
    return " ".join(
        word.upper() if alone else word for word, alone in zip(words, lone, strict=True)
    )


def flite_phones(text: str) -> tuple[str, ...]:
    """How flite pronounces ``text``, silences included."""
    done = _run("flite", "-voice", "kal", "-ps", "-t", spelled(text), "-o", "none")
    return known(done.split())


def _flite(voice: Voice, lines: Sequence[tuple[str, Manner]], folder: Path) -> Iterator[Utterance]:
    out = folder / "out.wav"
    for text, manner in lines:
        settings = [f"duration_stretch={manner.stretch:.2f}"]
        if manner.pitch_hz:
            settings.append(f"int_f0_target_mean={manner.pitch_hz}")
            settings.append(f"int_f0_target_stddev={manner.pitch_spread_hz}")
        options = [option for each in settings for option in ("--setf", each)]
        phones, ends = _timed(voice.name, text, *options, "-o", str(out))
        yield Utterance(text, str(voice), _read(out), phones, ends)


def _timed(voice: str, text: str, *options: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """flite's phones of ``text``, and where each ends."""
    say = ["flite", "-voice", voice, "-psdur", "-t", spelled(text), *options]
    timed = [entry.rsplit(":", 1) for entry in _run(*say).split()]
    return known(phone for phone, _ in timed), tuple(float(end) for _, end in timed)


def _festival(
    voice: Voice, lines: Sequence[tuple[str, Manner]], folder: Path
) -> Iterator[Utterance]:
    script = [f"(voice_{voice.name})"]
    for number, (text, manner) in enumerate(lines):
        pitch = manner.pitch_hz or 110
        script += [
            f"(Parameter.set 'Duration_Stretch {manner.stretch:.2f})",
            f"(set! int_lr_params '((target_f0_mean {pitch}) (target_f0_std "
            f"{manner.pitch_spread_hz}) (model_f0_mean 170) (model_f0_std 34)))",
            f'(set! u (utt.synth (Utterance Text "{spelled(text)}")))',
            f'(utt.save.wave u "{folder}/{number}.wav" \'riff)',
            f'(utt.save.segs u "{folder}/{number}.lab")',
        ]
    (folder / "all.scm").write_text("\n".join(script))
    _run("festival", "-b", str(folder / "all.scm"))
    for number, (text, _) in enumerate(lines):
        sound, labels = folder / f"{number}.wav", folder / f"{number}.lab"
        if not labels.exists():
            continue
        timed = [line.split() for line in labels.read_text().splitlines() if line.count(" ") >= 2]
        ends = tuple(float(line[0]) for line in timed)
        phones = known(line[2] for line in timed)
        yield Utterance(text, str(voice), _read(sound), phones, ends)


def _foreign(
    voice: Voice, lines: Sequence[tuple[str, Manner]], folder: Path
) -> Iterator[Utterance]:
    draw = random.Random(f"{voice}: {lines[0][0]}")
    script, said = [f"(voice_{voice.name})"], []
    for text, manner in lines:
        stretch = f"duration_stretch={manner.stretch:.2f}"
        phones, ends = _timed("kal", text, "--setf", stretch, "-o", "none")
        told = accented(voice.name, phones, ends, draw.uniform(0.85, 1.2), draw)
        if told is not None:
            script += [command(told), f'(utt.save.wave u "{folder}/{len(said)}.wav" \'riff)']
            said.append((text, told))
    (folder / "all.scm").write_text("\n".join(script))
    _run("festival", "-b", str(folder / "all.scm"))
    for number, (text, told) in enumerate(said):
        sound = _read(folder / f"{number}.wav")
        yield Utterance(text, str(voice), sound, told.phones, told.ends)


def _espeak(voice: Voice, lines: Sequence[tuple[str, Manner]], folder: Path) -> Iterator[Utterance]:
    out = folder / "out.wav"
    for text, manner in lines:
        speed = round(155 / manner.stretch)
        pitch = min(95, max(5, round((manner.pitch_hz or 110) / 2.2)))
        say = ["-s", str(speed), "-p", str(pitch), "-w", str(out), spelled(text)]
        _run("espeak-ng", "-v", voice.name, *say)
        yield Utterance(text, str(voice), _read(out), flite_phones(text), ())


_SPEAKERS: Final = {
    "flite": _flite,
    "festival": _festival,
    "foreign": _foreign,
    "espeak": _espeak,
}


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _read(path: Path) -> Samples:
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        sound = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    resampled: Samples = soxr.resample(sound, rate, RATE_HZ)
    return resampled
