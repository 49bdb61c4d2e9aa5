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
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
