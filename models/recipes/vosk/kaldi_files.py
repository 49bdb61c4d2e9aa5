"""Writers for the few Kaldi and OpenFst file formats that a Vosk model directory consists of.

``am/final.mdl`` is a transition model of one-state phones followed by a feed-forward network;
the graphs are OpenFst's "vector" transducers with "standard" arcs. All numbers little-endian.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Affine:
    """A layer of the network: ``weights @ (input frames, appended) + bias``."""

    offsets: tuple[int, ...]
    """The frames it sees, relative to its own, in steps of 10 ms."""
    weights: Floats
    """(outputs, inputs * len(offsets))"""
    bias: Floats


def forward(phone: int) -> int:
    """The transition id that enters and leaves a one-state phone."""
    return 2 * phone


def self_loop(phone: int) -> int:
    """The transition id that stays in a one-state phone."""
    return 2 * phone - 1


def write_acoustic_model(
    path: Path,
    pdfs: Sequence[tuple[int, int]],
    layers: Sequence[Affine],
    priors: Sequence[float] | Floats = (),
) -> None:
    """``am/final.mdl``.

    Phone ``i + 1`` emits class ``pdfs[i][0]`` in its first frame and ``pdfs[i][1]`` in all others.
    The network is ``layers`` with rectifiers between them and a log-softmax over the last one's
    outputs; Kaldi subtracts the logarithms of ``priors``, one for each class, or none.
    """
    features = layers[0].weights.shape[1] // len(layers[0].offsets)
    path.write_bytes(b"\0B" + _transition_model(pdfs) + _network(features, layers, priors))


def _token(text: str) -> bytes:
    return text.encode() + b" "


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def _ints(values: Iterable[int]) -> bytes:
    data = np.array(list(values), dtype="<i4")
    return b"\x04" + struct.pack("<i", data.size) + data.tobytes()


def _vector(values: npt.ArrayLike) -> bytes:
    data = np.asarray(values, dtype="<f4")
    return _token("FV") + _int(data.size) + data.tobytes()


def _matrix(values: Floats) -> bytes:
    """Kaldi's compressed matrix of 16 bits: half the size, each number to 1 in 65,535 of what lies
    between the smallest and the largest."""
    low, span = float(values.min()), float(np.ptp(values)) or 1.0
    steps = np.rint((values - low) / span * 65535).astype("<u2")
    return _token("CM2") + struct.pack("<ffii", low, span, *values.shape) + steps.tobytes()


def _transition_model(pdfs: Sequence[tuple[int, int]]) -> bytes:
    """Every phone: one emitting state, left with probability 1/2, and an end state."""
    phones = range(1, len(pdfs) + 1)
    topology = [
        _ints(phones),
        _ints([-1] + [0] * len(pdfs)),  # every phone has the first (and only) entry
        _int(-1) + _int(1) + _int(2),  # two classes a state may have; one entry; two states
        _int(0) + _int(1) + _int(2),  # the two classes of state 0; two transitions
        _int(0) + _float(0.5) + _int(1) + _float(0.5),
        _int(-1) + _int(-1) + _int(0),  # the end state emits nothing
    ]
    tuples = [
        _int(phone) + _int(0) + _int(first) + _int(others)
        for phone, (first, others) in zip(phones, pdfs, strict=True)
    ]
    log_probabilities = [0.0] + [math.log(0.5)] * (2 * len(pdfs))
    return b"".join(
        [
            _token("<TransitionModel>"),
            _token("<Topology>"),
            *topology,
            _token("</Topology>"),
            _token("<Tuples>") + _int(len(tuples)),
            *tuples,
            _token("</Tuples>"),
            _token("<LogProbs>") + _vector(log_probabilities) + _token("</LogProbs>"),
            _token("</TransitionModel>"),
        ]
    )


def _network(features: int, layers: Sequence[Affine], priors: Sequence[float] | Floats) -> bytes:
    nodes = [f"input-node name=input dim={features}"]
    components: list[bytes] = []
    last = "input"

    def add(name: str, source: str, kind: str, content: bytes) -> str:
        nodes.append(f"component-node name={name} component={name} input={source}")
        head = _token("<ComponentName>") + _token(name) + _token(f"<{kind}>")
        components.append(head + content + _token(f"</{kind}>"))
        return name

    for number, layer in enumerate(layers):
        if number:
            size = layers[number - 1].bias.size
            last = add(f"relu{number}", last, "RectifiedLinearComponent", _activation(size))
        frames = [f"Offset({last}, {at})" if at else last for at in layer.offsets]
        source = frames[0] if len(frames) == 1 else f"Append({', '.join(frames)})"
        numbers = _token("<LinearParams>") + _matrix(layer.weights)
        numbers += _token("<BiasParams>") + _vector(layer.bias)
        last = add(f"affine{number}", source, "FixedAffineComponent", numbers)
    last = add("softmax", last, "LogSoftmaxComponent", _activation(layers[-1].bias.size))
    nodes.append(f"output-node name=output input={last} objective=linear")
    context = _token("<LeftContext>") + _int(0) + _token("<RightContext>") + _int(0)
    return b"".join(
        [
            _token("<Nnet3>") + b"\n" + "\n".join(nodes).encode() + b"\n\n",
            _token("<NumComponents>") + _int(len(components)),
            *components,
            _token("</Nnet3>"),
            context + _token("<Priors>") + _vector(priors),  # the context: counted by the reader
        ]
    )


def _activation(size: int) -> bytes:
    """A component without weights; its statistics are those of no frame."""
    statistics = _token("<ValueAvg>") + _vector([]) + _token("<DerivAvg>") + _vector([])
    return _token("<Dim>") + _int(size) + statistics + _token("<Count>") + _double(0.0)


@dataclass
class Transducer:
    """A weighted finite-state transducer; costs are negative logarithms of probabilities."""

    start: int = 0
    final: dict[int, float] = field(default_factory=dict)
    arcs: list[list[tuple[int, int, float, int]]] = field(default_factory=list)
    """Per state: (label in, label out, cost, next state); label 0 is none."""

    def state(self) -> int:
        """A new state."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, source: int, label: int, output: int, cost: float, target: int) -> None:
        """A new arc."""
        self.arcs[source].append((label, output, cost, target))

    def write(self, path: Path, *, sort_by_output: bool) -> None:
        """Write it; composition wants one side sorted by its labels."""
        key = 1 if sort_by_output else 0
        kind = b"".join(struct.pack("<i", len(name)) + name for name in (b"vector", b"standard"))
        version, flags, properties = 2, 0, 3  # properties: expanded and mutable
        counts = struct.pack("<qq", len(self.arcs), sum(map(len, self.arcs)))
        head = struct.pack("<iiQq", version, flags, properties, self.start)
        parts = [struct.pack("<i", 2125659606), kind, head, counts]
        for state, arcs in enumerate(self.arcs):
            cost = self.final.get(state, math.inf)
            parts.append(struct.pack("<fq", cost, len(arcs)))
            ordered = sorted(arcs, key=lambda arc: (arc[key], arc[1 - key]))
            parts += [struct.pack("<iifi", *arc) for arc in ordered]
        path.write_bytes(b"".join(parts))
