"""``appliance demo`` and ``appliance call``: the simulated caller."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from appliance.commands.options import Config, Json, Small, overrides


class Rate(StrEnum):
    """Rates that a call can have, in Hz."""

    NARROW = "8000"
    WIDE = "16000"


def demo(
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="Stereo WAV of the call to write.")
    ] = Path("demo-call.wav"),
    lines: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A conversation.toml of your own for the caller."),
    ] = None,
    small: Small = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Start the service, let two callers talk to it, show how quick it was, stop it.

    Free ports are taken, so it can run beside a working appliance. Each call is written as a stereo
    WAV, the caller left. The exit status is 1 when a line of a caller had no answer.

    appliance demo -o /tmp/call.wav
    """
    import asyncio
    import json

    from rich.console import Console

    from appliance.caller.conversation import load_conversation
    from appliance.commands.waterfall import print_conversations
    from appliance.config.settings import read_settings
    from appliance.operations.demo import demo_conversation, run_demo

    console = Console(highlight=False, markup=False)
    notes = Console(highlight=False, markup=False, stderr=True) if as_json else console
    conversation = load_conversation(lines or demo_conversation())
    settings = read_settings(config, overrides=overrides(small=small))
    with notes.status("") as status:

        def say(step: str) -> None:
            status.update(step)
            if not notes.is_terminal:
                notes.print(f"... {step}", soft_wrap=True)

        result = asyncio.run(run_demo(settings, conversation, out, say))
    if as_json:
        typer.echo(json.dumps(result.to_json(), indent=2))
    else:
        print_conversations(console, result)
    if not result.passed:
        raise typer.Exit(1)


def call(
    lines: Annotated[
        list[str],
        typer.Argument(
            metavar="WAV...",
            help="What the caller says, each after the answer to the one before; "
            "keys:12# presses keys.",
        ),
    ],
    host: Annotated[str, typer.Option(help="Where the appliance listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Its AudioSocket port.")] = 5001,
    http_port: Annotated[
        int | None,
        typer.Option(help="Its HTTP port, to announce the call there first. [default: no]"),
    ] = None,
    calls: Annotated[int, typer.Option(min=1, max=1000, help="Calls at once.")] = 1,
    record: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write each call as UUID.wav: caller left, agent right."),
    ] = None,
    barge_in: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LINE:MS",
            help="Say line LINE (1 is the first) MS after the agent begins to speak.",
        ),
    ] = None,
    echo_db: Annotated[
        float | None,
        typer.Option(max=0.0, help="Play the agent's voice back at this level, as bad phones do."),
    ] = None,
    gap_ms: Annotated[
        int, typer.Option(min=200, help="Agent's silence before the caller speaks.")
    ] = 700,
    hang_up_after_ms: Annotated[
        int | None, typer.Option(min=0, help="Hang up this long into the last answer.")
    ] = None,
    rate: Annotated[
        Rate, typer.Option(help="Hz of the caller's sound: 16000 is a wideband telephone.")
    ] = Rate.NARROW,
    as_json: Json = False,
) -> None:
    """Call a running appliance, say something, and measure how soon it answers.

    The time counts from the last voiced sample said to the first audible frame that comes back. The
    exit status is 1 when a line had no answer.

    appliance call question.wav

    appliance call hello.wav question.wav --barge-in 2:500 --record calls/

    appliance call keys:2 --calls 4 --json
    """
    import asyncio
    import json

    from rich.console import Console

    from appliance.caller.crowd import CallPlan, place_calls
    from appliance.caller.script import Manners
    from appliance.commands.waterfall import print_calls

    plan = CallPlan(
        lines=tuple(lines),
        host=host,
        port=port,
        http_port=http_port,
        calls=calls,
        record=record,
        barge_in=tuple(barge_in or ()),
        echo_db=echo_db,
        rate_hz=int(rate),
        manners=Manners(
            gap_s=gap_ms / 1000,
            hang_up_after_s=None if hang_up_after_ms is None else hang_up_after_ms / 1000,
        ),
    )
    results = asyncio.run(place_calls(plan))
    if as_json:
        typer.echo(json.dumps([result.to_json() for result in results], indent=2))
    else:
        print_calls(Console(highlight=False, markup=False), results)
    if not all(result.all_answered for result in results):
        raise typer.Exit(1)
