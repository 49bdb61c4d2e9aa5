"""When each word of a synthesised text is over, told by the voice itself.

A VITS network works out how many frames each phoneme gets, and rounds them up: the only ``Ceil`` of
its graph. ``with_durations`` makes that tensor an output. The onnx package would do it too, but is
not needed: a protobuf message with more bytes of its kind behind it is, by the format's own rules,
the two merged, so twenty bytes behind the file add an output to its graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import numpy as np

GRAPH: Final = 7  # field numbers of onnx.proto: ModelProto.graph,
NODE: Final = 1  # GraphProto.node,
OUTPUT: Final = 12  # GraphProto.output,
NAME: Final = 1  # ValueInfoProto.name,
NODE_OUTPUT: Final = 2  # NodeProto.output
NODE_TYPE: Final = 4  # and NodeProto.op_type

PUNCTUATION: Final = frozenset(".,;:!?-–—…¡¿\"'()«»")
WORD: Final = re.compile(r"\S*\w\S*")


class Alignment(Protocol):
    """One phoneme of ``piper.voice.PhonemeAlignment``."""

    phoneme: str
    num_samples: int


def with_durations(model: bytes) -> bytes:
    """``model`` (an ONNX file) with its durations as a further output; as it is if it has no
    ``Ceil``, several, or the output already. Raises ValueError when it is no protobuf message."""
    outputs: list[bytes] = []
    durations: list[bytes] = []
    for graph in _submessages(memoryview(model), GRAPH):
        outputs += [
            bytes(name) for o in _submessages(graph, OUTPUT) for name in _submessages(o, NAME)
        ]
        for node in _submessages(graph, NODE):
            if [bytes(kind) for kind in _submessages(node, NODE_TYPE)] == [b"Ceil"]:
                durations += [bytes(name) for name in _submessages(node, NODE_OUTPUT)]
    if len(durations) != 1 or durations[0] in outputs:
        return model
    return model + _field(GRAPH, _field(OUTPUT, _field(NAME, durations[0])))


def group_ends(phonemes: Sequence[Alignment], rate_hz: int) -> list[float]:
    """Seconds at which each group of phonemes (they are parted by blanks: about a word) is over,
    without the pause of a comma or full stop behind it."""
    ends: list[float] = []
    samples, spoken = 0, None
    for alignment in phonemes:
        if alignment.phoneme == " " and spoken is not None:
            ends.append(spoken)
            spoken = None
        samples += int(alignment.num_samples)
        is_sound = alignment.phoneme.strip() and alignment.phoneme not in PUNCTUATION | {"^", "$"}
        if is_sound:
            spoken = samples / rate_hz
    return ends if spoken is None else [*ends, spoken]


def word_ends(text: str, ends: Sequence[float]) -> tuple[tuple[int, float], ...]:
    """(index just behind a word of ``text``, seconds at which it is over), rising in both.

    ``ends`` are those of the phoneme groups. There are as many groups as words in plain text; where
    espeak joins two words or reads a number as several, the groups are spread over the words.
    """
    words = [match.end() for match in WORD.finditer(text)]
    if not words or not ends:
        return ()
    groups = np.arange(1, len(ends) + 1) / len(ends)
    parts = np.arange(1, len(words) + 1) / len(words)
    seconds = np.interp(parts, np.concatenate(([0.0], groups)), np.concatenate(([0.0], ends)))
    return tuple((index, float(second)) for index, second in zip(words, seconds, strict=True))


def _submessages(message: memoryview, wanted: int) -> Iterator[memoryview]:
    """The length-delimited fields of number ``wanted``."""
    at = 0
    try:
        while at < len(message):
            key, at = _varint(message, at)
            kind = key & 7
            if kind == 2:
                size, at = _varint(message, at)
                if key >> 3 == wanted:
                    yield message[at : at + size]
                at += size
            elif kind == 0:
                _, at = _varint(message, at)
            else:
                at += {1: 8, 5: 4}[kind]
    except (IndexError, KeyError) as error:
        raise ValueError("not an ONNX file") from error


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field of less than 128 bytes (a tensor's name is short)."""
    if len(content) > 127:
        raise ValueError("the name of a tensor is too long")
    return bytes([number << 3 | 2, len(content)]) + content
