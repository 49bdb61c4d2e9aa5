"""A spoken sentence, and the files a corpus of them lies in.

A shard is one ``.npz`` of a few hundred utterances: all samples in one array, and a line of JSON
for each utterance. It appears by a rename, so a shard that is there is whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

RATE_HZ: Final = 16_000
"""Of synthesised speech."""
LINE_HZ: Final = 8_000
"""Of the telephone."""
Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a synthesiser said."""

    text: str
    """Lower-case words with single spaces."""
    voice: str
    """Program and name: ``flite awb``."""
    samples: Samples
    """Mono at 16 kHz, as clean as the synthesiser made it."""
    phones: tuple[str, ...]
    """Of ``phones.PHONES``, in order, silences included."""
    ends: tuple[float, ...]
    """Where each phone ends, in seconds; empty when the synthesiser does not tell."""


def save_shard(path: Path, utterances: Iterable[Utterance]) -> None:
    """Write ``path``."""
    every = list(utterances)
    notes = [
        json.dumps([each.text, each.voice, len(each.samples), each.phones, each.ends])
        for each in every
    ]
    samples = np.concatenate([each.samples for each in every])
    part = path.with_suffix(".part.npz")
    np.savez(part, samples=samples, notes=np.frombuffer("\n".join(notes).encode(), np.uint8))
    part.rename(path)


def load_shard(path: Path) -> list[Utterance]:
    """The utterances of ``path``; their samples share one array."""
    with np.load(path) as data:
        samples, notes = data["samples"], data["notes"].tobytes().decode()
    utterances = []
    start = 0
    for line in notes.splitlines():
        text, voice, length, phones, ends = json.loads(line)
        sound = samples[start : start + length]
        utterances.append(Utterance(text, voice, sound, tuple(phones), tuple(ends)))
        start += length
    return utterances
