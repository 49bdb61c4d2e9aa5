"""``appliance webhooks``: what the receiver has not got yet, and what it never took."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from appliance.commands.options import Config, Json

if TYPE_CHECKING:
    from appliance.store.outbox import Letter, Outbox

T = TypeVar("T")

app = typer.Typer(
    help="Look after undelivered webhooks. Works while the service runs.",
    no_args_is_help=True,
)

Ids = Annotated[
    list[int] | None, typer.Argument(metavar="[ID...]", help="As `webhooks list` shows them.")
]


@app.command("list")
def list_letters(
    dead: Annotated[
        bool, typer.Option("--dead", help="Only those that are not tried any more.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Show what waits for delivery or was set aside, without its words.

    appliance webhooks list --dead
    """
    import json

    letters = _with_outbox(config, lambda outbox: outbox.letters(dead=True if dead else None))
    if as_json:
        rows = [{"id": each.id, **_shown(each)} for each in letters]
        typer.echo(json.dumps(rows, indent=2))
    elif letters:
        _print(letters)
    else:
        typer.echo("no dead webhooks" if dead else "everything is delivered")


@app.command()
def retry(
    ids: Ids = None,
    every: Annotated[bool, typer.Option("--all", help="All dead ones.")] = False,
    config: Config = None,
) -> None:
    """Let the service try dead webhooks again; it does so within some seconds.

    They come after what the receiver has got of their calls meanwhile.

    appliance webhooks retry --all
    """
    chosen = _chosen(ids, every)
    number = _with_outbox(config, lambda outbox: outbox.revive(chosen))
    typer.echo(f"{number} will be tried again")


@app.command()
def drop(
    ids: Ids = None,
    dead: Annotated[bool, typer.Option("--dead", help="All dead ones.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Those that wait, too.")] = False,
    config: Config = None,
) -> None:
    """Throw webhooks away.

    appliance webhooks drop --dead
    """
    chosen = _chosen(ids, dead or every)
    only_dead = dead and not every
    number = _with_outbox(config, lambda outbox: outbox.drop(chosen, only_dead=only_dead))
    typer.echo(f"{number} dropped")


def _chosen(ids: list[int] | None, every: bool) -> list[int] | None:
    """The ids; None for all."""
    if bool(ids) == every:
        raise typer.BadParameter("name either ids or an option that says which")
    return ids or None


def _with_outbox(config: Path | None, work: Callable[[Outbox], Awaitable[T]]) -> T:
    """Do ``work`` with the outbox of the service's database."""
    import asyncio

    from appliance.config.settings import read_settings
    from appliance.store.database import FILE_NAME, open_database
    from appliance.store.outbox import Outbox

    path = read_settings(config).state_dir / FILE_NAME

    async def run() -> T:
        async with open_database(path, migrations=False) as database:
            return await work(Outbox(database))

    return asyncio.run(run())


def _shown(letter: Letter) -> dict[str, str | int | bool]:
    from datetime import UTC, datetime

    created = datetime.fromtimestamp(letter.created_s, UTC)
    return {
        "call": str(letter.call),
        "type": letter.type,
        "created": created.isoformat(timespec="seconds"),
        "dead": letter.dead,
        "attempts": letter.attempts,
        "error": letter.error,
    }


def _print(letters: list[Letter]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="")
    for title in ("id", "type", "created", "attempts", "", "call"):
        table.add_column(title, no_wrap=True)
    table.add_column("last error", overflow="fold")
    for each in letters:
        row = _shown(each)
        state = "dead" if each.dead else "waits"
        cells = (each.id, row["type"], row["created"], row["attempts"], state, row["call"])
        table.add_row(*(str(cell) for cell in cells), each.error)
    Console(highlight=False, markup=False).print(table)
