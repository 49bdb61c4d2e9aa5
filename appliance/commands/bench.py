"""``appliance bench``: figures with the conditions they were taken under.

A long file, and all of it options with their help: one command for each thing that is measured.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from appliance.commands.bench_answers import answers
from appliance.commands.measuring import (
    measure_alone,
    measure_engine,
    measure_service,
    print_flat,
)
from appliance.commands.options import Config, Json

app = typer.Typer(
    help="Measure how quick and how steady the appliance is on this machine.", no_args_is_help=True
)


app.command()(answers)

Runs = Annotated[int, typer.Option(min=1, help="How often to repeat it.")]
Lines = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A conversation.toml of your own.")
]
Running = Annotated[
    str | None,
    typer.Option(
        metavar="HOST:PORT:HTTP_PORT",
        help="Measure a running appliance instead of starting one.",
    ),
]


@app.command()
def turns(
    runs: Runs = 3,
    lines: Lines = None,
    sentences: Annotated[
        int,
        typer.Option(min=0, help="Of each kind, said with pauses inside; 0 leaves them out."),
    ] = 8,
    sets: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="A folder with turns.tsv (part, kind, first, second) instead of the shipped "
            "sentences.",
        ),
    ] = None,
    part: Annotated[str, typer.Option(metavar="dev|held", help="Which lines of --sets.")] = "dev",
    caller: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The voice that says them, of the catalogue or a path. [default: the agent's]",
        ),
    ] = None,
    running: Running = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """One call at a time: voice to voice by what answered, greeting, barge-in, false barge-ins; and
    how often a caller who pauses is cut short.

    appliance bench turns --runs 3

    appliance bench turns --runs 1 --sets tests/data/sets --part held --sentences 45

    appliance bench turns --running 127.0.0.1:5001:6001 --json
    """
    import asyncio

    from appliance.bench.figures import conditions
    from appliance.bench.floor import make_sounds
    from appliance.bench.local_service import Service
    from appliance.bench.report import print_turns
    from appliance.bench.turns import Say, TurnsReport, measure_turns, with_pauses
    from appliance.bench.turns_sentences import chosen
    from appliance.caller.conversation import in_turn, load_conversation
    from appliance.config.agent_defaults import own_model, site_agents
    from appliance.config.settings import read_settings
    from appliance.operations.demo import demo_conversation
    from appliance.weights.defaults import VOICE

    settings = read_settings(config)
    conversation = in_turn(load_conversation(lines or demo_conversation()))
    paused = chosen(sets, part, sentences)
    voice = caller or site_agents(settings).default.voice
    now = conditions(settings)
    sounds = asyncio.run(make_sounds(own_model(VOICE, settings), settings.models))

    async def measured(service: Service, say: Say) -> TurnsReport:
        report = await measure_turns(service, conversation, runs, now, say, sounds)
        return await with_pauses(report, service, paused, voice, settings.models, say)

    measure_service(settings, running, measured, print_turns, as_json)


@app.command()
def calls(
    calls: Annotated[int, typer.Option(min=1, max=1000, help="Calls at once.")] = 4,
    runs: Runs = 2,
    soak: Annotated[
        int, typer.Option(min=0, help="Then so many short calls, to see what stays behind.")
    ] = 0,
    lines: Lines = None,
    running: Running = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Several calls at once: voice to voice, steadiness of the sound, memory, start to ready.

    appliance bench calls --calls 4 --soak 200
    """
    from appliance.bench.calls import measure_calls
    from appliance.bench.figures import conditions
    from appliance.bench.report import print_calls
    from appliance.caller.conversation import in_turn, load_conversation
    from appliance.config.settings import read_settings
    from appliance.operations.demo import demo_conversation

    settings = read_settings(config)
    conversation = in_turn(load_conversation(lines or demo_conversation()))
    now = conditions(settings)
    measure_service(
        settings,
        running,
        lambda service, say: measure_calls(service, conversation, calls, runs, soak, now, say),
        print_calls,
        as_json,
    )


@app.command()
def transport(
    calls: Annotated[int, typer.Option(min=1, max=10000, help="Idle calls at once.")] = 200,
    seconds: Annotated[float, typer.Option(min=1.0, help="How long to hold them.")] = 10.0,
    as_json: Json = False,
) -> None:
    """Many idle calls and no engines: does the sound keep its 20 ms?

    appliance bench transport --calls 200
    """
    from appliance.bench.transport import measure_pacing

    print_flat(asyncio.run(measure_pacing(calls, seconds)), as_json)


@app.command()
def remote(
    runs: Runs = 5, lines: Lines = None, config: Config = None, as_json: Json = False
) -> None:
    """A conversation, or its stages, held by a second appliance: the time that is added by it.

    appliance bench remote --runs 10
    """
    from appliance.bench.figures import conditions
    from appliance.bench.remote import measure_remote
    from appliance.bench.report import print_remote
    from appliance.caller.conversation import in_turn, load_conversation
    from appliance.config.settings import read_settings
    from appliance.operations.demo import demo_conversation

    settings = read_settings(config)
    conversation = in_turn(load_conversation(lines or demo_conversation()))
    now = conditions(settings)
    measure_alone(
        lambda say: measure_remote(settings, conversation, runs, now, say), print_remote, as_json
    )


@app.command("language-model")
def language_model(
    calls: Annotated[int, typer.Option(min=1, max=1000, help="Conversations at once.")] = 4,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Of the catalogue, or a path. [default: the agent's]"),
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """The language model alone: first token, speed, processor time, how much of a prompt is reused.

    appliance bench language-model --calls 8 --model qwen2.5-1.5b-instruct
    """
    from appliance.bench.language_model import measure
    from appliance.config.agent_defaults import site_agents
    from appliance.config.settings import read_settings
    from appliance.engines.llama import LlamaOptions
    from appliance.weights.place import locate

    settings = read_settings(config)
    agent = site_agents(settings).default
    options = LlamaOptions(
        path=locate(model or agent.language_model, settings.models).path,
        context_tokens=settings.llm_context_tokens,
        lanes=settings.llm_lanes,
        threads=settings.llm_threads,
    )
    print_flat(asyncio.run(measure(options, calls=calls, system=agent.persona)), as_json)


@app.command()
def asr(
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Of the catalogue, or a path. [default: the agent's]"),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Sentences of your own: sound files, and sentences.tsv with a line for each: "
            "its name, a tab, its words.",
        ),
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """A recogniser alone: word error rate on telephone speech, with and without noise, and speed.

    appliance bench asr --model vosk-model-small-en-us-0.15

    appliance bench asr --folder recordings/
    """
    from appliance.bench.asr import load_clips, measure_recognizer
    from appliance.bench.figures import conditions
    from appliance.bench.report import print_recognizer
    from appliance.config.agent_defaults import site_agents
    from appliance.config.settings import read_settings

    settings = read_settings(config)
    name = model or site_agents(settings).default.recognizer
    clips = load_clips(folder)
    measure_engine(
        conditions(settings, [name]),
        lambda say: measure_recognizer(name, settings.models, clips, say),
        print_recognizer,
        as_json,
    )


@app.command()
def listening(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]",
            help="Recordings with what is said in them: a .txt beside each WAV, or sentences.tsv "
            "as for `bench asr`. [default: the shipped ones]",
        ),
    ] = None,
    person: Annotated[
        bool,
        typer.Option(
            "--person",
            help="A person's prompts instead, which are fetched once from Debian's packages of "
            "Asterisk's sounds (18 MB, CC-BY-SA) and kept in the state directory.",
        ),
    ] = False,
    only: Annotated[
        str,
        typer.Option(
            "--conditions",
            metavar="NAMES",
            help="Some of clean, noise, loss, silence, pause; commas between them.",
        ),
    ] = "clean,noise,loss,silence,pause",
    most: Annotated[
        int | None,
        typer.Option(min=1, help="Lines of each condition. [default: 10, after silence 6]"),
    ] = None,
    calls: Annotated[int, typer.Option(min=1, max=1000, help="Calls at once.")] = 1,
    recognizer: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Of the catalogue, or a path. [default: the agent's]"),
    ] = None,
    voice: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Of the catalogue, or a path. [default: the agent's]"),
    ] = None,
    running: Running = None,
    page: Annotated[
        Path,
        typer.Option(metavar="DIR", help="Where the page with the worst lines is written."),
    ] = Path("listening-report"),
    config: Config = None,
    as_json: Json = False,
) -> None:
    """People heard by the whole chain: words wrong, lines missed, callers cut short, time to the
    answer; clean, and with what telephones do to sound.

    appliance bench listening recordings/

    appliance bench listening --person --conditions clean,noise --most 72

    appliance bench listening --recognizer faster-whisper-base --voice en_US-joe-medium
    """
    from appliance.bench.figures import conditions
    from appliance.bench.listening import measure_listening
    from appliance.bench.listening_page import check_folder, write_page
    from appliance.bench.listening_plan import planned
    from appliance.bench.other_models import with_models
    from appliance.bench.report import print_listening
    from appliance.config.settings import read_settings

    if running is not None and (recognizer or voice):
        raise typer.BadParameter(
            "a running appliance has its models already; leave out --recognizer and --voice"
        )
    if person and folder is not None:
        raise typer.BadParameter("give either a FOLDER or --person")
    settings = read_settings(config)
    settings = settings.model_copy(update={"max_calls": max(settings.max_calls, calls)})
    check_folder(page)
    plan = planned(settings, folder, person=person, conditions=only, most=most, calls=calls)
    now = conditions(settings)
    with with_models(settings, recognizer, voice) as chosen:
        report = measure_service(
            chosen,
            running,
            lambda service, say: measure_listening(service, plan, now, say),
            print_listening,
            as_json,
        )
    typer.echo(f"the worst lines, to listen to: {write_page(page, report, plan)}", err=True)


@app.command()
def tts(
    voice: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Of the catalogue, or a path. [default: the agent's]"),
    ] = None,
    runs: Runs = 10,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """A voice alone: time to its first sound, speed, level, and how well it is understood.

    appliance bench tts --voice en_US-lessac-medium
    """
    from appliance.bench.figures import conditions
    from appliance.bench.tts import measure_voice, print_voice
    from appliance.config.agent_defaults import site_agents
    from appliance.config.settings import read_settings
    from appliance.engines.load import locate_role

    settings = read_settings(config)
    agent = site_agents(settings).default
    path = locate_role(voice or agent.voice, settings.models, "voice").path
    measure_engine(
        conditions(settings, [str(path)]),
        lambda say: measure_voice(path, language=agent.language, runs=runs),
        print_voice,
        as_json,
    )
