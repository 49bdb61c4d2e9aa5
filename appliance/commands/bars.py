"""Progress on the terminal, one bar a step; nothing where there is no terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from appliance.weights.progress import Progress


@contextmanager
def bars() -> Iterator[Progress]:
    """Draw on standard error what is told to the Progress it gives; leaves nothing behind."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True, highlight=False, markup=False)
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
