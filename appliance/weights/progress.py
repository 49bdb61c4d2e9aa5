"""How work on model files tells how far it is: a callable, so that a program draws it freely."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called often, from the thread that does the work."""

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """``what`` is a step ("fetching a.onnx"); ``done`` of ``total`` bytes, None = unknown."""


def silent(what: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""
