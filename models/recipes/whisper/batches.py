"""Batches for training: which utterances, in which order, with what last changes to their features.

Everything is drawn from the seed and the number of the step, so that a run that was broken off goes
on exactly as it would have. Utterances come in pools: a few thousand are drawn, sorted by length
(so that a batch holds little padding) and cut into batches, and the batches are shuffled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from models.recipes.whisper.features import Example, Store
from models.recipes.whisper.network import MEL_BANDS
from models.recipes.whisper.tokens import TIME_STEP_S, Pieces

BATCH_FRAMES = 6_000
"""A minute of sound."""
POOL = 4_000
WINDOW = 3_000  # 30 s of frames
FULL_WINDOWS = 0.05
"""Of all batches; they cost as much as two others, and few are enough to learn that nothing comes
behind the sound."""
CUT_TAILS = 0.97
"""Of all examples: they end soon behind the voice, as what the engine cuts does."""
TAIL_FRAMES = 30
WITH_TIMES = 0.08
ABOVE_TELEPHONE = 62
"""The first mel band above 4 kHz: what is there depends on the resampler."""
IGNORED = -100

Frames = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Batch:
    """What a step of training sees; B utterances, T frames, S = T / 2 positions, U tokens."""

    mel: Tensor  # [B, 80, T]
    inputs: Tensor  # [B, U]
    targets: Tensor  # [B, U], IGNORED behind the end
    phones: Tensor  # [B, S], IGNORED where unknown
    ctc: list[list[int]]
    centres: Tensor  # [B, U], the position of the word that is named next, -1 for none
    widths: Tensor  # [B, U]


class Batches:
    """Batches of the examples of ``store``, drawn in proportion to ``weights``."""

    def __init__(self, store: Store, pieces: Pieces, seed: int) -> None:
        self._store = store
        self._pieces = pieces
        self._seed = seed
        self._encode = cache(pieces.encode)

    def pool(self, number: int, weights: npt.NDArray[np.float64]) -> Iterator[Batch]:
        """The batches of one pool; ``weights`` has one for each example, of any sum."""
        draw = np.random.default_rng([self._seed, number])
        size = min(POOL, int(np.count_nonzero(weights)))
        chosen = draw.choice(len(weights), size, replace=False, p=weights / weights.sum())
        lengths = self._store.voiced[chosen] + TAIL_FRAMES
        chosen = chosen[np.argsort(lengths + draw.uniform(-15, 15, size))]
        groups: list[list[int]] = [[]]
        for at in chosen:
            longest = self._store.voiced[at] + TAIL_FRAMES + 30
            if (len(groups[-1]) + 1) * longest > BATCH_FRAMES:
                groups.append([])
            groups[-1].append(int(at))
        for at in draw.permutation(len(groups)):
            yield self.batch(groups[at], draw)

    def batch(self, chosen: list[int], draw: np.random.Generator) -> Batch:
        """A batch of the examples ``chosen``, changed for training."""
        full = draw.random() < FULL_WINDOWS
        if full:
            chosen = chosen[: max(1, 2 * BATCH_FRAMES // WINDOW)]
        examples = [self._store.examples[at] for at in chosen]
        kept = [
            int(self._store.voiced[at] + draw.uniform(2, TAIL_FRAMES))
            if draw.random() < CUT_TAILS
            else self._store.lengths[at]
            for at in chosen
        ]
        sounds = [
            changed(self._store.frames(example)[:count], draw)
            for example, count in zip(examples, kept, strict=True)
        ]
        tail = int(draw.integers(4, 30) if draw.random() < 0.6 else draw.integers(30, 400))
        length = WINDOW if full else min(WINDOW, max(map(len, sounds)) + tail)
        return self._assembled(examples, sounds, length + length % 2, draw)

    def plain(self, chosen: list[int]) -> Batch:
        """The same without any change, and a second of silence behind it, as in use."""
        examples = [self._store.examples[at] for at in chosen]
        sounds = [self._store.frames(example).astype(np.float32) for example in examples]
        length = max(map(len, sounds)) + 100
        return self._assembled(examples, sounds, length + length % 2, None)

    def _assembled(
        self,
        examples: list[Example],
        sounds: list[Frames],
        length: int,
        draw: np.random.Generator | None,
    ) -> Batch:
        count = len(examples)
        mel = np.zeros((count, length, MEL_BANDS), np.float32)  # Whisper pads features with zeros
        phones = np.zeros((count, length // 2), np.int64)
        rows = []
        for row, (example, sound) in enumerate(zip(examples, sounds, strict=True)):
            mel[row, : len(sound)] = sound
            labels = self._store.labels(example)[: length // 2]
            phones[row, : len(labels)] = labels
            rows.append(
                self._tokens(example, timed=draw is not None and draw.random() < WITH_TIMES)
            )
        longest = max(len(tokens) for tokens, _, _ in rows) - 1
        inputs = np.full((count, longest), self._pieces.end, np.int64)
        targets = np.full((count, longest), IGNORED, np.int64)
        centres = np.full((count, longest), -1.0, np.float32)
        widths = np.ones((count, longest), np.float32)
        for row, (tokens, centre, width) in enumerate(rows):
            inputs[row, : len(tokens) - 1] = tokens[:-1]
            targets[row, : len(tokens) - 1] = tokens[1:]
            if len(tokens) == 3:  # nothing was said
                targets[row, 0] = self._pieces.no_speech
            centres[row, 1 : 1 + len(centre)] = centre
            widths[row, 1 : 1 + len(width)] = width
        return Batch(
            torch.from_numpy(mel).transpose(1, 2),
            torch.from_numpy(inputs),
            torch.from_numpy(targets),
            torch.from_numpy(phones),
            [example.phones for example in examples],
            torch.from_numpy(centres),
            torch.from_numpy(widths),
        )

    def _tokens(self, example: Example, timed: bool) -> tuple[list[int], list[float], list[float]]:
        """Start to end, and for each word between them where it is, in positions."""
        pieces = self._pieces
        words = [self._encode(word) for word in example.words]
        said = [number for word in words for number in word]
        if timed and words:
            first, last = (
                pieces.first_time + min(1500, round(at / TIME_STEP_S)) for at in example.span_s
            )
            tokens = [pieces.start, first, *said, last, pieces.end]
        else:
            tokens = [pieces.start, pieces.no_times, *said, pieces.end]
        return tokens, *_places(example, words)


def _places(example: Example, words: list[list[int]]) -> tuple[list[float], list[float]]:
    """Where each piece is and how wide, in positions, if every letter takes as long."""
    shares = [
        (len(word) + 1) / len(pieces)
        for word, pieces in zip(example.words, words, strict=True)
        for _ in pieces
    ]
    sizes = np.array(shares) / max(1.0, sum(shares))
    start, end = (at / TIME_STEP_S for at in example.span_s)
    centres = start + (end - start) * (np.cumsum(sizes) - sizes / 2)
    return list(centres), [max(5.0, 0.7 * (end - start) * size) for size in sizes]


def changed(frames: npt.NDArray[np.float16], draw: np.random.Generator) -> Frames:
    """Log-mel ``frames`` [T, 80] with another level and frequency response, and holes in them; a
    quarter of a unit is 20 dB / 2."""
    mel = frames.astype(np.float32)
    count = len(mel)
    if draw.random() < 0.6:
        above = max(mel.min(), mel.max() - 2.0)
        noise = draw.random((count, MEL_BANDS - ABOVE_TELEPHONE)) * draw.uniform(0.0, 0.1)
        mel[:, ABOVE_TELEPHONE:] = above + (noise if draw.random() < 0.5 else 0.0)
    if draw.random() < 0.6:
        bends = np.interp(np.arange(MEL_BANDS), np.linspace(0, 79, 6), draw.uniform(-0.15, 0.15, 6))
        mel += bends.astype(np.float32)
    mel = np.maximum(mel, mel.max() - 2.0) + np.float32(draw.uniform(-0.25, 0.15))
    mean = mel.mean()
    for _ in range(draw.integers(0, 3)):
        width = int(draw.integers(1, 11))
        low = int(draw.integers(0, MEL_BANDS - width))
        mel[:, low : low + width] = mean
    for _ in range(draw.integers(0, 3)):
        width = int(draw.integers(1, 13))
        first = int(draw.integers(0, max(1, count - width)))
        mel[first : first + width] = mean
    return mel
