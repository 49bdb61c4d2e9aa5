"""What all ``appliance bench`` commands do: get what is measured, show progress, print a report."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import typer

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from appliance.bench.figures import Conditions
    from appliance.bench.local_service import Service
    from appliance.bench.turns import Say
    from appliance.config.settings import Settings

Report = TypeVar("Report", bound="DataclassInstance")


def measure_engine(
    before: Conditions,
    work: Callable[[Say], Awaitable[Report]],
    render: Callable[[Any, Report], None],
    as_json: bool,
) -> None:
    """Measure one engine with its progress on stderr, print the conditions and the report."""
    import json
    from dataclasses import asdict

    from rich.console import Console

    from appliance.bench.report import print_machine

    with Console(stderr=True).status("measuring") as status:

        async def measured() -> Report:
            return await work(status.update)

        report = asyncio.run(measured())
    if as_json:
        typer.echo(json.dumps({"conditions": asdict(before), **asdict(report)}, default=str))
        return
    console = Console(highlight=False, markup=False)
    print_machine(console, before)
    render(console, report)


def print_flat(report: DataclassInstance, as_json: bool) -> None:
    """A flat report, a figure a line."""
    import json
    from dataclasses import asdict

    figures = asdict(report)
    if as_json:
        typer.echo(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            if isinstance(value, dict):
                value = ", ".join(f"{key.replace('_', ' ')} {of}" for key, of in value.items())
            typer.echo(f"{name.replace('_', ' '):<20} {value}")


def measure_service(
    settings: Settings,
    running: str | None,
    work: Callable[[Service, Say], Awaitable[Report]],
    render: Callable[[Any, Report], None],
    as_json: bool,
) -> Report:
    """Get a service, measure it with its progress on stderr, print the report and give it."""
    from appliance.bench.local_service import local_service, running_service

    service_at = local_service(settings) if running is None else running_service(*_address(running))

    async def measured(say: Say) -> Report:
        async with service_at as service:
            return await work(service, say)

    return measure_alone(measured, render, as_json)


def measure_alone(
    work: Callable[[Say], Awaitable[Report]],
    render: Callable[[Any, Report], None],
    as_json: bool,
) -> Report:
    """Measure what starts its own services, with its progress on stderr; print the report and give
    it."""
    import json
    from dataclasses import asdict

    from rich.console import Console

    with Console(stderr=True).status("starting the service") as status:

        async def measured() -> Report:
            return await work(status.update)

        report = asyncio.run(measured())
    if as_json:
        typer.echo(json.dumps(asdict(report), indent=2))
    else:
        render(Console(highlight=False, markup=False), report)
    return report


def _address(text: str) -> tuple[str, int, int]:
    host, _, ports = text.partition(":")
    port, _, http_port = ports.partition(":")
    if not (host and port.isdigit() and http_port.isdigit()):
        raise typer.BadParameter("must be HOST:PORT:HTTP_PORT, as in 127.0.0.1:5001:6001")
    return host, int(port), int(http_port)
