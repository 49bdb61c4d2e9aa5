"""``python -m models.recipes.whisper CORPUS --work DIRECTORY``: a directory for faster-whisper out
of what ``models.recipes.corpus`` made.

Needs torch, scipy and tqdm besides the appliance's own packages, and the synthesisers of the
corpus; 16 GB of memory, 2 GB of disk. On two free cores the rare words, the alignment and the
features take six minutes, and training takes five steps a second; each step hears 80 s of speech.
A busy machine is much slower than its share of the cores would let one think.

Can be broken off at any time: what is done is kept in the work directory, training saves itself
every two minutes. ``--steps`` may be lowered on the way: the learning rate then falls sooner.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from models.recipes.corpus.sentences import Sentences
from models.recipes.corpus.utterance import load_shard
from models.recipes.vosk.__main__ import kept_lexicon, seed_fit
from models.recipes.vosk.alignment import align_all
from models.recipes.vosk.lexicon import dictionary
from models.recipes.whisper import features, tokens
from models.recipes.whisper.export import export
from models.recipes.whisper.rare_words import speak_rare_words
from models.recipes.whisper.train import train

STEPS = 24_000
"""Eighty minutes on two free cores; what the shipped model had."""
COPIES = 3
"""Of every utterance, each over another line."""


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m models.recipes.whisper",
        description="Train the small Whisper of models/demo/whisper-en. See models/recipes.",
    )
    parser.add_argument("corpus", type=Path, help="what models.recipes.corpus made")
    parser.add_argument("--work", type=Path, required=True, help="for features and checkpoints")
    parser.add_argument("--out", type=Path, default=Path("models/demo/whisper-en"))
    parser.add_argument("--steps", type=int, default=STEPS, help="of training (%(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="and processes that train")
    options = parser.parse_args(arguments)
    os.nice(19)
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384")  # compiled products
    sentences = Sentences.load()
    vocabulary = sentences.vocabulary
    options.work.mkdir(parents=True, exist_ok=True)
    tokenizer = options.work / "tokenizer.json"
    if not tokenizer.exists():
        tokens.build(vocabulary).save(str(tokenizer))
    rare, stored = options.work / "rare-words", options.work / "features"
    speak_rare_words(options.corpus / "train", rare, sentences, options.threads)
    shards = timed(
        sorted([*options.corpus.glob("train/*[0-9].npz"), *rare.glob("*[0-9].npz")]),
        options.work,
        options.threads,
    )
    features.compute(
        shards, stored, vocabulary, sounds(options.work, sentences), COPIES, options.threads
    )
    network = train(
        features.Store.load(stored),
        tokens.Pieces.load(tokenizer),
        options.work / "training.pt",
        options.steps,
        options.threads,
    )
    export(network, tokenizer, options.out)
    size = sum(file.stat().st_size for file in options.out.iterdir())
    print(f"{options.out}: {size / 1e6:.1f} MB")


def timed(shards: Sequence[Path], work: Path, threads: int) -> list[Path]:
    """``shards``, in which every utterance has the ends of its phones: aligned where the
    synthesiser tells none, as for Vosk."""
    telling = [path for path in shards if load_shard(path)[0].ends]
    seed = seed_fit([path for path in telling if "words-" not in path.name], work, threads)
    untimed = [path for path in shards if path not in telling]
    return [*telling, *align_all(untimed, work / "aligned", seed)]


def sounds(work: Path, sentences: Sentences) -> dict[str, Sequence[str]]:
    """How each word of the dictionary and of the front desk is usually pronounced."""
    listed = {word: said[0] for word, said in dictionary().items()}
    return {
        **listed,
        **{word: said[0] for word, said in kept_lexicon(work / "lexicon.json", sentences).items()},
    }


if __name__ == "__main__":
    main()
