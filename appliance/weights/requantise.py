"""Rewriting a GGUF file with another type of weights, in this process, when it is installed.

The small language model comes as Q4_1, which misses llama.cpp's fast kernels for a CPU; as Q8_0 the
same weights read a prompt twice as fast and answer no worse (0.4 s to rewrite, 98 to 145 MB).
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Final

from appliance.errors import WeightsError

ERROR_LEVEL: Final = 3  # GGML_LOG_LEVEL_ERROR in ggml.h


def requantise_q8_0(source: Path, target: Path) -> None:
    """Write ``source`` as Q8_0 to ``target``; raises WeightsError, then ``target`` is not there.

    The bytes do not depend on the number of threads (tried), but the compiler of another processor
    family may round a few weights differently: so the result is recognised by the checksum taken
    after it, not by one of the catalogue.
    """
    import llama_cpp  # here alone: 0.2 s and 40 MB that nothing else of this package needs
    from llama_cpp._logger import llama_log_callback as usual_log

    errors: list[str] = []

    @llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
    def keep_errors(level: int, text: bytes, _: object) -> None:
        if level == ERROR_LEVEL:
            errors.append(text.decode(errors="replace").strip())

    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.ftype = llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0
    parameters.allow_requantize = True
    parameters.nthread = os.cpu_count() or 1
    llama_cpp.llama_log_set(keep_errors, None)
    try:
        failed = llama_cpp.llama_model_quantize(
            os.fsencode(source), os.fsencode(target), ctypes.byref(parameters)
        )
    finally:
        llama_cpp.llama_log_set(usual_log, None)
    if failed or not target.is_file():
        target.unlink(missing_ok=True)
        reason = errors[-1] if errors else "it says no reason"
        raise WeightsError(f"{source}: llama.cpp could not rewrite it as Q8_0: {reason}")
