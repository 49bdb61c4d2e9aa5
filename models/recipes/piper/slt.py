"""The woman's voice: "slt" of CMU ARCTIC, an HTS voice (Debian: festvox-us-slt-hts, htsengine)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
from piper.phonemize_espeak import EspeakPhonemizer

from models.recipes.piper.labels import full_context
from models.recipes.piper.phones import merged_symbols
from models.recipes.piper.teacher import FRAME_S, Floats, Indices, Spoken, Timbre

VOICE: Final = Path(
    "/usr/share/festival/voices/us/cmu_us_slt_arctic_hts/hts/cmu_us_slt_arctic_hts.htsvoice"
)
TICKS_PER_FRAME: Final = round(FRAME_S * 1e7)
"""HTS tells time in 100 ns."""


class Slt:
    """Implements ``teacher.Teacher``: the phonemes that Piper would be given, spoken by
    ``hts_engine``, which writes its parameters into files."""

    timbre = Timbre(order=45, warping=0.45, rate_hz=32_000, full_scale=32768 / 1.5)

    def __init__(self) -> None:
        self._phonemizer = EspeakPhonemizer()
        self._merged = {tuple(symbol) for symbol in merged_symbols()}

    def speak(self, sentence: str) -> Iterator[Spoken]:
        """As ``Teacher``."""
        for symbols in self._phonemizer.phonemize("en-us", sentence, vowel_clusters=self._merged):
            labels, phones = full_context(symbols)
            if len(phones) <= 4:
                continue
            with TemporaryDirectory() as folder:
                ends, spectrum, log_pitch = _synthesised(labels, Path(folder))
            voiced = log_pitch > 0
            yield Spoken(
                phones,
                durations=np.diff(ends, prepend=0),
                spectrum=spectrum,
                voicing=voiced.astype(np.float32),
                log_pitch=np.where(voiced, log_pitch, np.nan).astype(np.float32),
                question=symbols[-1] == "?",
            )


def _synthesised(labels: list[str], folder: Path) -> tuple[Indices, Floats, Floats]:
    """Ends of the phones in frames, mel-cepstra, log pitch."""
    script, times, cepstra, pitch = (folder / name for name in ("lab", "times", "mgc", "lf0"))
    script.write_text("\n".join(labels) + "\n")
    files = ("-m", VOICE, "-od", times, "-om", cepstra, "-of", pitch, script)
    subprocess.run(["hts_engine", *map(str, files)], check=True, stdout=subprocess.DEVNULL)
    ends = [
        round(int(line.split()[1]) / TICKS_PER_FRAME) for line in times.read_text().splitlines()
    ]
    spectrum = np.fromfile(cepstra, np.float32).reshape(-1, Slt.timbre.order)
    return np.array(ends), spectrum, np.fromfile(pitch, np.float32)
