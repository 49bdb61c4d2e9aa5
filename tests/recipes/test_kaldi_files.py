"""The files of a Vosk model, byte for byte where they are small; that libvosk reads them and hears
the right words is shown by the tone model of ``tests/engines/test_vosk.py``."""

import math
import struct
from pathlib import Path

import numpy as np
import pytest

from models.recipes.vosk.kaldi_files import (
    Affine,
    Transducer,
    forward,
    self_loop,
    write_acoustic_model,
)

pytestmark = pytest.mark.unit


def test_an_acoustic_model_is_transitions_then_network_then_priors(tmp_path: Path) -> None:
    layer = Affine((0,), np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, -0.5]))
    write_acoustic_model(tmp_path / "x", [(0, 1)], [layer], [0.25, 0.75])
    data = (tmp_path / "x").read_bytes()
    assert data.startswith(b"\0B<TransitionModel> <Topology> \x04\x01\0\0\0\x01\0\0\0")
    one_phone_in_state_0_has_classes_0_and_1 = b"".join(
        b"\x04" + struct.pack("<i", number) for number in (1, 1, 0, 0, 1)
    )
    assert b"<Tuples> " + one_phone_in_state_0_has_classes_0_and_1 + b"</Tuples> " in data
    from_1_to_4 = struct.pack("<ffii4H", 1, 3, 2, 2, 0, 21845, 43690, 65535)
    weights = b"CM2 " + from_1_to_4
    assert b"<LinearParams> " + weights + b"<BiasParams> FV \x04\x02\0\0\0" in data
    assert data.endswith(b"<Priors> FV \x04\x02\0\0\0" + struct.pack("<2f", 0.25, 0.75))


def test_layers_see_the_frames_they_ask_for_with_rectifiers_between(tmp_path: Path) -> None:
    layers = [
        Affine((-1, 0, 1), np.zeros((5, 6)), np.zeros(5)),
        Affine((0, 3), np.zeros((4, 10)), np.zeros(4)),
        Affine((0,), np.zeros((2, 4)), np.zeros(2)),
    ]
    write_acoustic_model(tmp_path / "x", [(0, 1)], layers)
    text = (tmp_path / "x").read_bytes()
    begin = text.index(b"<Nnet3> \n") + len(b"<Nnet3> \n")
    nodes = text[begin : text.index(b"\n\n", begin)].decode().splitlines()
    inputs = {line.split()[1]: line.partition("input=")[2] for line in nodes[1:]}
    assert nodes[0] == "input-node name=input dim=2"
    assert inputs == {
        "name=affine0": "Append(Offset(input, -1), input, Offset(input, 1))",
        "name=relu1": "affine0",
        "name=affine1": "Append(relu1, Offset(relu1, 3))",
        "name=relu2": "affine1",
        "name=affine2": "relu2",
        "name=softmax": "affine2",
        "name=output": "softmax objective=linear",
    }


def test_each_phone_has_two_transitions_of_its_own() -> None:
    ids = [transition for phone in (1, 2, 3) for transition in (self_loop(phone), forward(phone))]
    assert ids == [1, 2, 3, 4, 5, 6]


def test_a_transducer_is_a_header_and_its_states_with_sorted_arcs(tmp_path: Path) -> None:
    graph = Transducer()
    first, last = graph.state(), graph.state()
    graph.final[last] = 1.5
    graph.arc(first, 9, 1, 0.25, last)
    graph.arc(first, 2, 7, 0.5, first)
    graph.write(tmp_path / "in", sort_by_output=False)
    graph.write(tmp_path / "out", sort_by_output=True)
    head = struct.pack("<i", 2125659606) + b"\x06\0\0\0vector\x08\0\0\0standard"
    head += struct.pack("<iiQqqq", 2, 0, 3, 0, 2, 2)
    nine, two = struct.pack("<iifi", 9, 1, 0.25, 1), struct.pack("<iifi", 2, 7, 0.5, 0)
    one = struct.pack("<fq", math.inf, 2)
    other = struct.pack("<fq", 1.5, 0)
    assert (tmp_path / "in").read_bytes() == head + one + two + nine + other
    assert (tmp_path / "out").read_bytes() == head + one + nine + two + other
