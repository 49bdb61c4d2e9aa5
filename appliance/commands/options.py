"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        metavar="FILE",
        help="Settings file (default: $APPLIANCE_CONFIG, else /etc/appliance/appliance.yaml).",
    ),
]
Small = Annotated[
    bool,
    typer.Option("--small", help="The small models for agents that name none: for 1 GB of memory."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def overrides(*, small: bool) -> dict[str, object]:
    """What options say over the settings' file and the environment."""
    return {"small_models": True} if small else {}
