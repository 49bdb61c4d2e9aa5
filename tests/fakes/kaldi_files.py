"""Writers for the few Kaldi and OpenFst file formats that a Vosk model directory consists of.

Only what ``tone_vosk`` needs: a transition model of one-state phones, a network of one affine layer
and a soft-max, and OpenFst's "vector" transducers with "standard" arcs. All numbers little-endian.
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


def forward(phone: int) -> int:
    """The transition id that enters and leaves a one-state phone."""
    return 2 * phone


def self_loop(phone: int) -> int:
    """The transition id that stays in a one-state phone."""
    return 2 * phone - 1


def write_acoustic_model(path: Path, pdfs: Sequence[int], weights: Floats, bias: Floats) -> None:
    """``am/final.mdl``: phone ``i + 1`` emits class ``pdfs[i]``; the network scores the classes by
    ``log_softmax(weights @ features + bias)``, where ``weights`` is (classes, features)."""
    path.write_bytes(b"\0B" + _transition_model(pdfs) + _network(weights, bias))


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
    rows, columns = values.shape
    return _token("FM") + _int(rows) + _int(columns) + values.astype("<f4").tobytes()


def _transition_model(pdfs: Sequence[int]) -> bytes:
    """Every phone: one emitting state, left with probability 1/2, and an end state."""
    phones = range(1, len(pdfs) + 1)
    topology = [
        _ints(phones),
        _ints([-1] + [0] * len(pdfs)),  # every phone has the first (and only) entry
        _int(-1) + _int(1) + _int(2),  # two classes a state may have; one entry; two states
        _int(0) + _int(0) + _int(2),  # both classes of state 0; two transitions
        _int(0) + _float(0.5) + _int(1) + _float(0.5),
        _int(-1) + _int(-1) + _int(0),  # the end state emits nothing
    ]
    tuples = [
        _int(phone) + _int(0) + _int(pdf) + _int(pdf)
        for phone, pdf in zip(phones, pdfs, strict=True)
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


def _network(weights: Floats, bias: Floats) -> bytes:
    classes, features = weights.shape
    layout = [
        f"input-node name=input dim={features}",
        "component-node name=affine component=affine input=input",
        "component-node name=softmax component=softmax input=affine",
        "output-node name=output input=softmax objective=linear",
    ]
    affine = [
        _token("<ComponentName>") + _token("affine") + _token("<FixedAffineComponent>"),
        _token("<LinearParams>") + _matrix(weights),
        _token("<BiasParams>") + _vector(bias) + _token("</FixedAffineComponent>"),
    ]
    softmax = [
        _token("<ComponentName>") + _token("softmax") + _token("<LogSoftmaxComponent>"),
        _token("<Dim>") + _int(classes),
        _token("<ValueAvg>") + _vector([]) + _token("<DerivAvg>") + _vector([]),
        _token("<Count>") + _double(0.0) + _token("</LogSoftmaxComponent>"),
    ]
    context = _token("<LeftContext>") + _int(0) + _token("<RightContext>") + _int(0)
    return b"".join(
        [
            _token("<Nnet3>") + b"\n" + "\n".join(layout).encode() + b"\n\n",
            _token("<NumComponents>") + _int(2),
            *affine,
            *softmax,
            _token("</Nnet3>"),
            context + _token("<Priors>") + _vector([]),
        ]
    )


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
