"""The voice as an ONNX network with Piper's inputs and output.

Ids become phones, phones become rows of the tables, rows become frames, frames become sound. K is
the number of phones, F that of frames. ``noise_scale`` and ``noise_w`` are ignored on purpose: a
voice that always says a text alike can be tested, and noise scaled to zero would take the "s" away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import onnx
from onnx import TensorProto, helper

from models.recipes.piper import vocoder
from models.recipes.piper.onnx_graph import Graph, Value
from models.recipes.piper.phones import ID_COUNT, NUMBER, PAUSE, tables_by_id
from models.recipes.piper.tables import COUNT, PITCH_TERMS, Additive, Tables
from models.recipes.piper.teacher import FRAME_S, POINTS, Floats, Timbre

EMPHASIS: Final = 1.12
"""Averaging flattens formants; all coefficients but the first two are raised by this."""
SHARPNESS: Final = 4.0
"""How steep averaged voicing becomes voice or none."""
EDGE_S: Final = 0.05
"""The pauses before the first and behind the last sound; room for an onset and a decay."""
LEAST_FRAMES: Final = 1.5
SPACE_ID: Final = 3
QUESTION_ID: Final = 13


@dataclass(frozen=True, slots=True)
class Rate:
    """Of the sound that comes out."""

    hertz: int
    hop: int
    """Samples of a frame, 6 ms or so."""


@dataclass(frozen=True, slots=True)
class _Phones:
    """The sounding ids; all [K]."""

    phone: Value
    stress: Value
    asked: Value
    """1 if a question mark is anywhere in the input, for all; a number."""
    id_place: Value
    """Where in the input it stood."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which frame belongs to what."""

    durations: Value
    """Frames of each phone [K]."""
    phone_of: Value
    """[F]"""
    progress: Value
    """How far into its phone the middle of a frame is, 0..1 [F]."""


def build(tables: Tables, timbre: Timbre, rate: Rate) -> onnx.ModelProto:
    """The network that speaks ``tables``."""
    graph = Graph()
    phones = _phones(graph)
    left, right = graph.shifted(phones.phone, 1, 0), graph.shifted(phones.phone, -1, 0)
    rows = _Rows(
        phone=phones.phone,
        left=_pair(graph, phones.phone, COUNT, left),
        right=_pair(graph, phones.phone, COUNT, right),
        stress=_pair(graph, phones.phone, 3, phones.stress),
        end=_pair(graph, phones.phone, 2, _near_end(graph, right)),
    )
    layout = _layout(graph, _durations(graph, tables.log_duration, rows, rate))
    _report_durations(graph, phones.id_place, layout.durations)
    cepstra, voicing = _spectrum(graph, tables.spectrum, rows, layout, timbre)
    pitch = _pitch(graph, tables.log_pitch, phones, layout)
    vocoder.sound(graph, timbre, cepstra, pitch, voicing, rate.hertz, rate.hop)
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, ["batch_size", "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, ["batch_size"]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    outputs = [
        helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch_size", 1, "time"])
    ]
    return graph.model("voice", inputs, outputs)


def _phones(graph: Graph) -> _Phones:
    phone_of_id, stress_of_id = tables_by_id()
    given = graph.flat("input")
    asked = graph.ReduceMax(graph.floats(graph.Equal(given, np.int64(QUESTION_ID))), keepdims=0)
    ids = graph.Clip(given, np.int64(0), np.int64(ID_COUNT - 1))
    places = graph.Range(np.int64(0), graph.length(ids), np.int64(1))
    padding = graph.Greater(ids, np.int64(0))
    ids, places = (graph.Compress(each, padding, axis=0) for each in (ids, places))
    stress = graph.Gather(stress_of_id, graph.shifted(ids, 1, 0))  # the mark stands before
    phone = graph.Gather(phone_of_id, ids)
    sounds = graph.GreaterOrEqual(phone, np.int64(0))
    phone, stress, places = (
        graph.Compress(each, sounds, axis=0) for each in (phone, stress, places)
    )
    # Of pauses in a row the last stays: a full stop and the end are one pause.
    paused = graph.Equal(phone, np.int64(NUMBER[PAUSE]))
    pause_follows = graph.Equal(graph.shifted(phone, -1, 1), np.int64(NUMBER[PAUSE]))
    kept = graph.Not(graph.And(paused, pause_follows))
    phone, stress, places = (graph.Compress(each, kept, axis=0) for each in (phone, stress, places))
    return _Phones(phone, stress, asked, places)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Which row of each table a phone takes; all [K]."""

    phone: Value
    left: Value
    right: Value
    stress: Value
    end: Value


def _pair(graph: Graph, phone: Value, size: int, other: Value) -> Value:
    return graph.Add(graph.Mul(phone, np.int64(size)), other)


def _near_end(graph: Graph, following: Value) -> Value:
    """1 where the second or third phone ahead is a pause, given the first ahead."""
    second = graph.shifted(following, -1, 1)
    third = graph.shifted(second, -1, 1)
    pause = np.int64(NUMBER[PAUSE])
    return graph.integers(graph.Or(graph.Equal(second, pause), graph.Equal(third, pause)))


def _durations(graph: Graph, table: Additive, rows: _Rows, rate: Rate) -> Value:
    """Frames of each phone, not yet whole [K]."""
    logarithm = graph.total(
        graph.Gather(table.mean[:, 0], rows.phone),
        graph.Gather(table.by_left[:, 0], rows.left),
        graph.Gather(table.by_right[:, 0], rows.right),
        graph.Gather(table.by_stress[:, 0], rows.stress),
        graph.Gather(table.by_end[:, 0], rows.end),
    )
    frames = graph.Mul(graph.Exp(logarithm), FRAME_S * rate.hertz / rate.hop)
    frames = graph.Mul(frames, graph.part("scales", 1, 2))  # length_scale
    count = graph.length(frames)
    number = graph.Range(np.int64(0), count, np.int64(1))
    last = graph.Equal(number, graph.Sub(count, np.int64(1)))
    edge = graph.Or(graph.Equal(number, np.int64(0)), last)
    return graph.Max(graph.Where(edge, EDGE_S * rate.hertz / rate.hop, frames), LEAST_FRAMES)


def _layout(graph: Graph, frames: Value) -> _Layout:
    """Whole frames: ends are rounded, so that no error adds up."""
    ends = graph.integers(graph.Round(graph.CumSum(frames, np.int64(0))))
    starts = graph.shifted(ends, 1, 0)
    durations = graph.Sub(ends, starts)
    count = graph.Gather(ends, np.int64(-1))
    at = graph.Range(np.int64(0), count, np.int64(1))
    # A one at the start of every phone but the first; summed up they number the frames.
    later = graph.part(starts, 1)
    nothing = graph.Expand(np.array([0]), graph.Reshape(count, np.array([1])))
    ones = graph.Expand(np.array([1]), graph.Shape(later))
    phone_of = graph.CumSum(graph.ScatterElements(nothing, later, ones, axis=0), np.int64(0))
    inside = graph.Add(graph.floats(graph.Sub(at, graph.Gather(starts, phone_of))), 0.5)
    progress = graph.Div(inside, graph.floats(graph.Gather(durations, phone_of)))
    return _Layout(durations, phone_of, progress)


def _report_durations(graph: Graph, places: Value, durations: Value) -> None:
    """Frames of every input id, as the graph's only Ceil: Piper's library looks for that node when
    it is asked for alignments."""
    none = graph.Expand(np.array([0]), graph.Shape(graph.flat("input")))
    graph.Ceil(
        graph.floats(graph.ScatterElements(none, places, durations, axis=0)), out="frames_of_ids"
    )


def _spectrum(
    graph: Graph, table: Additive, rows: _Rows, layout: _Layout, timbre: Timbre
) -> tuple[Value, Value]:
    """Mel-cepstra [F, order] and voicing [F]: a line through the points of all phones in a row."""
    points = graph.total(
        graph.looked_up(table.mean, rows.phone),
        graph.looked_up(table.by_left, rows.left),
        graph.looked_up(table.by_right, rows.right),
        graph.looked_up(table.by_stress, rows.stress),
    )
    points = graph.Reshape(points, np.array([-1, timbre.order + 1]))  # [K * POINTS, order + 1]
    first = graph.floats(graph.Mul(layout.phone_of, np.int64(POINTS)))
    at = graph.Add(first, graph.Sub(graph.Mul(layout.progress, float(POINTS)), 0.5))
    last = graph.Sub(graph.length(points), np.int64(1))
    at = graph.Min(graph.Max(at, 0.0), graph.floats(last))
    below = graph.integers(graph.Floor(at))
    above = graph.Min(graph.Add(below, np.int64(1)), last)
    share = graph.column(graph.Sub(at, graph.Floor(at)))
    frames = graph.Add(
        graph.Mul(graph.Gather(points, below), graph.Sub(1.0, share)),
        graph.Mul(graph.Gather(points, above), share),
    )
    emphasis = np.full(timbre.order, EMPHASIS)
    emphasis[:2] = 1.0
    cepstra = graph.Mul(graph.part(frames, 0, timbre.order, axis=1), emphasis)
    voicing = graph.flat(graph.part(frames, timbre.order, timbre.order + 1, axis=1))
    steep = graph.Add(graph.Mul(graph.Sub(voicing, 0.5), SHARPNESS), 0.5)
    return cepstra, graph.Clip(steep, np.float32(0.0), np.float32(1.0))


def _pitch(graph: Graph, weights: Floats, phones: _Phones, layout: _Layout) -> Value:
    """Hz [F]: every phone's own in its middle, the mean of two neighbours between them."""
    count = graph.length(phones.phone)
    paused = graph.integers(graph.Equal(phones.phone, np.int64(NUMBER[PAUSE])))
    phrase = graph.CumSum(paused, np.int64(0), exclusive=1)
    place = _place_in_phrase(graph, phrase, count)
    last = graph.floats(graph.Equal(phrase, graph.ReduceMax(phrase, keepdims=0)))
    asked = graph.Mul(last, phones.asked)
    squared = graph.Mul(place, place)
    terms = (
        graph.floats(graph.Equal(phones.stress, np.int64(1))),
        graph.floats(graph.Equal(phones.stress, np.int64(2))),
        place,
        squared,
        last,
        graph.Mul(last, place),
        asked,
        graph.Mul(asked, place),
        graph.Mul(asked, graph.Mul(squared, place)),
    )
    own = graph.Add(graph.Gather(weights[PITCH_TERMS:], phones.phone), weights[0])
    own = graph.total(
        own, *(graph.Mul(term, weight) for term, weight in zip(terms, weights[1:], strict=False))
    )
    before = graph.Concat(graph.part(own, 0, 1), graph.part(own, 0, -1), axis=0)
    after = graph.Concat(graph.part(own, 1), graph.part(own, -1), axis=0)
    before, own, after = (graph.Gather(each, layout.phone_of) for each in (before, own, after))
    start, end = (graph.Mul(graph.Add(each, own), 0.5) for each in (before, after))
    doubled = graph.Mul(layout.progress, 2.0)
    rising = graph.Add(start, graph.Mul(graph.Sub(own, start), doubled))
    falling = graph.Add(own, graph.Mul(graph.Sub(end, own), graph.Sub(doubled, 1.0)))
    return graph.Exp(graph.Where(graph.Less(layout.progress, 0.5), rising, falling))


def _place_in_phrase(graph: Graph, phrase: Value, count: Value) -> Value:
    """0 at the first phone of a phrase, 1 at the last, by counting who shares it [K]."""
    number = graph.Range(np.int64(0), count, np.int64(1))
    same = graph.floats(graph.Equal(graph.row(phrase), graph.column(phrase)))
    earlier = graph.floats(graph.Less(graph.row(number), graph.column(number)))
    before = graph.ReduceSum(graph.Mul(same, earlier), np.array([1]), keepdims=0)
    size = graph.ReduceSum(same, np.array([1]), keepdims=0)
    return graph.Div(before, graph.Max(graph.Sub(size, 1.0), 1.0))
