"""A Vosk model that hears pure tones as words: written down in half a second, not trained.

With it the real library can be asked for exact words. Each word is a tone; a Gaussian classifier
with one covariance for all classes, on single feature frames, is a linear layer, so the "network"
is one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.recipes.vosk.features import BANDS, cepstral_map, mel_bands, mfcc_conf
from models.recipes.vosk.kaldi_files import (
    Affine,
    Transducer,
    forward,
    self_loop,
    write_acoustic_model,
)

WIRE_RATE_HZ = 8000
TONES_HZ = {
    "hello": 350,
    "yes": 600,
    "no": 900,
    "operator": 1250,
    "sales": 1700,
    "support": 2300,
    "goodbye": 3000,
}
WORDS = tuple(TONES_HZ)
ACOUSTIC_SCALE = 0.2
"""Of the classifier's scores: single frames of a tone are surer than those of speech."""

MODEL_CONF = """--min-active=200
--max-active=3000
--beam=13.0
--lattice-beam=6.0
--acoustic-scale=1.0
--frame-subsampling-factor=3
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""

Floats = npt.NDArray[np.float64]


def tone(hz: float, seconds: float, amplitude: float, rate_hz: int) -> Floats:
    """A pure tone."""
    return amplitude * np.sin(2 * np.pi * hz * np.arange(int(rate_hz * seconds)) / rate_hz)


def speak(
    words: Sequence[str],
    *,
    on_s: float = 0.3,
    gap_s: float = 0.15,
    amplitude: float = 8000.0,
    rate_hz: int = WIRE_RATE_HZ,
) -> npt.NDArray[np.int16]:
    """``words`` as tones, int16, with ``gap_s`` before, between and behind them."""
    gap = np.zeros(int(rate_hz * gap_s))
    parts = [gap]
    for word in words:
        parts += [tone(TONES_HZ[word], on_s, amplitude, rate_hz), gap]
    return np.rint(np.concatenate(parts)).astype(np.int16)


def build(directory: Path, rate_hz: int = WIRE_RATE_HZ) -> None:
    """Write the directory of a model made for ``rate_hz``."""
    for folder in ("am", "conf", "graph/phones"):
        (directory / folder).mkdir(parents=True)
    (directory / "conf/mfcc.conf").write_text(mfcc_conf(rate_hz))
    (directory / "conf/model.conf").write_text(MODEL_CONF)
    _write_graph(directory / "graph")
    weights, bias = _classifier(rate_hz)
    # Phones: 1 is silence; 2, 3 the first and second half of the first word, and so on.
    pdfs = [0] + [number for number in range(1, len(WORDS) + 1) for _half in range(2)]
    classifier = Affine((0,), weights, bias)
    write_acoustic_model(directory / "am/final.mdl", [(pdf, pdf) for pdf in pdfs], [classifier])


def _write_graph(directory: Path) -> None:
    symbols = ["<eps>", *WORDS, "#0"]
    lines = [f"{symbol} {number}\n" for number, symbol in enumerate(symbols)]
    (directory / "words.txt").write_text("".join(lines))
    kinds = ["nonword", *["begin", "end"] * len(WORDS)]
    lines = [f"{phone} {kind}\n" for phone, kind in enumerate(kinds, 1)]
    (directory / "phones/word_boundary.int").write_text("".join(lines))
    (directory / "disambig_tid.int").write_text(f"{2 * len(kinds) + 1}\n")  # used nowhere
    _lexicon().write(directory / "HCLr.fst", sort_by_output=True)
    _language().write(directory / "Gr.fst", sort_by_output=False)


def _lexicon() -> Transducer:
    """From transition ids to words, silence allowed around each word. A word's label stands on its
    first arc, so that composition with the language knows at once what is allowed."""
    graph = Transducer()
    after, before = graph.state(), graph.state()  # a word; the first is also where it all begins
    graph.start, graph.final[before] = after, 0.0
    graph.arc(after, 0, 0, math.log(2), before)
    graph.arc(_phone(graph, after, 1, 0), 0, 0, 0.0, before)
    for number in range(1, len(WORDS) + 1):
        middle = _phone(graph, before, 2 * number, number)
        graph.arc(_phone(graph, middle, 2 * number + 1, 0), 0, 0, 0.0, after)
    return graph


def _phone(graph: Transducer, source: int, phone: int, word: int) -> int:
    state = graph.state()
    graph.arc(source, forward(phone), word, math.log(2), state)
    graph.arc(state, self_loop(phone), 0, math.log(2), state)
    return state


def _language() -> Transducer:
    """Any word behind any word."""
    graph = Transducer()
    state = graph.state()
    graph.final[state] = cost = math.log(len(WORDS) + 1)
    for number in range(1, len(WORDS) + 1):
        graph.arc(state, number, number, cost, state)
    return graph


def _classifier(rate_hz: int) -> tuple[Floats, Floats]:
    """Weights (classes, cepstra) and bias; class 0 is silence and noise."""
    noise = np.random.default_rng(0)
    silence = [np.rint(noise.normal(size=rate_hz) * a) for a in (0, 0.6, 2, 5, 10, 20, 40)]
    samples = [np.concatenate([cepstra(sound, rate_hz) for sound in silence])]
    for hz in TONES_HZ.values():
        sounds = [
            tone(hz * detune, 0.3, amplitude, rate_hz)
            + level * noise.normal(size=3 * rate_hz // 10)
            for amplitude in (1500, 4000, 8000, 16000, 30000)
            for level in (0, 1, 5, 30)
            for detune in (0.99, 1, 1.01)
        ]
        samples.append(np.concatenate([cepstra(np.rint(sound), rate_hz) for sound in sounds]))
    means = np.stack([sample.mean(0) for sample in samples])
    spread = np.mean([np.cov(sample.T) for sample in samples], 0) + 5 * np.eye(BANDS)
    weights: Floats = np.linalg.solve(spread, means.T).T
    bias = -0.5 * np.sum(means * weights, axis=1)
    return weights * ACOUSTIC_SCALE, bias * ACOUSTIC_SCALE


def cepstra(sound: Floats, rate_hz: int) -> Floats:
    """Kaldi's MFCC features, (frames of 25 ms every 10 ms, ``BANDS``)."""
    features: Floats = mel_bands(sound, rate_hz) @ cepstral_map()
    return features
