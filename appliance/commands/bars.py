"""Progress of work on files: one bar a step on a terminal, elsewhere nothing, or a line a step."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import typer

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from appliance.weights.progress import Progress

LEAST_BYTES: Final = 1_000_000
"""A smaller file is done before its line is read."""


@contextmanager
def bars(lines: str = "") -> Iterator[Progress]:
    """Draw what is told to the Progress it gives, on standard error or, where another program reads
    that, on standard output; the bars leave nothing behind.

    Where there is no terminal, ``lines`` in front of each step makes lines of them.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    stderr = sys.stderr.isatty() or not sys.stdout.isatty()
    console = Console(stderr=stderr, highlight=False, markup=False)
    if lines and not console.is_terminal:
        yield _Lines(lines)
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[amount]}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as drawn:
        yield _Show(drawn)


class _Show:
    """Draws ``weights.progress.Progress``: a new bar for a new step."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._step = ""

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if what != self._step:
            for task in self._bars.task_ids:
                self._bars.remove_task(task)
            self._step = what
            self._bars.add_task(what, total=total, amount="")
        amount = "" if total is None else f"{done / 1e6:.1f} of {total / 1e6:.1f} MB"
        self._bars.update(self._bars.task_ids[-1], completed=done, total=total, amount=amount)


class _Lines:
    """Writes a line when a step of ``weights.progress.Progress`` begins, and when it has ended.

    Checks are not told: they are the short part.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._step = ""
        self._ended = False

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if what.startswith("checking ") or (total is not None and total < LEAST_BYTES):
            return
        amount = "" if total is None else f" {total / 1e6:.0f} MB"
        if what != self._step:
            self._step, self._ended = what, False
            typer.echo(f"{self._name}: {what} ...{amount}", err=True)
        if total is not None and done >= total and not self._ended:
            self._ended = True
            typer.echo(f"{self._name}: {what}: done", err=True)
