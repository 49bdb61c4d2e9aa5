"""How work on model files tells how far it is: callables, so that a program shows it freely."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Progress(Protocol):
    """Called often, from the thread that does the work."""

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """``what`` is a step ("fetching a.onnx"); ``done`` of ``total`` bytes, None = unknown."""


def silent(what: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


Tell = Callable[[str], None]
"""Given one line that a person should read, such as another source being tried."""


def quiet(line: str) -> None:
    """Lines that nobody reads."""
