"""Writes a Vosk model directory: the trained network, the word graph, the trigram, the settings."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from models.recipes.corpus.sentences import Sentences
from models.recipes.vosk.features import mfcc_conf
from models.recipes.vosk.graph import (
    FORMS,
    PLACES,
    UNKNOWN,
    form_classes,
    lexicon_graph,
    word_labels,
)
from models.recipes.vosk.kaldi_files import write_acoustic_model
from models.recipes.vosk.lexicon import Lexicon, dictionary
from models.recipes.vosk.ngram import acceptor, counted
from models.recipes.vosk.training import Fit

SETTINGS: Final = """--min-active=1
--max-active=800
--beam=14.0
--lattice-beam=6.0
--acoustic-scale={acoustic_scale}
--frame-subsampling-factor=3
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""
"""``conf/model.conf``. The beam alone says which ways are followed, at most 800: with Kaldi's usual
minimum of 200 a frame recognition took a third more time. Silence is phone 1. The rules end a
segment after half a second of silence at a likely end of a sentence, after a second at any
place."""


ALONE_SHARE: Final = 0.05
"""Of what the trigram is counted on: single words."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How far the parts of the model are trusted; chosen on the sentences of ``validation``, with
    the strange ones and the words of one real voice in view."""

    acoustic_scale: float = 0.5
    prior_weight: float = 0.6
    """Of the classes' frequencies, which the network has learned with the sounds."""
    unknown_cost: float = -0.5
    """Of a phone of ``[unk]``."""
    word_cost: float = 0.5
    """Of every word but ``[unk]``."""
    unknown_share: float = 0.02
    """``[unk]`` among all words."""
    word_share: float = 0.06
    """So much of the probability of single words is the same for all of them."""


def write_directory(
    target: Path,
    fit: Fit,
    lexicon: Lexicon,
    sentences: Iterable[str],
    weights: Weights = Weights(),  # noqa: B008  # frozen
) -> None:
    """Write ``target``; ``sentences`` are what the trigram is counted on."""
    for folder in ("am", "conf", "graph/phones"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    (target / "conf/mfcc.conf").write_text(mfcc_conf())
    (target / "conf/model.conf").write_text(SETTINGS.format(acoustic_scale=weights.acoustic_scale))
    priors = np.exp(weights.prior_weight * fit.frequencies.log().numpy())
    write_acoustic_model(target / "am/final.mdl", form_classes(), fit.network.folded(), priors)
    write_graph(target / "graph", lexicon, sentences, weights)


def write_graph(target: Path, lexicon: Lexicon, sentences: Iterable[str], weights: Weights) -> None:
    """Write the folder ``graph``."""
    labels = word_labels(lexicon)
    _write_table(target / "words.txt", ["<eps>", *labels, "#0"], first=0)
    _write_table(target / "phones.txt", ["<eps>", *FORMS], first=0)
    kinds = ["nonword", *(PLACES[form[-1]] for form in FORMS[1:])]
    lines = [f"{number} {kind}\n" for number, kind in enumerate(kinds, 1)]
    (target / "phones/word_boundary.int").write_text("".join(lines))
    (target / "disambig_tid.int").write_text(f"{2 * len(FORMS) + 1}\n")  # used nowhere
    usual = [each for entries in dictionary().values() for each in entries if len(each) > 1]
    graph = lexicon_graph(lexicon, labels, usual, weights.unknown_cost, weights.word_cost)
    graph.write(target / "HCLr.fst", sort_by_output=True)
    counts = counted(sentences)
    total = sum(counts[0][()].values())
    extra = dict.fromkeys(lexicon, weights.word_share * total / len(lexicon))
    extra[UNKNOWN] = weights.unknown_share * total
    acceptor(counts, extra, labels).write(target / "Gr.fst", sort_by_output=False)


def language_text(sentences: Sentences, count: int = 1_500_000, seed: int = 7) -> list[str]:
    """What the trigram is counted on: no held-out sentence, and each other one as often as it is
    drawn; and words alone, any of which may be the answer to a question."""
    draw = random.Random(seed)
    alone = int(ALONE_SHARE * count)
    return [
        *islice(sentences.training(draw), count - alone),
        *draw.choices(sentences.vocabulary, k=alone),
    ]


def _write_table(path: Path, symbols: Iterable[str], first: int) -> None:
    lines = [f"{symbol} {number}\n" for number, symbol in enumerate(symbols, first)]
    path.write_text("".join(lines))
