"""``appliance backup``: settings, agents and databases of this box, and how they come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from appliance.commands.bars import bars
from appliance.commands.options import Config, Json

if TYPE_CHECKING:
    from appliance.operations.backup import Backup

app = typer.Typer(help="Back up and restore settings, agents and databases.", no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Option("--to", metavar="DIR", help="Where backups lie. Default: backups in state_dir."),
]


@app.command()
def create(
    to: Folder = None,
    keep: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Delete the oldest beyond so many. Default: none."),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Sign it: a key of `appliance bundle key`."),
    ] = None,
    config: Config = None,
) -> None:
    """Write a backup; the service may run. Models are named in it, not packed; secrets are not in.

    appliance backup create --to /media/usb --keep 14
    """
    import socket

    from appliance.config.settings import config_path, read_settings
    from appliance.operations.backup import create_backup, default_folder

    settings = read_settings(config)
    folder = to or default_folder(settings)
    with bars() as progress:
        backup = create_backup(
            settings,
            config_path(config),
            folder,
            socket.gethostname(),
            key=key,
            keep=keep,
            progress=progress,
        )
    assert backup.manifest is not None  # just written
    files = ", ".join(backup.manifest.files) or "nothing, this box has the defaults alone"
    typer.echo(f"{backup.path}: {_size(backup)}: {files}")
    left_out = ", ".join(backup.manifest.secrets_left_out)
    typer.echo(f"no secrets are in it{f' (left out: {left_out})' if left_out else ''}; no models")


@app.command("list")
def list_backups(to: Folder = None, config: Config = None, as_json: Json = False) -> None:
    """Show the backups, oldest first.

    appliance backup list
    """
    import json

    from appliance.config.settings import read_settings
    from appliance.operations.backup import default_folder
    from appliance.operations.backup import list_backups as backups_in

    backups = backups_in(to or default_folder(read_settings(config)))
    if as_json:
        rows = [
            {
                "path": str(each.path),
                "bytes": each.size,
                **(each.manifest.model_dump(mode="json") if each.manifest else {"damaged": True}),
            }
            for each in backups
        ]
        typer.echo(json.dumps(rows, indent=2))
        return
    for each in backups:
        told = (
            f"{each.manifest.created}  {each.manifest.host}  version {each.manifest.version}"
            if each.manifest
            else "damaged"
        )
        typer.echo(f"{each.path}  {_size(each)}  {told}")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    signers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Take it only if one of these signed it."),
    ] = None,
    config: Config = None,
) -> None:
    """Check a backup and put its files where this box's own settings say; those before them are
    kept beside. Stop the service first.

    systemctl stop appliance && appliance backup restore appliance-backup-20261120-032000.tar
    """
    from appliance.operations.restore import restore_backup

    with bars() as progress:
        restored = restore_backup(file, config, progress, signers=signers)
    for each in restored.files:
        kept = f" (before: {each.kept})" if each.kept else ""
        typer.echo(f"{each.path}{kept}")
    if restored.missing_models:
        names = " ".join(restored.missing_models)
        typer.echo(f"models are not in a backup; still to do: appliance models install {names}")
    if restored.other_models:
        names = " ".join(restored.other_models)
        typer.echo(
            f"other models than where it was made, or damaged: appliance models verify {names}"
        )
    if restored.places:
        typer.echo(
            f"places of the other box, which this one has none for: {', '.join(restored.places)}"
        )
    if restored.unchecked:
        typer.echo("it is signed, and nobody looked by whom: --signers FILE")
    if restored.secrets:
        typer.echo(f"secrets are not in a backup; set again: {', '.join(restored.secrets)}")


def _size(backup: Backup) -> str:
    return f"{backup.size / 1e6:.2f} MB"
