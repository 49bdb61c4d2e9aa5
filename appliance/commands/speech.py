"""``appliance say`` and ``appliance transcribe``: a voice and a recogniser, tried without a
call."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from appliance.commands.options import Config


def say(
    text: Annotated[str, typer.Argument(help="What to say.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="WAV file to write.")],
    voice: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="A voice of the catalogue, or a path. [default: the appliance's]"
        ),
    ] = None,
    config: Config = None,
) -> None:
    """Speak a text into a WAV file.

    appliance say "We open at 8:30." -o opening.wav
    """
    import asyncio

    from appliance.config.agent_defaults import own_model
    from appliance.config.settings import read_settings
    from appliance.operations.speech import speak_to_file
    from appliance.weights.defaults import VOICE

    settings = read_settings(config)
    name = voice or own_model(VOICE, settings)
    spoken = asyncio.run(speak_to_file(text, out, name, settings))
    typer.echo(f"{out}: {spoken.seconds:.2f} s at {spoken.rate_hz} Hz")


def transcribe(
    wav: Annotated[Path, typer.Argument(metavar="WAV", help="A WAV file of any usual rate.")],
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="A recogniser of the catalogue, or a path. [default: the appliance's]",
        ),
    ] = None,
    config: Config = None,
) -> None:
    """Print the words in a WAV file.

    appliance transcribe question.wav --model vosk-demo-en
    """
    import asyncio

    from appliance.config.agent_defaults import own_model
    from appliance.config.settings import read_settings
    from appliance.operations.speech import transcribe_file
    from appliance.weights.defaults import RECOGNIZER

    settings = read_settings(config)
    name = model or own_model(RECOGNIZER, settings)
    typer.echo(asyncio.run(transcribe_file(wav, name, settings)))
