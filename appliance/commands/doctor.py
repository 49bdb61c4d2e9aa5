"""``appliance doctor``: what is wrong here, and what mends it."""

from __future__ import annotations

from typing import Annotated

import typer

from appliance.commands.options import Config, Json


def doctor(
    call: Annotated[
        bool, typer.Option("--call", help="Place a test call through Asterisk too (20 s, as root).")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Look for what would keep the appliance from working, and say what mends it.

    Changes nothing. The exit status is 1 when something is wrong.

    appliance doctor --config /etc/appliance/appliance.yaml
    """
    import json
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from appliance.operations.doctor import check_call, examine

    checks = examine(config)
    if call and all(check.ok for check in checks):
        checks += check_call(config)
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks], indent=2))
    else:
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for check in checks:
            mark = Text("ok", "green") if check.ok else Text("WRONG", "bold red")
            mend = f"\n-> {check.mend}" if check.mend else ""
            table.add_row(mark, check.name, f"{check.detail}{mend}")
        Console(highlight=False, markup=False).print(table)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
