"""The man's voice: "rms" of CMU ARCTIC as a clustergen voice inside flite (Debian: libflite1).

flite offers no way to print a voice's parameters, but an utterance that it has synthesised keeps
them, and its library lets one look: the track "param_track" holds a pitch and the mel-cepstrum for
every 5 ms, "str_track" how strongly each of five bands is voiced.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import POINTER, c_char_p, c_float, c_int, c_void_p
from dataclasses import dataclass
from typing import Final

import numpy as np

from models.recipes.piper.labels import Phone
from models.recipes.piper.phones import FLAP, PAUSE, VOWELS
from models.recipes.piper.sentences import FUNCTION_WORDS
from models.recipes.piper.teacher import FRAME_S, Floats, Spoken, Timbre

UNVOICED, VOICED = 0.62, 0.80
"""Strength of the lowest band: "s" and "p" have 0.65, "d" 0.76, vowels 0.9."""


class _Track(ctypes.Structure):
    """flite's ``cst_track``."""

    _fields_ = (
        ("type", c_char_p),
        ("frames", c_int),
        ("channels", c_int),
        ("times", POINTER(c_float)),
        ("values", POINTER(POINTER(c_float))),
    )

    def array(self) -> Floats:
        """[frames, channels]"""
        shape = (self.channels,)
        rows = [np.ctypeslib.as_array(self.values[at], shape) for at in range(self.frames)]
        return np.array(rows, np.float32)


_SIGNATURES: Final = {
    "flite_synth_text": (c_void_p, (c_char_p, c_void_p)),
    "delete_utterance": (None, (c_void_p,)),
    "feat_val": (c_void_p, (c_void_p, c_char_p)),
    "val_track": (POINTER(_Track), (c_void_p,)),
    "utt_relation": (c_void_p, (c_void_p, c_char_p)),
    "relation_head": (c_void_p, (c_void_p,)),
    "item_next": (c_void_p, (c_void_p,)),
    "item_feat_string": (c_char_p, (c_void_p, c_char_p)),
    "item_feat_float": (c_float, (c_void_p, c_char_p)),
    "ffeature_string": (c_char_p, (c_void_p, c_char_p)),
}


@dataclass(frozen=True, slots=True)
class _Segment:
    """A sound as flite names it."""

    name: str
    stressed: bool
    word: str
    end_s: float


class Rms:
    """Implements ``teacher.Teacher``. flite pronounces the sentence by itself; its sounds are named
    as espeak-ng would mark them: function words unstressed, flaps told from "t"."""

    # A frame: pitch, mel-cepstra, and how these change; a spread lies behind each value.
    timbre = Timbre(order=25, warping=0.42, rate_hz=16_000, full_scale=32768 / 1.5)

    def __init__(self) -> None:
        self._flite = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
        for name in ("usenglish", "cmulex"):
            ctypes.CDLL(f"libflite_{name}.so.1", mode=ctypes.RTLD_GLOBAL)
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(self._flite, name)
            function.restype, function.argtypes = result, arguments
        self._flite.flite_init()
        register = ctypes.CDLL("libflite_cmu_us_rms.so.1").register_cmu_us_rms
        register.restype, register.argtypes = c_void_p, (c_char_p,)
        self._voice = register(None)

    def speak(self, sentence: str) -> Iterator[Spoken]:
        """As ``Teacher``."""
        utterance = self._flite.flite_synth_text(sentence.encode(), self._voice)
        try:
            parameters = self._track(utterance, b"param_track")
            strengths = self._track(utterance, b"str_track")
            segments = list(self._segments(utterance))
        finally:
            self._flite.delete_utterance(utterance)
        ends = np.rint([segment.end_s / FRAME_S for segment in segments]).astype(np.int64)
        pitch = parameters[:, 0]
        voicing = np.clip((strengths[:, 0] - UNVOICED) / (VOICED - UNVOICED), 0.0, 1.0)
        voicing[pitch <= 0] = 0.0
        yield Spoken(
            list(_phones(segments)),
            durations=np.diff(ends, prepend=0),
            spectrum=parameters[:, 2 : 2 + 2 * self.timbre.order : 2],
            voicing=voicing,
            log_pitch=np.log(np.where(voicing > 0.5, pitch, np.nan)),
            question=sentence.endswith("?"),
        )

    def _track(self, utterance: int, name: bytes) -> Floats:
        features = ctypes.cast(utterance, POINTER(c_void_p))[0]
        track = self._flite.val_track(self._flite.feat_val(features, name))
        array: Floats = track.contents.array()
        return array

    def _segments(self, utterance: int) -> Iterator[_Segment]:
        flite = self._flite
        item = flite.relation_head(flite.utt_relation(utterance, b"Segment"))
        while item:
            yield _Segment(
                flite.item_feat_string(item, b"name").decode(),
                flite.ffeature_string(item, b"R:SylStructure.parent.stress") == b"1",
                flite.ffeature_string(item, b"R:SylStructure.parent.parent.name").decode(),
                flite.item_feat_float(item, b"end"),
            )
            item = flite.item_next(item)


def _phones(segments: list[_Segment]) -> Iterator[Phone]:
    function_words = {word.lower() for word in FUNCTION_WORDS}
    names = [PAUSE, *(segment.name for segment in segments), PAUSE]
    for segment, before, after in zip(segments, names, names[2:], strict=False):
        stressed = segment.stressed and segment.word not in function_words
        if segment.name in VOWELS:
            yield Phone(segment.name, 2 if stressed else 0)
        elif segment.name == "t" and _between_vowels(before, after) and not segment.stressed:
            yield Phone(FLAP)
        else:
            yield Phone(segment.name)


def _between_vowels(before: str, after: str) -> bool:
    return (before in VOWELS or before == "r") and after in VOWELS
