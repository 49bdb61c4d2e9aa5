"""Times for the utterances of synthesisers that tell none, from a network taught by the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from tqdm import tqdm

from models.recipes.corpus.channel import at_speed
from models.recipes.corpus.utterance import Utterance, load_shard, save_shard
from models.recipes.vosk.examples import with_context
from models.recipes.vosk.features import Floats, mel_bands
from models.recipes.vosk.labels import ends_of, from_scores, with_phones
from models.recipes.vosk.training import Fit

PRIOR_WEIGHT: Final = 0.5
WORST_LEFT_OUT: Final = 0.06
"""Of a shard: the utterances whose sound fits their phones least."""


def align_shard(source: Path, target: Path, fit: Fit) -> None:
    """Write the utterances of ``source`` with the ends of their phones to ``target``."""
    priors = PRIOR_WEIGHT * fit.frequencies.log().numpy()
    aligned = []
    for each in load_shard(source):
        scores = scores_of(fit, each) - priors
        path = from_scores(scores, each.phones)
        if path is not None:
            labels = with_phones(path, each.phones)
            fits = float(scores[np.arange(len(labels)), labels].mean())
            aligned.append((fits, replace(each, ends=ends_of(path))))
    aligned.sort(key=lambda pair: -pair[0])
    keep = int(len(aligned) * (1 - WORST_LEFT_OUT))
    save_shard(target, [each for _, each in aligned[:keep]])


def align_all(shards: Sequence[Path], directory: Path, fit: Fit) -> list[Path]:
    """``shards``, aligned in ``directory``."""
    directory.mkdir(parents=True, exist_ok=True)
    targets = [directory / path.name for path in shards]
    for source, target in tqdm(list(zip(shards, targets, strict=True)), desc="aligning"):
        if not target.exists():
            align_shard(source, target, fit)
    return targets


def scores_of(fit: Fit, utterance: Utterance) -> Floats:
    """Logarithms of the probabilities of the classes, (labels, classes)."""
    bands = mel_bands(at_speed(utterance.samples, 1.0))
    padded = torch.from_numpy(with_context(bands, fit.network.shape))
    with torch.no_grad():
        scores: Floats = fit.network(padded[None]).log_softmax(-1)[0].double().numpy()
    return scores
