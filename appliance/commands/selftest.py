"""``appliance selftest``: one real call through the Asterisk of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from appliance.commands.options import Config, Json


def selftest(
    to: Annotated[
        str, typer.Option(help="The number to call. [default: the default agent's]")
    ] = "",
    key: Annotated[str, typer.Option(help="The key to press; one that transfers nobody.")] = "9",
    line: Annotated[
        Path | None,
        typer.Option(metavar="WAV", help="A question with a long answer, in your language."),
    ] = None,
    interruption: Annotated[
        Path | None, typer.Option(metavar="WAV", help="What interrupts that answer.")
    ] = None,
    spool: Annotated[
        Path, typer.Option(metavar="DIR", help="Where Asterisk takes call files from.")
    ] = Path("/var/spool/asterisk/outgoing"),
    tries: Annotated[
        int,
        typer.Option(
            min=1, max=5, help="Calls until one goes well: a busy machine may spoil the first."
        ),
    ] = 1,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Call the running appliance through this machine's Asterisk, and say whether all is well.

    It hears the greeting, asks, interrupts the answer, presses a key, hangs up. It takes about 20
    seconds and needs the right to write into Asterisk's spool (root has it). The exit status is 1
    when something is wrong.

    sudo appliance selftest

    sudo appliance selftest --tries 3
    """
    import asyncio
    import json
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from appliance.config.settings import read_settings
    from appliance.operations.selftest import Plan, selftest_in

    plan = Plan(
        url=read_settings(config).local_url,
        to=to,
        spool=spool,
        key=key,
        line=line,
        interruption=interruption,
    )
    console = Console(highlight=False, markup=False, stderr=as_json)
    steps = asyncio.run(
        selftest_in(tries, plan, lambda step: console.print(f"... {step}", soft_wrap=True))
    )
    if as_json:
        typer.echo(json.dumps([asdict(step) for step in steps], indent=2))
    else:
        table = Table(box=None, pad_edge=False, show_header=False)
        for step in steps:
            mark = Text("ok", "green") if step.ok else Text("WRONG", "bold red")
            took = "" if step.ms is None else f"{step.ms} ms"
            table.add_row(mark, step.name, took, step.detail)
        console.print(table)
        console.print("all is well" if all(step.ok for step in steps) else "something is wrong")
    if not all(step.ok for step in steps):
        raise typer.Exit(1)
