"""Is somebody speaking? Silero's voice detector, asked once per 32 ms of sound, inline on the loop.

A window costs less (0.1 ms) than a hand-over to a thread and back, and the answer is there when the
frame is. The weights are Silero's own file (v6.2.3, MIT), which knows 8 and 16 kHz: a call is heard
at its own rate. (The file in the faster-whisper package knows 16 kHz alone. On 8 kHz sound that is
doubled for it, it goes deaf after digital silence: 39 of 45 sentences were missed behind 20 s of
zeros, none by this one.) One onnxruntime session serves all calls; what it remembers of a call
(a few samples, a state of 2 x 128) lies in the call's ``VadSession``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import onnxruntime

from appliance.audio.frame import FULL_SCALE, WIDE_RATE_HZ, WIRE_RATE_HZ, Pcm
from appliance.errors import RecognizerError, WeightsError

WEIGHTS: Final = Path(__file__).with_name("silero_vad.onnx")
WINDOW_S: Final = 0.032
FORGET_AFTER_S: Final = 0.5
"""So much sound without a voice is forgotten. What the network remembers of a loud minute (hold
music) makes it miss a quiet caller behind it: at -45 dBFS 7 of 10 sentences were found late or not
at all, none with this; and no window of noise, hum, music or ringing became a voice by it."""
NO_VOICE: Final = 0.3
"""A probability below this is clearly no voice."""
_STATE_SHAPE: Final = (2, 1, 128)


@dataclass(frozen=True, slots=True)
class _Window:
    """Samples that the network wants at one rate."""

    new: int
    context: int
    """Of the window before, in front of the new ones."""


_WINDOWS: Final = {
    WIRE_RATE_HZ: _Window(new=256, context=32),  # 256 / 8000 = 0.032
    WIDE_RATE_HZ: _Window(new=512, context=64),  # 512 / 16000 = 0.032
}


class SileroVad:
    """The detector's weights, shared by all calls. ``open()`` gives a call its own session."""

    def __init__(self, network: onnxruntime.InferenceSession) -> None:
        self._network = network

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Self:
        """Load ``path``. Takes milliseconds. Raises WeightsError."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # runs on the calling thread, and starts no other
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return cls(
                onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
            )
        except Exception as error:  # onnxruntime's own exceptions have no common base
            raise WeightsError(
                f"{path}: the voice detector cannot be loaded ({type(error).__name__}); "
                "it came with the appliance: install the appliance again"
            ) from error

    def open(self, rate_hz: int = WIRE_RATE_HZ) -> VadSession:
        """A session, for sound of ``rate_hz`` (8000 or 16000), that has heard nothing yet."""
        return VadSession(self._network, rate_hz)


class VadSession:
    """Voice detection for one call; implements ``recognition.VoiceDetector``. One thread at a
    time."""

    def __init__(self, network: onnxruntime.InferenceSession, rate_hz: int = WIRE_RATE_HZ) -> None:
        self._network = network
        self._window = _WINDOWS[rate_hz]
        self._input = np.zeros((1, self._window.context + self._window.new), dtype=np.float32)
        self._filled = 0  # new samples in ``_input``, behind the context
        self._state = np.zeros(_STATE_SHAPE, dtype=np.float32)
        self._rate = np.array(rate_hz, dtype=np.int64)
        self._empty_s = 0.0  # sound without a voice that the state remembers

    def push(self, pcm: Pcm) -> list[tuple[float, float]]:
        """Take samples (int16 at the session's rate, any length).

        Returns (seconds, probability of voice 0..1) for each window they complete, in order; no
        window for some Frames. Raises RecognizerError.
        """
        windows: list[tuple[float, float]] = []
        while pcm.size:
            start = self._window.context + self._filled
            taken = pcm[: self._window.new - self._filled]
            np.multiply(taken, 1 / FULL_SCALE, out=self._input[0, start : start + taken.size])
            self._filled += taken.size
            pcm = pcm[taken.size :]
            if self._filled == self._window.new:
                windows.append((WINDOW_S, self._run()))
        return windows

    def _run(self) -> float:
        inputs = {"input": self._input, "state": self._state, "sr": self._rate}
        try:
            probability: npt.NDArray[np.float32]
            probability, self._state = self._network.run(None, inputs)
        except Exception as error:  # onnxruntime's own exceptions have no common base
            raise RecognizerError("vad", f"voice detection failed: {error}") from error
        self._input[0, : self._window.context] = self._input[0, -self._window.context :]
        self._filled = 0
        voice = float(probability.item())
        self._empty_s = self._empty_s + WINDOW_S if voice < NO_VOICE else 0.0
        if self._empty_s >= FORGET_AFTER_S:
            self._state = np.zeros(_STATE_SHAPE, dtype=np.float32)
            self._empty_s = 0.0
        return voice
