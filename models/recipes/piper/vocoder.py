"""Mel-cepstra, pitch and voicing into sound, as an ONNX graph.

A source (band-limited pulses where there is voice, noise where there is none, and noise above some
3 kHz of a voice as well) is cut into windows, taken to frequencies, filtered there by the
minimum-phase filter that the mel-cepstrum is, and brought back by overlap-add. Transforms are
written as convolutions whose kernels are computed from ranges when the network is loaded, so that
they take no room in the file. The noise is one fixed table: the same phonemes give the same sound,
sample by sample.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from models.recipes.piper.onnx_graph import Graph, Value
from models.recipes.piper.teacher import Timbre

TRANSFORM: Final = 768
"""Points; a window of two frames, and room for the filter's tail."""
NOISE_SAMPLES: Final = 32_749
"""A prime, so that no window meets the same noise soon."""
NOISE_SEED: Final = 3
BREATH_FROM_HZ, BREATH_OVER_HZ, LEAST_VOICE = 3000.0, 6000.0, 0.35
"""A voice's pulses give way to noise from the first on, down to a share at the sum of both."""


def sound(
    graph: Graph,
    timbre: Timbre,
    cepstra: Value,
    pitch_hz: Value,
    voicing: Value,
    rate_hz: int,
    hop: int,
) -> Value:
    """``cepstra`` [F, order], ``pitch_hz`` [F] and ``voicing`` [F] of frames of ``hop`` samples ->
    the output [1, 1, F * hop] at ``rate_hz``."""
    frames = graph.length(pitch_hz)
    source = _source(graph, pitch_hz, voicing, frames, rate_hz, hop)
    bins = TRANSFORM // 2 + 1
    real, imaginary = _filter(graph, timbre, cepstra, rate_hz)
    source_real, source_imaginary = graph.part(source, 0, bins), graph.part(source, bins)
    spectrum = graph.Concat(
        graph.Sub(graph.Mul(source_real, real), graph.Mul(source_imaginary, imaginary)),
        graph.Add(graph.Mul(source_real, imaginary), graph.Mul(source_imaginary, real)),
        axis=0,
    )
    return _overlapped(graph, spectrum, frames, hop)


def _source(
    graph: Graph, pitch_hz: Value, voicing: Value, frames: Value, rate_hz: int, hop: int
) -> Value:
    """Pulses and noise, mixed by frequency: real parts over imaginary parts [2 * bins, F]."""
    both = graph.Concat(
        graph.Reshape(_pulses(graph, pitch_hz, rate_hz, hop), np.array([1, 1, -1])),
        graph.Reshape(_noise(graph, frames, hop), np.array([1, 1, -1])),
        axis=0,
    )
    window = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(2 * hop) + 0.5) / (2 * hop))
    cosine, sine = _waves(graph, 2 * hop)
    kernel = graph.Concat(graph.Mul(cosine, window), graph.Neg(graph.Mul(sine, window)), axis=0)
    kernel = graph.Unsqueeze(kernel, np.array([1]))
    transformed = graph.Conv(both, kernel, strides=[hop], pads=[hop, 0])
    pulses, noise = (graph.Gather(transformed, np.int64(number), axis=0) for number in (0, 1))
    hertz = np.arange(TRANSFORM // 2 + 1) * rate_hz / TRANSFORM
    voice = np.clip(1 - (hertz - BREATH_FROM_HZ) / BREATH_OVER_HZ, LEAST_VOICE, 1)
    voice = np.concatenate([voice, voice])[:, None]
    voiced = graph.row(voicing)
    breath = graph.Mul(1 - voice * voice, voiced)
    return graph.Add(
        graph.Mul(pulses, graph.Mul(voice, graph.Sqrt(voiced))),
        graph.Mul(noise, graph.Sqrt(graph.Add(breath, graph.Sub(1.0, voiced)))),
    )


def _pulses(graph: Graph, pitch_hz: Value, rate_hz: int, hop: int) -> Value:
    """A train of band-limited pulses of unit power at a pitch that glides from frame to frame."""
    following = graph.Concat(graph.part(pitch_hz, 1), graph.part(pitch_hz, -1), axis=0)
    rise = graph.Mul(graph.column(graph.Sub(following, pitch_hz)), np.arange(hop)[None] / hop)
    hertz = graph.flat(graph.Add(graph.column(pitch_hz), rise))
    # In float64: a minute's phase has too many whole turns for float32.
    turns = graph.CumSum(graph.Div(graph.doubles(hertz), graph.precise(rate_hz)), np.int64(0))
    turn = graph.floats(graph.Sub(turns, graph.Floor(turns)))
    harmonics = graph.Floor(graph.Div(rate_hz * 0.49, hertz))
    count = graph.Add(graph.Mul(harmonics, 2.0), 1.0)
    below = graph.Sin(graph.Mul(turn, np.pi))
    at_the_peak = graph.Less(graph.Abs(below), 1e-4)
    ratio = graph.Div(
        graph.Sin(graph.Mul(graph.Mul(turn, count), np.pi)), graph.Where(at_the_peak, 1.0, below)
    )
    harmonic_sum = graph.Sub(graph.Where(at_the_peak, count, ratio), 1.0)
    return graph.Div(harmonic_sum, graph.Sqrt(graph.Div(float(rate_hz), hertz)))


def _noise(graph: Graph, frames: Value, hop: int) -> Value:
    draw = np.random.default_rng(NOISE_SEED)
    table = np.clip(np.rint(draw.normal(0, 32, NOISE_SAMPLES)), -127, 127).astype(np.int8)
    at = graph.Range(np.int64(0), graph.Mul(frames, np.int64(hop)), np.int64(1))
    drawn = graph.Gather(table, graph.Mod(at, np.int64(NOISE_SAMPLES)))
    return graph.Mul(graph.floats(drawn), 1 / 32)


def _filter(graph: Graph, timbre: Timbre, cepstra: Value, rate_hz: int) -> tuple[Value, Value]:
    """The frequency response of every frame's mel-cepstrum, real and imaginary [bins, F]."""
    hertz = np.arange(TRANSFORM // 2 + 1) * rate_hz / TRANSFORM
    angle = 2 * np.pi * hertz / timbre.rate_hz
    warped = angle + 2 * np.arctan2(
        timbre.warping * np.sin(angle), 1 - timbre.warping * np.cos(angle)
    )
    angles = graph.MatMul(warped[:, None], np.arange(timbre.order, dtype=np.float32)[None])
    turned = graph.Transpose(cepstra, perm=[1, 0])
    scale = -float(np.log(timbre.full_scale))
    level = graph.Exp(graph.Add(graph.MatMul(graph.Cos(angles), turned), scale))
    phase = graph.Neg(graph.MatMul(graph.Sin(angles), turned))
    return graph.Mul(level, graph.Cos(phase)), graph.Mul(level, graph.Sin(phase))


def _overlapped(graph: Graph, spectrum: Value, frames: Value, hop: int) -> Value:
    """Back to samples, windows added up, as the graph's output."""
    cosine, sine = _waves(graph, TRANSFORM)
    weight = np.full(TRANSFORM // 2 + 1, 2.0 / TRANSFORM)
    weight[0], weight[-1] = 0.0, 1.0 / TRANSFORM  # no direct current
    weights = weight[:, None]
    kernel = graph.Concat(graph.Mul(cosine, weights), graph.Neg(graph.Mul(sine, weights)), axis=0)
    kernel = graph.Unsqueeze(kernel, np.array([1]))
    samples = graph.ConvTranspose(graph.row(spectrum), kernel, strides=[hop])
    end = graph.Add(graph.Mul(frames, np.int64(hop)), np.int64(hop))
    samples = graph.Slice(
        samples, np.array([hop]), graph.Reshape(end, np.array([1])), np.array([2])
    )
    return graph.Identity(samples, out="output")


def _waves(graph: Graph, samples: int) -> tuple[Value, Value]:
    """Cosines and sines [bins, samples] of the transform's frequencies."""
    bins = np.arange(TRANSFORM // 2 + 1, dtype=np.float32)[:, None]
    products = graph.MatMul(bins, np.arange(samples, dtype=np.float32)[None])
    angles = graph.Mul(graph.Mod(products, float(TRANSFORM), fmod=1), 2 * np.pi / TRANSFORM)
    return graph.Cos(angles), graph.Sin(angles)
