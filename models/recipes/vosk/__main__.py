"""``python -m models.recipes.vosk CORPUS WORK TARGET``: train and write the Vosk model.

Takes the corpus that ``models.recipes.corpus`` made. What is finished lies in WORK and is not done
again, a training that was broken off goes on.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import torch

from models.recipes.corpus.sentences import Sentences
from models.recipes.vosk.alignment import align_all
from models.recipes.vosk.directory import language_text, write_directory
from models.recipes.vosk.examples import Examples, make_examples, shards_of
from models.recipes.vosk.lexicon import Lexicon, lexicon
from models.recipes.vosk.network import Network, Shape
from models.recipes.vosk.training import Fit, fit

SEED_SHAPE: Final = Shape(width=128)
SEED_PASSES: Final = 6
SHAPE: Final = Shape(width=320)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m models.recipes.vosk", description=__doc__)
    parser.add_argument("corpus", type=Path, help="made by models.recipes.corpus")
    parser.add_argument("work", type=Path, help="for intermediate results, about 5 GB")
    parser.add_argument("target", type=Path, help="the model directory to write")
    parser.add_argument("--passes", type=float, default=9, help="over the examples")
    parser.add_argument("--copies", type=int, default=3, help="of each utterance, on other lines")
    parser.add_argument("--threads", type=int, default=2, help="of the training")
    options = parser.parse_args(arguments)
    os.nice(19)
    options.work.mkdir(parents=True, exist_ok=True)
    shards = shards_of(options.corpus / "train")
    timed = [path for path in shards if not path.name.startswith("espeak")]
    untimed = [path for path in shards if path not in timed]
    seed = seed_fit(timed, options.work, options.threads)
    aligned = align_all(untimed, options.work / "aligned", seed)
    examples = kept(options.work / "examples.pt", [*timed, *aligned], SHAPE, options.copies)
    trained = fitted(options.work / "final", examples, SHAPE, options.passes, options.threads)
    sentences = Sentences.load()
    words = kept_lexicon(options.work / "lexicon.json", sentences)
    write_directory(options.target, trained, words, language_text(sentences))


def seed_fit(timed: Sequence[Path], work: Path, threads: int) -> Fit:
    """A small network that learned from the synthesisers that tell times, to align the others."""
    examples = kept(work / "seed-examples.pt", timed[::3], SEED_SHAPE, 1)
    return fitted(work / "seed", examples, SEED_SHAPE, SEED_PASSES, threads)


def kept(path: Path, shards: Sequence[Path], shape: Shape, copies: int) -> Examples:
    """The examples of ``shards``, from ``path`` if they are there."""
    if path.exists():
        return Examples(**torch.load(path))
    examples = make_examples(shards, shape, copies)
    torch.save({"bands": examples.bands, "labels": examples.labels}, path)
    return examples


def fitted(path: Path, examples: Examples, shape: Shape, passes: float, threads: int) -> Fit:
    """A network fitted to ``examples``, from ``path`` if it is there."""
    done = path.with_suffix(".pt")
    if done.exists():
        state = torch.load(done)
        network = Network(shape)
        network.load_state_dict(state["network"])
        return Fit(network.eval(), state["frequencies"])
    trained = fit(examples, shape, passes, path.with_suffix(".checkpoint"), threads)
    torch.save({"network": trained.network.state_dict(), "frequencies": trained.frequencies}, done)
    return trained


def kept_lexicon(path: Path, sentences: Sentences) -> Lexicon:
    """The pronunciations of the vocabulary, from ``path`` if they are there."""
    if not path.exists():
        path.write_text(json.dumps(lexicon(sentences.vocabulary)))
    entries = json.loads(path.read_text())
    return {word: tuple(tuple(each) for each in said) for word, said in entries.items()}


if __name__ == "__main__":
    main()
