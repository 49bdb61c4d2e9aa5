"""What the network learns from: pieces of utterances as they come off many telephone lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from tqdm import tqdm

from models.recipes.corpus.channel import nobody, received
from models.recipes.corpus.phones import PHONES, SILENCE
from models.recipes.corpus.utterance import RATE_HZ, Utterance, load_shard
from models.recipes.vosk.features import STEP, Bands, mel_bands
from models.recipes.vosk.labels import Labels, count, from_times
from models.recipes.vosk.network import Shape

PIECE: Final = 60
"""Labels in a piece: 1.8 s."""
IGNORED: Final = -100
"""The label behind the end of an utterance, as PyTorch's cross entropy wants it."""
SILENT_LINES: Final = 25
"""Lines on which nobody speaks, of 3 s, to a shard of 300 utterances. Without them, noise becomes
words."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Pieces of equal length."""

    bands: torch.Tensor
    """(pieces, frames with context, bands), float16"""
    labels: torch.Tensor
    """(pieces, ``PIECE``), int16, ``IGNORED`` where there is none"""


def make_examples(
    shards: Sequence[Path], shape: Shape, copies: int, processes: int = 2
) -> Examples:
    """Every utterance of ``shards`` (with known times) over ``copies`` telephone lines each."""
    jobs = [(path, copy, shape) for copy in range(copies) for path in shards]
    bands, labels = [], []
    with Pool(processes) as pool:
        made = pool.imap(_of_shard, jobs)
        for some_bands, some_labels in tqdm(made, total=len(jobs), desc="examples", unit="shard"):
            bands.append(torch.from_numpy(some_bands))
            labels.append(torch.from_numpy(some_labels))
    return Examples(torch.cat(bands), torch.cat(labels))


def _of_shard(job: tuple[Path, int, Shape]) -> tuple[npt.NDArray[np.float16], Labels]:
    path, copy, shape = job
    torch.set_num_threads(1)
    utterances = load_shard(path)
    draw = np.random.default_rng([copy, *path.name.encode()])
    lines = [*_spoken(utterances, draw), *_silent(draw)]
    pieces = [piece for bands, labels in lines for piece in cut(bands, labels, shape)]
    return (
        np.stack([bands for bands, _ in pieces]),
        np.stack([labels for _, labels in pieces]),
    )


def _spoken(
    utterances: Sequence[Utterance], draw: np.random.Generator
) -> Iterator[tuple[Bands, Labels]]:
    for each in utterances:
        babble = utterances[int(draw.integers(len(utterances)))].samples[: 2 * RATE_HZ]
        line = received(each.samples, draw, babble)
        bands = mel_bands(line.sound)
        ends = np.array(each.ends) / line.speed + line.start_s
        labels = from_times(len(bands), each.phones, ends)
        if labels is not None:
            yield bands, labels


def _silent(draw: np.random.Generator) -> Iterator[tuple[Bands, Labels]]:
    for _ in range(SILENT_LINES):
        bands = mel_bands(nobody(3.0, draw))
        labels = np.full(count(len(bands)), 2 * PHONES.index(SILENCE) + 1, dtype=np.int16)
        labels[0] -= 1
        yield bands, labels


def cut(
    bands: Bands, labels: Labels, shape: Shape
) -> Iterator[tuple[npt.NDArray[np.float16], Labels]]:
    """Pieces of an utterance, its first and last frame repeated at its edges, as libvosk does."""
    pieces = -(-len(labels) // PIECE)
    padded = with_context(bands, shape, extra=pieces * PIECE * STEP - len(bands)).astype(np.float16)
    named = np.full(pieces * PIECE, IGNORED, dtype=np.int16)
    named[: len(labels)] = labels
    size = PIECE * STEP + shape.before + shape.behind - STEP + 1
    for at in range(pieces):
        start = at * PIECE * STEP
        yield padded[start : start + size], named[at * PIECE : (at + 1) * PIECE]


def with_context(bands: Bands, shape: Shape, extra: int = 0) -> Bands:
    """``bands`` with its first and last frame repeated for the network's context."""
    return np.pad(bands, ((shape.before, shape.behind + extra), (0, 0)), mode="edge")


def shards_of(directory: Path) -> list[Path]:
    """The shards of ``directory``, in order."""
    return sorted(directory.glob("*[0-9].npz"))


def frames_of(examples: Iterable[torch.Tensor]) -> torch.Tensor:
    """All frames of some pieces, in a row."""
    return torch.cat([each.reshape(-1, each.shape[-1]) for each in examples])
