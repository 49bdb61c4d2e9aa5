"""From a model's name or path to a running engine. What kind of files lies there decides which one.

Engine packages are imported only when they are used: faster-whisper alone takes half a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from appliance.engines.base import Recognizer
from appliance.errors import WeightsError
from appliance.weights.catalogue import Kind
from appliance.weights.place import LocatedModel, locate

if TYPE_CHECKING:
    from appliance.engines.piper import PiperSynthesizer

OnWait = Callable[[str], Callable[[float], None]]
"""Given an engine's name, who is told the seconds its requests waited."""


def locate_kind(name_or_path: str, models_dir: Path, kinds: Sequence[Kind]) -> LocatedModel:
    """As ``locate``, of one of ``kinds``. Raises WeightsError."""
    model = locate(name_or_path, models_dir)
    if model.kind not in kinds:
        raise WeightsError(
            f"{name_or_path} is a {model.kind} model; choose one of kind {' or '.join(kinds)}"
            " (appliance models list)"
        )
    return model


async def load_recognizer(
    name_or_path: str,
    models_dir: Path,
    *,
    language: str = "en",
    threads: int = 1,
    on_wait: OnWait | None = None,
) -> Recognizer:
    """A recogniser that hears ``threads`` segments at once. Raises WeightsError."""
    model = locate_kind(name_or_path, models_dir, ("vosk", "whisper"))
    waits = None if on_wait is None else on_wait(model.kind)
    if model.kind == "vosk":
        from appliance.engines.vosk import VoskRecognizer

        return await VoskRecognizer.load(model.path, threads=threads, on_wait=waits)
    from appliance.engines.whisper import WhisperRecognizer

    return await WhisperRecognizer.load(
        model.path, language=language[:2], threads=threads, on_wait=waits
    )


async def load_voice(
    name_or_path: str, models_dir: Path, *, threads: int = 1, on_wait: OnWait | None = None
) -> PiperSynthesizer:
    """A voice that speaks ``threads`` pieces at once. Raises WeightsError."""
    from appliance.engines.piper import PiperSynthesizer

    model = locate_kind(name_or_path, models_dir, ("piper",))
    waits = None if on_wait is None else on_wait(model.kind)
    return await PiperSynthesizer.load(model.path, threads=threads, on_wait=waits)
