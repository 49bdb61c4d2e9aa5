"""Is somebody speaking? Silero's voice detector, asked once per 32 ms of sound, inline on the loop.

A window costs less (0.1 ms) than a hand-over to a thread and back, and the answer is there when the
frame is. The weights are the ONNX file that the faster-whisper package carries; it knows 16 kHz
only, so the sound of an 8 kHz call is doubled first. One onnxruntime session serves all calls; what
it remembers of a call (64 samples, two vectors of 128) lies in the call's ``VadSession``.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import onnxruntime

from appliance.audio.frame import FULL_SCALE, WIDE_RATE_HZ, WIRE_RATE_HZ, Pcm
from appliance.audio.resample import stream
from appliance.errors import RecognizerError, WeightsError

WINDOW_SAMPLES: Final = 512
"""New samples per run of the network, at 16 kHz."""
CONTEXT_SAMPLES: Final = 64
"""Samples of the window before, that the network wants in front of them."""
WINDOW_S: Final = WINDOW_SAMPLES / WIDE_RATE_HZ  # 512 / 16000 = 0.032
_STATE_SHAPE: Final = (1, 1, 128)


class SileroVad:
    """The detector's weights, shared by all calls. ``open()`` gives a call its own session."""

    def __init__(self, network: onnxruntime.InferenceSession) -> None:
        self._network = network

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Load ``path``, or the file inside the faster-whisper package. Takes milliseconds.

        Raises WeightsError.
        """
        path = path or bundled_weights()
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
                "install the package faster-whisper again"
            ) from error

    def open(self, rate_hz: int = WIRE_RATE_HZ) -> VadSession:
        """A session, for sound of ``rate_hz``, that has heard nothing yet."""
        return VadSession(self._network, rate_hz)


class VadSession:
    """Voice detection for one call; implements ``ears.VoiceDetector``. One thread at a time."""

    def __init__(self, network: onnxruntime.InferenceSession, rate_hz: int = WIRE_RATE_HZ) -> None:
        self._network = network
        self._widen = stream(rate_hz, WIDE_RATE_HZ)
        self._input = np.zeros((1, CONTEXT_SAMPLES + WINDOW_SAMPLES), dtype=np.float32)
        self._filled = 0  # new samples in ``_input``, behind the context
        self._h = np.zeros(_STATE_SHAPE, dtype=np.float32)
        self._c = np.zeros(_STATE_SHAPE, dtype=np.float32)

    def push(self, pcm: Pcm) -> list[tuple[float, float]]:
        """Take samples (int16 at the session's rate, any length).

        Returns (seconds, probability of voice 0..1) for each window they complete, in order; no
        window for most pairs of Frames. A probability tells of sound up to 1.4 ms before the
        window's end where 8 kHz is doubled (the filter's delay). Raises RecognizerError.
        """
        wide = self._widen(pcm)
        windows: list[tuple[float, float]] = []
        while wide.size:
            start = CONTEXT_SAMPLES + self._filled
            taken = wide[: WINDOW_SAMPLES - self._filled]
            np.multiply(taken, 1 / FULL_SCALE, out=self._input[0, start : start + taken.size])
            self._filled += taken.size
            wide = wide[taken.size :]
            if self._filled == WINDOW_SAMPLES:
                windows.append((WINDOW_S, self._run()))
        return windows

    def _run(self) -> float:
        inputs = {"input": self._input, "h": self._h, "c": self._c}
        try:
            probability: npt.NDArray[np.float32]
            probability, self._h, self._c = self._network.run(None, inputs)
        except Exception as error:  # onnxruntime's own exceptions have no common base
            raise RecognizerError("vad", f"voice detection failed: {error}") from error
        self._input[0, :CONTEXT_SAMPLES] = self._input[0, -CONTEXT_SAMPLES:]
        self._filled = 0
        return float(probability.item())


def bundled_weights() -> Path:
    """Where the package faster-whisper keeps the file, found without importing the package (which
    takes 0.4 s). Raises WeightsError when it is not installed."""
    spec = find_spec("faster_whisper")
    if spec is None or not spec.submodule_search_locations:
        raise WeightsError(
            "the voice detector's weights come with the package faster-whisper, which is missing; "
            "install it with: pip install faster-whisper==1.2.1"
        )
    return Path(spec.submodule_search_locations[0]) / "assets" / "silero_vad_v6.onnx"
