"""The file of a voice's network, taken apart where text has become frames.

A VITS network first makes frames out of phonemes, 86 of them a second, and then sound out of
frames, with a stack of convolutions. ``voice_network.py`` wants to run the second part on a stretch
of frames at a time, and wants to know how many frames each phoneme got: the network rounds them up,
and that is the only ``Ceil`` of its graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from appliance.engines.onnx_file import (
    FLOAT_TENSOR,
    GRAPH,
    INITIALIZER,
    INPUT,
    NODE,
    OUTPUT,
    Buffer,
    Field,
    Node,
    field,
    graph_fields,
    name_of,
    node,
    value,
    with_graph,
)

MOST_INPUTS: Final = 2
"""Of the second part: the frames, and what it is told of the speaker."""


@dataclass(frozen=True, slots=True, eq=False)
class VoiceFile:
    """A voice's network in one or two ONNX files, each as the buffers that it consists of."""

    text: Sequence[Buffer]
    """Phonemes to frames, or to sound when there is no other part."""
    sound: Sequence[Buffer] | None
    """Frames to sound; its inputs are outputs of ``text``."""
    durations: str | None
    """The output of ``text`` that tells the frames of each phoneme id, if there is one."""


def take_apart(model: bytes) -> VoiceFile:
    """``model`` (an ONNX file) in its parts; in one where it is built otherwise than Piper's.

    Raises ValueError when it is no ONNX file.
    """
    graph = graph_fields(model)
    nodes = [node(each) for each in graph if each.number == NODE]
    rounded = [each.outputs[0] for each in nodes if each.kind == "Ceil"]
    durations = rounded[0] if len(rounded) == 1 else None
    sound = _sound_nodes(nodes)
    weights = {name_of(each) for each in graph if each.number == INITIALIZER}
    frames = sorted(_needed(sound) - _made(sound) - weights)
    if not 1 <= len(frames) <= MOST_INPUTS:
        return VoiceFile(_with_output(model, graph, durations), None, durations)
    apart = {each for each in sound if each.kind != "Constant"}
    text = [each for each in nodes if each not in apart]
    inputs = [each.whole for each in graph if each.number == INPUT]
    outputs = [each.whole for each in graph if each.number == OUTPUT]
    told = [*frames, *([] if durations is None else [durations])]
    return VoiceFile(
        with_graph(model, [*_body(graph, text), *inputs, *_values(OUTPUT, told)]),
        with_graph(model, [*_body(graph, sound), *_values(INPUT, frames), *outputs]),
        durations,
    )


def _sound_nodes(nodes: Sequence[Node]) -> list[Node]:
    """Those that make sound out of frames: the convolution before the first that makes frames into
    more samples, and all that follows from it, with the constants that they use."""
    makers = {name: each for each in nodes for name in each.outputs}
    first = next((each for each in nodes if each.kind == "ConvTranspose"), None)
    while first is not None and first.kind != "Conv":
        first = makers.get(first.inputs[0])
    if first is None:
        return []
    made = set(first.outputs)
    sound = [first]
    for each in nodes:  # a graph's nodes stand in the order of their work
        if each is not first and made.intersection(each.inputs):
            sound.append(each)
            made.update(each.outputs)
    used = _needed(sound)
    constants = [n for n in nodes if n.kind == "Constant" and used.intersection(n.outputs)]
    return [*constants, *sound]


def _needed(nodes: Iterable[Node]) -> set[str]:
    return {name for each in nodes for name in each.inputs if name}


def _made(nodes: Iterable[Node]) -> set[str]:
    return {name for each in nodes for name in each.outputs}


def _body(graph: Sequence[Field], nodes: Sequence[Node]) -> list[Buffer]:
    """The ``nodes`` with the weights that they use, and the graph's name."""
    used = _needed(nodes)
    weights = [e.whole for e in graph if e.number == INITIALIZER and name_of(e) in used]
    others = (NODE, INITIALIZER, INPUT, OUTPUT)
    rest = [each.whole for each in graph if each.number not in others]
    return [*(each.whole for each in nodes), *weights, *rest]


def _values(number: int, names: Sequence[str]) -> list[Buffer]:
    kind = FLOAT_TENSOR if number == INPUT else b""
    return [part for name in names for part in value(number, name, kind)]


def _with_output(model: bytes, graph: Sequence[Field], name: str | None) -> list[Buffer]:
    """``model`` with a further output: a message with more of its kind behind it is both merged."""
    if name is None or name in [name_of(each) for each in graph if each.number == OUTPUT]:
        return [model]
    return [model, *field(GRAPH, *value(OUTPUT, name))]
