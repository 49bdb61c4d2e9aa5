"""The command line: which commands there are, and how an error leaves the program.

Each command parses, calls one function and renders what it returns. What is heavy is imported
inside the commands, so that ``appliance --help`` is there at once.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from appliance import __version__
from appliance.commands import (
    backup,
    bench,
    bundle,
    calling,
    doctor,
    keys,
    models,
    selftest,
    serve,
    speech,
    webhooks,
)
from appliance.errors import ApplianceError, SettingsError

app = typer.Typer(
    name="appliance",
    help="Answers the telephone: Asterisk on one side, speech recognition, a language model and a "
    "voice of this machine on the other. Nothing leaves the house.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="First steps:  appliance doctor  looks for what is missing;  appliance demo  holds a "
    "conversation;  appliance serve  takes calls.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"appliance {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print it and leave."),
    ] = False,
) -> None:
    """The options of the program itself."""


app.command()(serve.serve)
app.command()(calling.demo)
app.command()(calling.call)
app.command()(speech.say)
app.command()(speech.transcribe)
app.add_typer(models.app, name="models")
app.add_typer(bundle.app, name="bundle")
app.add_typer(backup.app, name="backup")
app.add_typer(keys.app, name="keys")
app.add_typer(webhooks.app, name="webhooks")
app.add_typer(bench.app, name="bench")
app.command()(doctor.doctor)
app.command()(selftest.selftest)


def main() -> None:
    """Run the program. Exit status: 0, 1 = it failed, 2 = wrong usage, 78 = wrong settings or model
    files, 130 = Ctrl-C."""
    try:
        app()
    except ApplianceError as error:
        for line in error.message.splitlines():
            typer.echo(f"appliance: {line}", err=True)
        sys.exit(os.EX_CONFIG if isinstance(error, SettingsError) else 1)
