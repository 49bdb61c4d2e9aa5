"""``python -m models.recipes.piper slt`` (the woman) or ``rms`` (the man): a voice for Piper out of
a Debian voice, in a minute.

Needs the Debian packages festlex-cmu and, for slt, festvox-us-slt-hts and htsengine, for rms
libflite1; of Python's packages piper-tts, onnx and tqdm. The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

# isort: split
import numpy as np
import onnx
from tqdm import tqdm

from models.recipes.piper.network import Rate, build
from models.recipes.piper.phones import ID_COUNT, id_map, merged_symbols
from models.recipes.piper.rms import Rms
from models.recipes.piper.sentences import sentences
from models.recipes.piper.slt import Slt
from models.recipes.piper.tables import Tables, fit
from models.recipes.piper.teacher import Row, Teacher, rows

SENTENCES: Final = 300
"""Enough for 1100 of the 42 x 42 pairs; twice as many are understood no better."""
MODELS: Final = Path("models/demo")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A voice that can be made."""

    teacher: type[Teacher]
    rate: Rate
    out: Path
    dataset: str
    notice: str


ORIGIN: Final = (
    "Acoustic tables derived (averaged, modified) from {}, Copyright {} Carnegie Mellon University,"
    " under its terms: see the NOTICE beside this folder. No endorsement."
)
RECIPES: Final = {
    "slt": Recipe(
        Slt,
        Rate(22_050, hop=128),
        MODELS / "piper-en",
        "averages of cmu_us_slt_arctic_hts",
        ORIGIN.format("festvox-us-slt-hts: CMU ARCTIC slt HTS voice", 2003),
    ),
    "rms": Recipe(
        Rms,
        Rate(16_000, hop=96),
        MODELS / "piper-en-man",
        "averages of flite's cmu_us_rms",
        ORIGIN.format("flite: CMU ARCTIC rms voice", "1999-2001"),
    ),
}


def measured(teacher: Teacher, count: int) -> list[Row]:
    """What ``teacher`` does with ``count`` sentences."""

    def heard(sentence: str) -> list[Row]:
        return [row for spoken in teacher.speak(sentence) for row in rows(spoken)]

    with ThreadPoolExecutor(1 if isinstance(teacher, Rms) else os.cpu_count()) as pool:
        works = tqdm(pool.map(heard, sentences(count)), "sentences", total=count, unit="")
        return [row for work in works for row in work]


def configuration(recipe: Recipe) -> dict[str, Any]:
    """``voice.onnx.json``"""
    return {
        "audio": {"sample_rate": recipe.rate.hertz, "quality": "demo"},
        "espeak": {"voice": "en-us"},
        "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_map": {},
        "phoneme_id_map": id_map(),
        "num_symbols": ID_COUNT,
        "num_speakers": 1,
        "speaker_id_map": {},
        "piper_version": "1.8.0",
        "hop_length": recipe.rate.hop,
        "vowel_clusters": merged_symbols(),
        "language": {
            "code": "en_US",
            "family": "en",
            "region": "US",
            "name_native": "English",
            "name_english": "English",
            "country_english": "United States",
        },
        "dataset": recipe.dataset,
        "notice": recipe.notice,
    }


def report(tables: Tables, seen: list[Row]) -> None:
    """How much the tables explain."""
    spectrum, duration = tables.spectrum, tables.log_duration
    pitches = [row.log_pitch for row in seen if not np.isnan(row.log_pitch)]
    print(f"{len(seen)} phones, {tables.pairs_seen} pairs")
    print(f"spectrum: {spectrum.residual:.3f} left of {spectrum.spread:.3f}")
    print(f"logarithm of durations: {duration.residual:.3f} left of {duration.spread:.3f}")
    print(f"mean pitch: {np.exp(np.mean(pitches)):.0f} Hz")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m models.recipes.piper",
        description="Compute a small voice for Piper from the parameters of a Debian voice.",
    )
    parser.add_argument("voice", choices=RECIPES)
    parser.add_argument("--out", type=Path, help="a folder (models/demo/...)")
    parser.add_argument("--sentences", type=int, default=SENTENCES, help="(%(default)s)")
    options = parser.parse_args(arguments)
    os.nice(19)
    recipe = RECIPES[options.voice]
    out = options.out or recipe.out
    teacher = recipe.teacher()
    seen = measured(teacher, options.sentences)
    tables = fit(seen)
    report(tables, seen)
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(tables, teacher.timbre, recipe.rate), out / "voice.onnx")
    text = json.dumps(configuration(recipe), ensure_ascii=False, indent=1)
    (out / "voice.onnx.json").write_text(text + "\n", encoding="utf-8")
    print(f"{out / 'voice.onnx'}: {(out / 'voice.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
