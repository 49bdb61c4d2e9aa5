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

from models.recipes.corpus.channel import throat
from models.recipes.whisper.features import POSITION_S, Example, Store
from models.recipes.whisper.network import MEL_BANDS
from models.recipes.whisper.tokens import TIME_STEP_S, Pieces

BATCH_FRAMES = 4_000
"""80 s of sound."""
POOL = 4_000
WINDOW = 3_000
"""Frames; faster-whisper fills up to as many, whatever they last."""
FULL_WINDOWS = 0.015
"""Of all batches; they cost more than others, and few are enough to learn that nothing comes behind
the sound."""
WHOLE = 0.08
"""Of all batches; in the others the sound ends soon behind the voice, as what the engine cuts does,
and little time goes into what nobody says."""
TAIL_FRAMES = 20
TAILS, TAILS_OFTEN = (0, 64), (0.7, 0.3)
"""How many frames of nothing follow the longest sound of a batch at least."""
ROUND = 32
"""Lengths of batches are multiples of it: for every new shape the products are compiled anew."""
WITH_TIMES = 0.08
ABOVE_TELEPHONE = 62
"""The first mel band above 4 kHz: what is there depends on the resampler."""
MEL_LOG_STEP = float(np.log(6.4)) / 27
MEL_STEP = (15 + float(np.log(8)) / MEL_LOG_STEP) / (MEL_BANDS + 1)
"""From 0 to 8 kHz there are as many steps of Slaney's mel as bands, and one."""
WARPED = 0.7
"""How often the voice gets another throat."""
NOISY, NOISE_BELOW = 0.3, (0.75, 1.5)
"""How often noise is added that no copy of the utterance has, and how far it lies below the loudest
of it: 1 is 40 dB, and white noise 15 dB below speech lies about 1 below its loudest."""
IGNORED = -100
NARROWEST, WIDTH = 1.5, 0.5
"""Of where a head of the decoder is to look: positions, and shares of the piece's length."""

Frames = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Batch:
    """What a step of training sees; B utterances, T frames, S = T / 2 positions, U tokens."""

    mel: Tensor  # [B, 80, T]
    inputs: Tensor  # [B, U]
    targets: Tensor  # [B, U], IGNORED behind the end
    phones: Tensor  # [B, S], IGNORED where unknown
    heard: Tensor  # [B, S], the piece that is being said, Pieces.end for none, IGNORED if unknown
    centres: Tensor  # [B, U], the position of the piece that is named next, -1 for none
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
        buckets: dict[int, list[int]] = {}
        for at in chosen:
            buckets.setdefault(_rounded(self._store.voiced[at] + TAIL_FRAMES), []).append(int(at))
        groups = []
        for longest, members in sorted(buckets.items()):
            count = max(1, BATCH_FRAMES // longest)
            groups += [members[at : at + count] for at in range(0, len(members), count)]
        for at in draw.permutation(len(groups)):
            yield self.batch(groups[at], draw)

    def batch(self, chosen: list[int], draw: np.random.Generator) -> Batch:
        """A batch of the examples ``chosen``, changed for training."""
        full = draw.random() < FULL_WINDOWS
        if full:
            chosen = chosen[: max(1, 2 * BATCH_FRAMES // WINDOW)]
        whole = full or draw.random() < WHOLE
        examples = [self._store.examples[at] for at in chosen]
        kept = [
            self._store.lengths[at]
            if whole
            else int(self._store.voiced[at] + draw.uniform(1, TAIL_FRAMES))
            for at in chosen
        ]
        sounds = [
            changed(self._store.frames(example)[:count], draw)
            for example, count in zip(examples, kept, strict=True)
        ]
        tail = int(draw.choice(TAILS, p=TAILS_OFTEN))
        length = WINDOW if full else min(WINDOW, _rounded(max(map(len, sounds)) + tail))
        return self._assembled(examples, sounds, length, draw)

    def plain(self, chosen: list[int]) -> Batch:
        """The same without any change, and a second of silence behind it, as in use."""
        examples = [self._store.examples[at] for at in chosen]
        sounds = [self._store.frames(example).astype(np.float32) for example in examples]
        length = _rounded(max(map(len, sounds)) + 50)
        return self._assembled(examples, sounds, length, None)

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
        heard = np.full((count, length // 2), self._pieces.end, np.int64)
        rows = []
        for row, (example, sound) in enumerate(zip(examples, sounds, strict=True)):
            mel[row, : len(sound)] = sound
            labels = self._store.labels(example)[: length // 2]
            phones[row, : len(labels)] = labels
            said = self._said(example)
            for piece, centre, size in said:
                heard[row, max(0, round(centre - size / 2)) : round(centre + size / 2)] = piece
            if example.words and not example.places_s:
                heard[row] = IGNORED
            timed = draw is not None and draw.random() < WITH_TIMES
            rows.append((self._tokens(example, timed), said))
        longest = _rounded(max(len(tokens) for tokens, _ in rows) - 1, 8)
        inputs = np.full((count, longest), self._pieces.end, np.int64)
        targets = np.full((count, longest), IGNORED, np.int64)
        centres = np.full((count, longest), -1.0, np.float32)
        widths = np.ones((count, longest), np.float32)
        for row, (tokens, said) in enumerate(rows):
            inputs[row, : len(tokens) - 1] = tokens[:-1]
            targets[row, : len(tokens) - 1] = tokens[1:]
            if len(tokens) == 3:  # nothing was said
                targets[row, 0] = self._pieces.no_speech
            for at, (_, centre, size) in enumerate(said, 1):
                centres[row, at] = centre
                widths[row, at] = max(NARROWEST, WIDTH * size)
        return Batch(
            torch.from_numpy(mel).transpose(1, 2),
            torch.from_numpy(inputs),
            torch.from_numpy(targets),
            torch.from_numpy(phones),
            torch.from_numpy(heard),
            torch.from_numpy(centres),
            torch.from_numpy(widths),
        )

    def _tokens(self, example: Example, timed: bool) -> list[int]:
        """Start to end."""
        pieces = self._pieces
        said = [number for word in example.words for number in self._encode(word)]
        if not timed or not said:
            return [pieces.start, pieces.no_times, *said, pieces.end]
        first, last = (
            pieces.first_time + min(1500, round(at / TIME_STEP_S)) for at in example.span_s
        )
        return [pieces.start, first, *said, last, pieces.end]

    def _said(self, example: Example) -> list[tuple[int, float, float]]:
        """Each piece, and its middle and length in positions: every letter of a word takes as
        long. Empty if it is not known when the words are said."""
        said = []
        for word, place_s in zip(example.words, example.places_s, strict=bool(example.places_s)):
            start, end = (at / POSITION_S for at in place_s)
            pieces = self._encode(word)
            size = (end - start) / len(pieces)
            said += [(piece, start + (at + 0.5) * size, size) for at, piece in enumerate(pieces)]
        return said


def _rounded(length: int, to: int = ROUND) -> int:
    return -(-int(length) // to) * to


def warped(mel: Frames, source_hz: npt.NDArray[np.float64]) -> Frames:
    """``mel`` [T, 80] that has at ``TELEPHONE_HZ``, its bands below 4 kHz, what lay at
    ``source_hz``."""
    source = np.arange(MEL_BANDS, dtype=np.float32)
    highest = np.float32(ABOVE_TELEPHONE - 1)
    source[:ABOVE_TELEPHONE] = np.minimum(_band(source_hz.astype(np.float32)), highest)
    below = np.minimum(source.astype(np.int64), MEL_BANDS - 2)
    share = (source - below).astype(np.float32)
    return mel[:, below] * (1.0 - share) + mel[:, below + 1] * share


def noisy(mel: Frames, draw: np.random.Generator) -> Frames:
    """``mel`` [T, 80] with noise in the telephone's band, spread evenly over it or leaning to one
    side."""
    shape = (len(mel), ABOVE_TELEPHONE)
    lean = draw.normal(0, 0.05) * np.linspace(-1, 1, ABOVE_TELEPHONE)
    flicker = draw.normal(0, 1, shape) * np.linspace(0.1, 0.05, ABOVE_TELEPHONE)
    noise = mel.max() - draw.uniform(*NOISE_BELOW) + lean + flicker
    energy = 10 ** (4 * mel[:, :ABOVE_TELEPHONE]) + 10 ** (4 * noise)
    mixed = mel.copy()
    mixed[:, :ABOVE_TELEPHONE] = np.log10(energy) / 4
    return mixed


def _frequency_hz(band: Frames) -> Frames:
    """The middle of mel bands, Slaney's scale: even below 1 kHz, logarithmic above."""
    mel = (band + 1) * MEL_STEP
    return np.where(mel < 15, mel * (200 / 3), 1000 * np.exp((mel - 15) * MEL_LOG_STEP))


def _band(frequency_hz: Frames) -> Frames:
    """The same, the other way; 0 at least."""
    low, high = frequency_hz * (3 / 200), 15 + np.log(frequency_hz / 1000) / MEL_LOG_STEP
    return np.maximum(np.where(frequency_hz < 1000, low, high) / MEL_STEP - 1, 0)


TELEPHONE_HZ = _frequency_hz(np.arange(ABOVE_TELEPHONE, dtype=np.float32)).astype(np.float64)


def changed(frames: npt.NDArray[np.float16], draw: np.random.Generator) -> Frames:
    """Log-mel ``frames`` [T, 80] of another throat, with noise, another level and frequency
    response, and holes in them; a quarter of a unit is 20 dB / 2."""
    mel = frames.astype(np.float32)
    if draw.random() < WARPED:
        mel = warped(mel, throat(TELEPHONE_HZ, draw))
    if draw.random() < NOISY:
        mel = noisy(mel, draw)
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
        width = int(draw.integers(1, 7))
        first = int(draw.integers(0, max(1, count - width)))
        mel[first : first + width] = mean
    return mel
