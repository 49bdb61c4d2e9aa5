"""A thin way to write ONNX graphs: ``graph.Add(x, 1.0)`` adds a node and gives its output's name.

Arguments are names of values, numpy arrays or numbers; the latter two become constants (float32
unless their type says otherwise), small ones shared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET: Final = 15
IR_VERSION: Final = 8
TO_THE_END: Final = 2**31

Value = str
"""The name of a value in the graph."""
Operand = Value | npt.NDArray[Any] | np.generic | float | int


class Graph:
    """Nodes and constants, in the order they were asked for."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._shared: dict[tuple[str, tuple[int, ...], bytes], Value] = {}

    def __getattr__(self, operator: str) -> Callable[..., Value]:
        if not operator[0].isupper():
            raise AttributeError(operator)

        def node(*operands: Operand, out: Value | None = None, **attributes: Any) -> Value:
            names = [each if isinstance(each, str) else self.constant(each) for each in operands]
            name = out or f"{operator}_{len(self._nodes)}"
            self._nodes.append(helper.make_node(operator, names, [name], **attributes))
            return name

        return node

    def constant(self, value: npt.NDArray[Any] | np.generic | float | int) -> Value:
        """``value`` in the graph; floats as float32."""
        array = np.asarray(value)
        return self._constant(array.astype(np.float32) if array.dtype == np.float64 else array)

    def precise(self, value: float) -> Value:
        """``value`` in the graph as float64."""
        return self._constant(np.asarray(value, np.float64))

    def _constant(self, array: npt.NDArray[Any]) -> Value:
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self._shared:
            name = self._shared[key] = f"constant_{len(self._constants)}"
            self._constants.append(numpy_helper.from_array(array, name))
        return self._shared[key]

    def floats(self, value: Value) -> Value:
        """``value`` as float32."""
        return self.Cast(value, to=TensorProto.FLOAT)

    def doubles(self, value: Value) -> Value:
        """``value`` as float64."""
        return self.Cast(value, to=TensorProto.DOUBLE)

    def integers(self, value: Value) -> Value:
        """``value`` as int64."""
        return self.Cast(value, to=TensorProto.INT64)

    def part(self, value: Value, start: int, stop: int = TO_THE_END, axis: int = 0) -> Value:
        """``value[start:stop]`` along ``axis``."""
        return self.Slice(value, *(np.array([number]) for number in (start, stop, axis)))

    def shifted(self, value: Value, by: int, fill: int) -> Value:
        """``value`` [N] moved ``by`` places up or down, ``fill`` where nothing came."""
        filling = np.full(abs(by), fill)
        if by > 0:
            return self.Concat(filling, self.part(value, 0, -by), axis=0)
        return self.Concat(self.part(value, -by), filling, axis=0)

    def length(self, value: Value) -> Value:
        """How long the first axis is; a number."""
        return self.Gather(self.Shape(value), np.int64(0))

    def column(self, value: Value) -> Value:
        """[N] -> [N, 1]"""
        return self.Unsqueeze(value, np.array([1]))

    def row(self, value: Value) -> Value:
        """[N] -> [1, N]"""
        return self.Unsqueeze(value, np.array([0]))

    def flat(self, value: Value) -> Value:
        """Any shape -> [N]"""
        return self.Reshape(value, np.array([-1]))

    def total(self, first: Value, *others: Value) -> Value:
        """The sum."""
        for other in others:
            first = self.Add(first, other)
        return first

    def looked_up(self, table: npt.NDArray[np.float32], index: Value) -> Value:
        """Rows ``index`` of ``table`` [N, D], kept in the graph as int8 with a scale a column."""
        scale = np.abs(table).max(axis=0) / 127 + 1e-9
        kept = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        return self.Mul(self.floats(self.Gather(kept, index, axis=0)), scale.astype(np.float32))

    def model(
        self,
        name: str,
        inputs: list[onnx.ValueInfoProto],
        outputs: list[onnx.ValueInfoProto],
    ) -> onnx.ModelProto:
        """The whole, checked."""
        graph = helper.make_graph(self._nodes, name, inputs, outputs, self._constants)
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
        onnx.checker.check_model(model)
        return model
