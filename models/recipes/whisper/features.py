"""The corpus as Whisper features: every utterance several times, each time as another caller's.

The features are faster-whisper's own, of the telephone's signal brought up to 16 kHz, as in use,
but every 20 ms instead of 10: the model's ``preprocessor_config.json`` says so, and a step of
training costs less than half as much. They are computed once and kept in files, a file for each
shard of the corpus and copy, so that the work can be broken off; training holds them all in memory
(about 30 MB an hour of sound).
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr
from faster_whisper.feature_extractor import FeatureExtractor
from tqdm import tqdm

from models.recipes.corpus.channel import Received, nobody, received
from models.recipes.corpus.phones import PHONES
from models.recipes.corpus.utterance import LINE_HZ, Samples, Utterance, load_shard
from models.recipes.corpus.utterance import RATE_HZ as CORPUS_RATE_HZ
from models.recipes.whisper.tokens import NOT_UNDERSTOOD, written
from models.recipes.whisper.word_places import Span, word_spans

MODEL_RATE_HZ = 16_000
HOP = 320
"""Samples from one frame to the next; Whisper's own models have 160."""
FRAME_S = HOP / MODEL_RATE_HZ
POSITION_S = 2 * FRAME_S
"""The second convolution takes every second frame."""
NOTHING_SAID = 900
DOUBLED = 0.25
"""Of all copies but the first: a second utterance of the same shard follows in the same breath."""
LONGEST_LEAD_S = 0.4
UNKNOWN = -100
"""Phone of a position whose phone is not known."""

Frames = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Example:
    """One sound, what is said in it, and where its features and phones lie in the store."""

    start: int
    count: int
    """Frames."""
    words: list[str]
    """As they are to be written."""
    span_s: tuple[float, float]
    """When the voice begins and ends."""
    places_s: list[tuple[float, float]]
    """When each word begins and ends; empty where that is not known."""
    front_desk: bool
    """Whether every word is one that the model is to know."""
    doubled: bool


class Store:
    """All examples, their features and the phone of every position."""

    def __init__(self, examples: list[Example], features: Frames, labels: npt.NDArray[np.int8]):
        self.examples = examples
        self.lengths = np.array([example.count for example in examples])
        voiced = np.array([int(example.span_s[1] / FRAME_S) for example in examples])
        self.voiced = np.where(voiced > 0, np.minimum(voiced, self.lengths), self.lengths)
        """Frames until the voice ends; all where there is none."""
        self._features = features
        self._labels = labels

    @classmethod
    def load(cls, directory: Path) -> Store:
        """The files that ``compute`` left in ``directory``."""
        parts = [_Part.load(path) for path in sorted(directory.glob("*.pickle"))]
        examples: list[Example] = []
        at = 0
        for part in parts:
            examples += [replace(example, start=at + example.start) for example in part.examples]
            at += len(part.features)
        features = np.concatenate([part.features for part in parts])
        return cls(examples, features, np.concatenate([part.labels for part in parts]))

    def frames(self, example: Example) -> Frames:
        """The log-mel features [T, 80] of ``example``."""
        return self._features[example.start : example.start + example.count]

    def labels(self, example: Example) -> npt.NDArray[np.int8]:
        """The phone class of each of its positions; ``UNKNOWN`` where that is not known."""
        return self._labels[example.start : example.start + example.count][::2]


@dataclass(frozen=True, slots=True)
class _Part:
    """The examples of one shard and copy."""

    examples: list[Example]
    features: Frames
    labels: npt.NDArray[np.int8]
    """A phone for each frame; every second one is used."""

    def save(self, path: Path) -> None:
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(self))
        part.rename(path)

    @staticmethod
    def load(path: Path) -> _Part:
        part = pickle.loads(path.read_bytes())
        assert isinstance(part, _Part)
        return part


def compute(
    shards: Sequence[Path],
    directory: Path,
    vocabulary: Sequence[str],
    sounds: Mapping[str, Sequence[str]],
    copies: int,
    processes: int,
) -> None:
    """Fill ``directory`` with the features of ``shards`` of the corpus; ``sounds`` says how words
    are pronounced."""
    directory.mkdir(parents=True, exist_ok=True)
    jobs = [(shard, copy) for copy in range(copies) for shard in shards]
    with Pool(processes, _prepare, (directory, frozenset(vocabulary), sounds)) as pool:
        works = pool.imap_unordered(_compute, [*jobs, None])
        for _ in tqdm(works, "features", total=len(jobs) + 1, unit="file"):
            pass


class _Worker:
    """What each process holds."""

    directory: Path
    vocabulary: frozenset[str]
    sounds: Mapping[str, Sequence[str]]
    extractor: FeatureExtractor


def _prepare(
    directory: Path, vocabulary: frozenset[str], sounds: Mapping[str, Sequence[str]]
) -> None:
    _Worker.directory = directory
    _Worker.vocabulary = vocabulary
    _Worker.sounds = sounds
    _Worker.extractor = FeatureExtractor(hop_length=HOP)


def _compute(job: tuple[Path, int] | None) -> None:
    name = "nothing-said" if job is None else f"{job[0].stem}-{job[1]}"
    path = _Worker.directory / f"{name}.pickle"
    if path.exists():
        return
    draw = np.random.default_rng(zlib.crc32(name.encode()))
    if job is None:
        made = [nothing_said(draw) for _ in range(NOTHING_SAID)]
    else:
        utterances = [each for each in load_shard(job[0]) if each.samples.size > CORPUS_RATE_HZ / 4]
        made = list(_examples(utterances, first=job[1] == 0, draw=draw))
    starts = np.cumsum([0, *(len(features) for _, features, _ in made)])
    examples = [
        replace(example, start=int(start), count=int(stop - start))
        for (example, _, _), (start, stop) in zip(made, pairwise(starts), strict=True)
    ]
    features = np.concatenate([features for _, features, _ in made])
    _Part(examples, features, np.concatenate([labels for _, _, labels in made])).save(path)


Made = tuple[Example, Frames, npt.NDArray[np.int8]]


def _examples(
    utterances: Sequence[Utterance], first: bool, draw: np.random.Generator
) -> Iterable[Made]:
    for utterance in utterances:
        said = [utterance]
        if not first and draw.random() < DOUBLED:
            said.append(utterances[draw.integers(len(utterances))])
        yield example(said, utterances[draw.integers(len(utterances))].samples, draw)


def example(said: Sequence[Utterance], babble: Samples, draw: np.random.Generator) -> Made:
    """``said``, one after the other, over some telephone."""
    sound = said[0].samples.astype(np.float64)
    starts_s = [0.0]
    for utterance in said[1:]:
        gap = np.zeros(int(draw.uniform(0.05, 0.8) * CORPUS_RATE_HZ))
        starts_s.append((sound.size + gap.size) / CORPUS_RATE_HZ)
        louder = _level(sound) / _level(utterance.samples) * 10 ** (draw.uniform(-4, 4) / 20)
        sound = np.concatenate([sound, gap, utterance.samples * louder])
    heard = received(np.clip(sound, -32768, 32767).astype(np.int16), draw, babble, LONGEST_LEAD_S)
    features = log_mel(heard.sound)
    spans = [_voiced_span_s(each, start) for each, start in zip(said, starts_s, strict=True)]
    text = " ".join(utterance.text for utterance in said)
    words = written(text, _Worker.vocabulary)
    places = _word_places(said, starts_s)
    return (
        Example(
            start=0,
            count=len(features),
            words=[word for word, _, _ in words],
            span_s=(heard.at(spans[0][0]), heard.at(spans[-1][1])),
            places_s=[
                (heard.at(places[first][0]), heard.at(places[last][1])) for _, first, last in words
            ]
            if places
            else [],
            front_desk=all(word != NOT_UNDERSTOOD for word, _, _ in words),
            doubled=len(said) > 1,
        ),
        features,
        _labels(said, starts_s, len(features), heard),
    )


def nothing_said(draw: np.random.Generator) -> Made:
    """A line on which nobody speaks."""
    features = log_mel(nobody(draw.uniform(0.4, 7.0), draw))
    silent = Example(0, len(features), [], (0.0, 0.0), [], front_desk=True, doubled=False)
    return silent, features, np.zeros(len(features), np.int8)


def log_mel(sound: npt.NDArray[np.float64]) -> Frames:
    """Whisper's features [T, 80] of ``sound`` (8 kHz, int16's range), the last one dropped as
    faster-whisper does."""
    wide = soxr.resample(sound.astype(np.float32) / 32768, LINE_HZ, MODEL_RATE_HZ)
    return np.ascontiguousarray(_extractor()(wide)[:, :-1].T, dtype=np.float16)


def _extractor() -> FeatureExtractor:
    if not hasattr(_Worker, "extractor"):
        _Worker.extractor = FeatureExtractor(hop_length=HOP)
    return _Worker.extractor


def _labels(
    said: Sequence[Utterance], starts_s: Sequence[float], count: int, heard: Received
) -> npt.NDArray[np.int8]:
    """The phone of every frame; silence around known speech, ``UNKNOWN`` if any is unknown."""
    if not all(utterance.ends for utterance in said):
        return np.full(count, UNKNOWN, np.int8)
    labels = np.zeros(count, np.int8)
    middles_s = (np.arange(count) + 1) * FRAME_S  # of the position that begins with the frame
    at_s = (middles_s - heard.start_s) * heard.speed
    for utterance, start_s in zip(said, starts_s, strict=True):
        phones = np.array([PHONES.index(phone) for phone in utterance.phones])
        which = np.searchsorted(np.array(utterance.ends), at_s - start_s)
        inside = (at_s >= start_s) & (which < len(phones))
        labels[inside] = phones[which[inside]]
    return labels


def _word_places(said: Sequence[Utterance], starts_s: Sequence[float]) -> list[Span]:
    """Of each word; empty if the phones of any utterance have no times."""
    if not all(utterance.ends for utterance in said):
        return []
    return [
        (start_s + start, start_s + end)
        for utterance, start_s in zip(said, starts_s, strict=True)
        for start, end in word_spans(utterance, _Worker.sounds)
    ]


def _voiced_span_s(utterance: Utterance, start_s: float) -> tuple[float, float]:
    block = CORPUS_RATE_HZ // 100
    whole = utterance.samples[: utterance.samples.size // block * block]
    level = np.abs(whole.astype(np.float32)).reshape(-1, block).mean(axis=1)
    loud = np.flatnonzero(level > 0.02 * level.max())
    return start_s + loud[0] * 0.01, start_s + (loud[-1] + 1) * 0.01


def _level(sound: npt.NDArray[np.generic]) -> float:
    return float(np.sqrt(np.mean(np.square(sound.astype(np.float64))))) + 1.0
