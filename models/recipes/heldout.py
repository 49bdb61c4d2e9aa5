"""``python -m models.recipes.heldout CORPUS``: the sentences that ``appliance bench asr`` measures
with, ``models/demo/heldout``: voices and sentences that no demo model was trained with, as raw
G.711 at 8 kHz, 1.5 MB at most."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from appliance.audio.g711 import encode
from models.recipes.corpus.channel import at_level, at_speed
from models.recipes.corpus.utterance import LINE_HZ, Utterance, load_shard

TARGET: Final = Path("models/demo/heldout")
COUNTS: Final = {"flite": 26, "festival": 26, "espeak": 7}
"""Sentences of each voice."""
PEAK_DB: Final = -6.0
LEAD_S, TAIL_S = 0.2, 0.3


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m models.recipes.heldout", description=__doc__)
    parser.add_argument("corpus", type=Path, help="made by models.recipes.corpus")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args(arguments)
    options.target.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, utterance in chosen(options.corpus):
        (options.target / name).write_bytes(on_the_line(utterance))
        lines.append(f"{name}\t{utterance.text}\n")
    (options.target / "sentences.tsv").write_text("".join(lines), encoding="utf-8")


def chosen(corpus: Path) -> Iterator[tuple[str, Utterance]]:
    """File names and utterances: the first of each voice of the tests."""
    for shard in sorted((corpus / "tests").glob("*.npz")):
        utterances = load_shard(shard)
        program, _, voice = utterances[0].voice.partition(" ")
        voice = voice.rpartition("+")[2].removesuffix("_diphone")
        for number, utterance in enumerate(utterances[: COUNTS[program]], 1):
            yield f"{voice}-{number:02}.ulaw", utterance


def on_the_line(utterance: Utterance) -> bytes:
    """G.711 mu-law at 8 kHz, a byte for each sample."""
    sound = at_level(at_speed(utterance.samples, 1.0), PEAK_DB)
    padded = np.pad(sound, (int(LEAD_S * LINE_HZ), int(TAIL_S * LINE_HZ)))
    return encode(np.rint(padded).astype(np.int16), "ulaw")


if __name__ == "__main__":
    main()
