"""An ONNX file read and put together anew, field by field.

Two things are wanted of a voice's network that its file does not offer: a tensor from its middle,
and its two parts one by one. The onnx package could do both, for 60 MB more; but a file is a
protobuf message, whose fields can be copied as they are, and whose merging is part of the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

GRAPH: Final = 7  # field numbers of onnx.proto: ModelProto.graph,
NODE: Final = 1  # GraphProto.node,
INITIALIZER: Final = 5  # GraphProto.initializer,
INPUT: Final = 11  # GraphProto.input,
OUTPUT: Final = 12  # GraphProto.output,
NAME: Final = 1  # ValueInfoProto.name,
TYPE: Final = 2  # ValueInfoProto.type,
TENSOR_NAME: Final = 8  # TensorProto.name,
NODE_INPUT: Final = 1  # NodeProto.input,
NODE_OUTPUT: Final = 2  # NodeProto.output
NODE_KIND: Final = 4  # and NodeProto.op_type
FLOAT_TENSOR: Final = b"\x0a\x02\x08\x01"
"""A TypeProto: tensor_type = {elem_type = FLOAT}, of any shape."""

Buffer = bytes | memoryview


class Field(NamedTuple):
    """One field of a message."""

    number: int
    content: memoryview
    """Of a string or message, what is in it; of a number, its bytes."""
    whole: memoryview
    """As it stands in the message."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation of a graph."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    whole: memoryview


def fields(message: Buffer) -> Iterator[Field]:
    """Those of ``message``, in order. Raises ValueError when it is none."""
    view, at = memoryview(message), 0
    try:
        while at < len(view):
            start = at
            key, at = _varint(view, at)
            kind = key & 7
            if kind == 2:
                size, at = _varint(view, at)
            elif kind == 0:
                size = _varint(view, at)[1] - at
            else:
                size = {1: 8, 5: 4}[kind]
            content, at = view[at : at + size], at + size
            if at > len(view):
                raise IndexError
            yield Field(key >> 3, content, view[start:at])
    except (IndexError, KeyError) as error:
        raise ValueError("not an ONNX file") from error


def field(number: int, *content: Buffer) -> list[Buffer]:
    """A field that holds ``content``, uncopied, behind its key and length."""
    return [_number(number << 3 | 2) + _number(sum(map(len, content))), *content]


def graph_fields(model: Buffer) -> list[Field]:
    """The fields of its graph. Raises ValueError."""
    return [each for graph in _within(model, GRAPH) for each in fields(graph.content)]


def node(each: Field) -> Node:
    """What a field of kind NODE says."""
    parts = list(fields(each.content))
    kind = "".join(_text(part) for part in parts if part.number == NODE_KIND)
    inputs = tuple(_text(part) for part in parts if part.number == NODE_INPUT)
    outputs = tuple(_text(part) for part in parts if part.number == NODE_OUTPUT)
    return Node(kind, inputs, outputs, each.whole)


def name_of(each: Field) -> str:
    """That of an INPUT, OUTPUT or INITIALIZER."""
    number = TENSOR_NAME if each.number == INITIALIZER else NAME
    return "".join(_text(part) for part in _within(each.content, number))


def value(number: int, name: str, kind: bytes = b"") -> list[Buffer]:
    """An INPUT or OUTPUT of a graph; onnxruntime finds the type of an output by itself."""
    typed = field(TYPE, kind) if kind else []
    return field(number, *field(NAME, name.encode()), *typed)


def with_graph(model: Buffer, graph: Iterable[Buffer]) -> list[Buffer]:
    """``model`` with ``graph`` in place of its own."""
    around = [each.whole for each in fields(model) if each.number != GRAPH]
    return [*around, *field(GRAPH, *graph)]


def _within(message: Buffer, number: int) -> Iterator[Field]:
    return (each for each in fields(message) if each.number == number)


def _text(each: Field) -> str:
    return bytes(each.content).decode()


def _varint(view: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = view[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _number(value: int) -> bytes:
    """``value`` as a varint."""
    parts = []
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])
