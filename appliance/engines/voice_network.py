"""A voice's network at work, a stretch of sound at a time.

Run as a whole, a sentence of ten seconds takes 300 MB and a second, in which nobody else gets the
thread. But the part that makes sound (four fifths of the work) is a stack of convolutions that look
14 frames to either side at most, so it is run stretch by stretch: the sound is the same, the memory
that of one stretch, and between two of them somebody in a hurry can be served, or the work dropped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnxruntime

from appliance.engines.onnx_file import Buffer
from appliance.engines.voice_parts import take_apart

STRETCH_FRAMES: Final = 112
"""1.3 s, which takes 70 ms of a core; shorter ones spend more on their margins."""
REACH_FRAMES: Final = 14
"""How far a sample's convolutions look, of Piper's quality "high"; those of "medium" look 11 frames
far, computed and measured: with 11 the sound is the same to the last bit but rounding."""

Between = Callable[[], bool]
"""Called between two stretches; False: nobody wants the rest."""
Array = npt.NDArray[Any]


class Dropped(Exception):
    """The rest of a sentence was not wanted."""


class VoiceNetwork:
    """The weights of one voice. Any thread, several at once."""

    def __init__(self, model: Path) -> None:
        """Raises OSError, ValueError, or an exception of onnxruntime's own."""
        parts = take_apart(model.read_bytes())
        # Without reuse: to plan which of 2,700 results may share memory takes a second at every
        # start, and saves none where each is freed behind its last use.
        self._text = _session(parts.text, reuse=False)
        self._sound = None if parts.sound is None else _session(parts.sound, reuse=True)
        self._inputs = [] if self._sound is None else [e.name for e in self._sound.get_inputs()]
        told = [output.name for output in self._text.get_outputs()]
        speech = self._inputs or told[:1]
        self._outputs = [*speech, *([] if parts.durations is None else [parts.durations])]

    def run(self, feeds: Mapping[str, Array], between: Between) -> list[Array]:
        """The sound of one sentence (1.0 = full scale) and, if the voice tells them, the frames of
        each phoneme id. Raises Dropped, or an exception of onnxruntime's own."""
        results = self._text.run(self._outputs, dict(feeds))
        if self._sound is None:
            return list(results)
        count = len(self._inputs)
        return [self._in_stretches(results[:count], between), *results[count:]]

    def _in_stretches(self, tensors: Sequence[Array], between: Between) -> Array:
        """``tensors`` are the frames, and what does not change with them: [1, channels, 1]."""
        assert self._sound is not None
        frames = max(tensor.shape[-1] for tensor in tensors)
        count = -(-frames // STRETCH_FRAMES)
        edges = [frames * number // count for number in range(count + 1)]
        sound = []
        for start, stop in zip(edges, edges[1:], strict=False):
            if start and not between():
                raise Dropped
            first, last = max(0, start - REACH_FRAMES), min(frames, stop + REACH_FRAMES)
            part = [t[..., first:last] if t.shape[-1] == frames else t for t in tensors]
            feeds = dict(zip(self._inputs, map(np.ascontiguousarray, part), strict=True))
            made = self._sound.run(None, feeds)[0]
            hop = made.shape[-1] // (last - first)
            sound.append(made[..., (start - first) * hop : (stop - first) * hop])
        return np.concatenate(sound, axis=-1)


def _session(model: Sequence[Buffer], *, reuse: bool) -> onnxruntime.InferenceSession:
    """One core per run: the one of the thread that runs it.

    Through a file in memory: of a model that it gets as bytes the library keeps a copy.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False  # it would keep the memory of the longest sentence
    options.enable_mem_reuse = reuse
    options.log_severity_level = 3
    with open(os.memfd_create("voice"), "wb") as file:
        file.writelines(model)
        file.flush()
        path = f"/proc/self/fd/{file.fileno()}"
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
