"""From a model's name or path to a running engine. What kind of files lies there decides which one.

Engine packages are imported only when they are used: faster-whisper alone takes half a second.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appliance.engines.base import Recognizer
from appliance.errors import WeightsError
from appliance.weights.kinds import KINDS, Role, of_role
from appliance.weights.place import LocatedModel, locate

if TYPE_CHECKING:
    from appliance.engines.piper import PiperSynthesizer
    from appliance.engines.sentences import SentenceEncoder

OnWait = Callable[[str], Callable[[float], None]]
"""Given an engine's name, who is told the seconds its requests waited."""


def locate_role(name_or_path: str, models_dir: Path, role: Role) -> LocatedModel:
    """As ``locate``, of a kind that does this work. Raises WeightsError."""
    model = locate(name_or_path, models_dir)
    kinds = of_role(role)
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
    model = locate_role(name_or_path, models_dir, "recognizer")
    recognizer: Recognizer = await _engine(model.kind).load(
        model.path,
        language=language[:2],
        threads=threads,
        on_wait=None if on_wait is None else on_wait(model.kind),
    )
    return recognizer


async def load_voice(
    name_or_path: str, models_dir: Path, *, threads: int = 1, on_wait: OnWait | None = None
) -> PiperSynthesizer:
    """A voice that speaks ``threads`` utterances at once. Raises WeightsError."""
    model = locate_role(name_or_path, models_dir, "voice")
    waits = None if on_wait is None else on_wait(model.kind)
    voice: PiperSynthesizer = await _engine(model.kind).load(
        model.path, threads=threads, on_wait=waits
    )
    return voice


async def load_sentences(
    name_or_path: str, models_dir: Path, *, on_wait: OnWait | None = None
) -> SentenceEncoder:
    """What makes vectors of sentences. Raises WeightsError."""
    model = locate_role(name_or_path, models_dir, "sentences")
    waits = None if on_wait is None else on_wait(model.kind)
    encoder: SentenceEncoder = await _engine(model.kind).load(model.path, on_wait=waits)
    return encoder


def _engine(kind: str) -> Any:
    """The class that loads models of ``kind``, imported now."""
    module, _, name = KINDS[kind].engine.partition(":")
    return getattr(import_module(module), name)
