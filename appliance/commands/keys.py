"""``appliance keys``: who else may use the HTTP interface, and for what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from appliance.access.keys import MEANINGS, SCOPES, Scope
from appliance.commands.options import Config, Json

if TYPE_CHECKING:
    from appliance.store.keys import KeyStore

T = TypeVar("T")
_SCOPES = "; ".join(f"{scope}: {meaning}" for scope, meaning in MEANINGS.items())

app = typer.Typer(
    help="API keys of the HTTP interface. Works while the service runs; a change counts within"
    " two seconds.",
    no_args_is_help=True,
)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Who has it: `pbx`, `prometheus`.")],
    scope: Annotated[list[str], typer.Option(help=f"What it is for; repeat it. {_SCOPES}.")],
    config: Config = None,
) -> None:
    """Make a key and show it, once: it cannot be shown again.

    appliance keys add prometheus --scope metrics
    """
    wanted = _scopes(scope)
    typer.echo(_with_keys(config, lambda keys: keys.add(name, wanted)))


@app.command("list")
def list_keys(config: Config = None, as_json: Json = False) -> None:
    """Show who has a key, for what, and since when.

    appliance keys list
    """
    import json
    from datetime import UTC, datetime

    rows = [
        {
            "name": key.name,
            "scopes": sorted(key.scopes),
            "created": datetime.fromtimestamp(key.created_s, UTC).isoformat(timespec="seconds"),
        }
        for key in _with_keys(config, lambda keys: keys.all())
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    for row in [] if as_json else rows:
        typer.echo(f"{row['name']}  {' '.join(row['scopes'])}  {row['created']}")
    if not rows and not as_json:
        typer.echo("there is no key: only this machine and trusted_networks may ask")


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="As `appliance keys list` shows it.")],
    config: Config = None,
) -> None:
    """Take a key away.

    appliance keys remove prometheus
    """
    _with_keys(config, lambda keys: keys.remove(name))
    typer.echo(f"{name} opens nothing any more")


def _scopes(written: list[str]) -> list[Scope]:
    unknown = sorted(set(written) - set(SCOPES))
    if unknown:
        raise typer.BadParameter(f"--scope {unknown[0]}: it is one of {', '.join(SCOPES)}")
    return [scope for scope in SCOPES if scope in written]


def _with_keys(config: Path | None, work: Callable[[KeyStore], Awaitable[T]]) -> T:
    """Do ``work`` with the keys of the service's database, which is made when it is not there: keys
    come before the first start."""
    import asyncio

    from appliance.config.settings import make_state_dirs, read_settings
    from appliance.store.database import FILE_NAME, open_database
    from appliance.store.keys import KeyStore

    settings = read_settings(config)
    make_state_dirs(settings)

    async def run() -> T:
        async with open_database(settings.state_dir / FILE_NAME) as database:
            return await work(KeyStore(database))

    return asyncio.run(run())
