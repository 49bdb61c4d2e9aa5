"""``appliance bench answers``: are a site's own callers answered rightly?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from appliance.commands.options import Config, Json


def answers(
    agents_file: Annotated[
        Path | None,
        typer.Argument(metavar="[AGENTS_FILE]", help="[default: the settings' agents_file]"),
    ] = None,
    sentences: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.tsv",
            help="Sentences of your own: kind, previous, text, expected, with tabs between them."
            " [default: those to the shipped receptionist]",
        ),
    ] = None,
    part: Annotated[
        str, typer.Option(metavar="NAME", help="Only the lines with this in their column `part`.")
    ] = "",
    show: Annotated[
        bool, typer.Option("--show", help="Also each sentence that was not right at once.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """What callers ask, in your words and theirs: answered rightly, after a question back, wrongly.

    appliance bench answers

    appliance bench answers agents.yaml --sentences asked.tsv --show
    """
    import asyncio
    import json
    from dataclasses import asdict

    from rich.console import Console

    from appliance.bench.answers import SHIPPED, measure_answers, read_sentences
    from appliance.bench.answers_report import print_answers, print_failures
    from appliance.bench.figures import conditions
    from appliance.config.agent_defaults import site_agents, told_of
    from appliance.config.settings import read_settings

    settings = read_settings(config)
    if agents_file is not None:
        settings = settings.model_copy(update={"agents_file": agents_file})
    agents = site_agents(settings)
    agent = agents.default
    ids = [entry.id for entry in agent.knowledge]
    listed = read_sentences(sentences or SHIPPED, ids, site=agent.name, part=part)
    if agents.stand_ins:
        typer.echo(told_of(agents.stand_ins), err=True)
    now = conditions(settings, [agent.embedding or "words alone"])
    report = asyncio.run(measure_answers(agent, settings.models, listed, now))
    if as_json:
        typer.echo(json.dumps(asdict(report), indent=2))
        return
    console = Console(highlight=False, markup=False)
    print_answers(console, report)
    if show:
        print_failures(console, report)
