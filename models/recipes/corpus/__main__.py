"""``python -m models.recipes.corpus DIRECTORY``: have everything said that training and tests need.

Takes about 11 minutes on two cores. Can be broken off: shards that are there are kept.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import Pool
from pathlib import Path

from tqdm import tqdm

from models.recipes.corpus.sentences import Sentences, dictionary_words, strange_sentences
from models.recipes.corpus.utterance import save_shard
from models.recipes.corpus.voices import TESTS, TRAINING, Manner, Voice, any_manner, speak

SHARD = 300
EXTRA = {"spelled": 150, "alone": 200}
"""Utterances of each English voice that is no variant, besides the usual ones: letters, which are
hardest to tell apart, and single words said slowly, as people say them to a machine."""
SLOWLY = (1.1, 2.0)
"""So many times as long as usual."""
HELD_OUT_PER_VOICE = {
    "tests": {"flite": 100, "festival": 100, "espeak": 40},
    "validation": {"flite": 150, "festival": 150, "espeak": 60},
}
"""Sentences that training never sees. Settings are chosen on the validation, none of whose texts is
among the tests, so that the figures of the tests are no choice of anybody's."""
STRANGE = 100
"""Sentences that no front desk expects, for the voice ``rms``: they should not be understood."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of the corpus, and all it takes to make it."""

    path: Path
    voices: tuple[Voice, ...]
    """Take turns."""
    count: int
    kind: str
    """``train`` or one of ``EXTRA``, ``tests``, ``validation`` or ``strange``."""


def plan(directory: Path) -> list[Shard]:
    """All shards, of about ``SHARD`` utterances each, the costly ones first."""
    shards = []
    for voice in TRAINING:
        if voice.program != "espeak":
            sizes = [min(SHARD, voice.utterances - at) for at in range(0, voice.utterances, SHARD)]
            name = f"{voice.program}-{voice.name}"
            shards += [
                Shard(directory / "train" / f"{name}-{number:02}.npz", (voice,), size, "train")
                for number, size in enumerate(sizes)
            ]
            if voice.program != "foreign":
                shards += [
                    Shard(directory / "train" / f"{name}-{kind}-00.npz", (voice,), count, kind)
                    for kind, count in EXTRA.items()
                ]
    variants = tuple(voice for voice in TRAINING if voice.program == "espeak")
    rest = sum(voice.utterances for voice in variants)
    shards += [
        Shard(directory / "train" / f"espeak-{at // SHARD:02}.npz", variants, SHARD, "train")
        for at in range(0, rest, SHARD)
    ]
    shards += [
        Shard(directory / "train" / f"espeak-{kind}-00.npz", variants, SHARD, kind)
        for kind in EXTRA
    ]
    for voice in TESTS:
        name = f"{voice.program}-{voice.name}-00.npz".replace("+", "-")
        shards += [
            Shard(directory / kind / name, (voice,), counts[voice.program], kind)
            for kind, counts in HELD_OUT_PER_VOICE.items()
        ]
    shards.append(Shard(directory / "strange" / "flite-rms-00.npz", TESTS[:1], STRANGE, "strange"))
    return shards


def make(shard: Shard) -> str:
    """Have ``shard`` spoken, unless it is there; its name."""
    if not shard.path.exists():
        shard.path.parent.mkdir(parents=True, exist_ok=True)
        draw = _draw(shard)
        texts = list(islice(_texts(shard.kind, draw), shard.count))
        turns = [shard.voices[at % len(shard.voices)] for at in range(shard.count)]
        lines = [(text, _manner(shard.kind, draw)) for text in texts]
        said = []
        for voice in dict.fromkeys(turns):
            mine = [line for line, turn in zip(lines, turns, strict=True) if turn == voice]
            said += list(speak(voice, mine))
        save_shard(shard.path, said)
    return shard.path.name


def _draw(shard: Shard) -> random.Random:
    return random.Random(f"{shard.kind} {shard.path.name}")


def _texts(kind: str, draw: random.Random) -> Iterator[str]:
    if kind == "strange":
        return _once(strange_sentences(draw))
    sentences, dictionary = _sources()
    if kind in EXTRA:
        return sentences.spelled(draw) if kind == "spelled" else sentences.alone(draw)
    if kind == "tests":
        return _once(sentences.tests(draw))
    if kind == "validation":
        return (text for text in _once(sentences.tests(draw)) if text not in _tested())
    return sentences.spoken(draw, dictionary)


@cache
def _sources() -> tuple[Sentences, list[str]]:
    return Sentences.load(), dictionary_words()


@cache
def _tested() -> frozenset[str]:
    """All texts of the tests."""
    shards = [shard for shard in plan(Path()) if shard.kind == "tests"]
    return frozenset(
        text for shard in shards for text in islice(_texts("tests", _draw(shard)), shard.count)
    )


def _once(texts: Iterator[str]) -> Iterator[str]:
    """Each of ``texts`` the first time only."""
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text


def _manner(kind: str, draw: random.Random) -> Manner:
    match kind:
        case "alone":
            return any_manner(draw, SLOWLY)
        case "train" | "spelled":
            return any_manner(draw)
    return Manner()


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m models.recipes.corpus", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    os.nice(19)
    shards = plan(options.directory)
    with Pool(options.processes) as pool:
        for _ in tqdm(pool.imap_unordered(make, shards), total=len(shards), unit="shard"):
            pass


if __name__ == "__main__":
    main()
