"""``appliance bundle``: everything for a machine without a network, in one signed file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from appliance.commands.bars import bars
from appliance.commands.options import Config, Json

if TYPE_CHECKING:
    from appliance.bundle.manifest import BundleManifest
    from appliance.config.settings import Settings

app = typer.Typer(
    help="Make and check the bundle for a box without a network.", no_args_is_help=True
)

Bundle = Annotated[Path, typer.Argument(metavar="FILE", help="The bundle.")]


@app.command()
def create(
    out: Annotated[Path, typer.Option(help="The bundle to write.")] = Path("appliance-bundle.tar"),
    model: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="An installed model; repeat it. Default: those the agents use."
        ),
    ] = None,
    debs: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RELEASE=DIR",
            help="Debian packages to carry along, and the release they are for; repeat it.",
        ),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Private OpenSSH key to sign with (`bundle key` makes one)."
        ),
    ] = None,
    python: Annotated[
        list[str] | None,
        typer.Option(
            metavar="3.11",
            help="Python of the boxes; repeat it (Debian 12: 3.11, Ubuntu 24.04: 3.12, Debian 13: "
            "3.13). Default: this one's.",
        ),
    ] = None,
    llama_wheel: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A finished wheel of llama-cpp-python; default: one for any processor with AVX2 "
            "is compiled, some minutes the first time.",
        ),
    ] = None,
    config: Config = None,
) -> None:
    """Gather packages, models and the playbook into one file. Needs a network and a checkout.

    appliance bundle create --out appliance-bundle.tar --key bundle-key

    appliance bundle create --python 3.13 --debs trixie=debs --key bundle-key

    appliance bundle create --python 3.11 --python 3.13 --model vosk-model-small-en-us-0.15
    """
    import sys

    from appliance.bundle.create import Order
    from appliance.bundle.create import create as create_bundle
    from appliance.bundle.debs import by_release
    from appliance.config.settings import read_settings

    settings = read_settings(config)
    order = Order(
        out=out,
        pythons=tuple(dict.fromkeys(python or [f"3.{sys.version_info[1]}"])),
        models=tuple(model or _models_of(settings)),
        models_dir=settings.models,
        debs=by_release(debs or ()),
        key=key,
        llama_wheel=llama_wheel,
    )
    with bars() as progress:
        manifest = create_bundle(order, progress=progress)
    typer.echo(_in_short(out, manifest))
    if key is None:
        typer.echo("not signed: no box will take it; make a key (appliance bundle key FILE)")


@app.command()
def verify(
    file: Bundle,
    signers: Annotated[
        Path,
        typer.Option(metavar="FILE", help="Who may sign (ssh-keygen's ALLOWED SIGNERS format)."),
    ],
) -> None:
    """Check the signature and every byte; nothing is written. Exit status 78 when it is refused.

    appliance bundle verify appliance-bundle.tar --signers bundle-key.signers
    """
    from appliance.bundle.manifest import verify_bundle

    with bars() as progress:
        manifest = verify_bundle(file, signers, progress)
    typer.echo(f"{_in_short(file, manifest)}; signed and whole")


@app.command()
def inspect(file: Bundle, as_json: Json = False) -> None:
    """Show what a bundle says it holds. It is not verified.

    appliance bundle inspect appliance-bundle.tar
    """
    import json

    from appliance.bundle.manifest import inspect_bundle
    from appliance.bundle.signature import signature_of

    manifest = inspect_bundle(file)
    signed = signature_of(file).is_file()
    if as_json:
        told = manifest.model_dump(mode="json", exclude={"files"})
        told |= {"signed": signed, "packages": manifest.packages(), "models": manifest.models()}
        typer.echo(json.dumps({**told, "debs": manifest.releases()}, indent=2))
    else:
        _print(file, manifest, signed)


@app.command("key")
def make_key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The private key to make.")],
) -> None:
    """Make a key pair to sign bundles with, and the file of signers that the boxes check against.

    appliance bundle key bundle-key
    """
    from appliance.bundle.signature import make_key as make

    signers = make(file)
    typer.echo(f"{file}: the private key, no passphrase; keep it on the machine that makes bundles")
    typer.echo(f"{signers}: bring it to the boxes by another way than the bundle")


def _models_of(settings: Settings) -> list[str]:
    """The catalogue's models that the agents use, the appliance's own among them whether installed
    here or not; one given by a path is the site's own."""
    from appliance.config.agent_defaults import site_agents
    from appliance.weights.catalogue import load_catalogue
    from appliance.weights.defaults import SENTENCES

    catalogue = load_catalogue()
    agents = site_agents(settings)
    named = [*agents.models(), *agents.stand_ins]
    if not settings.small_models:
        named.append(SENTENCES)
    for name in named:
        if name not in catalogue:
            typer.echo(f"not packed: {name} (a path of your own; copy it yourself)", err=True)
    return [name for name in named if name in catalogue]


def _in_short(file: Path, manifest: BundleManifest) -> str:
    models = ", ".join(manifest.models()) or "the demo models alone"
    return (
        f"{file}: {_mb(file.stat().st_size)}, appliance {manifest.version}, "
        f"Python {' '.join(manifest.python)}, {manifest.machine}; {models}"
    )


def _print(file: Path, manifest: BundleManifest, signed: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    llama = manifest.llama_cpp
    portable = f"needs {', '.join(llama.cpu_flags) or 'nothing special'} of the processor"
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    rows = {
        "appliance": f"{manifest.version}, bundle of {manifest.created}",
        "signed": "a signature is beside it; verify checks it" if signed else "no",
        "for": f"Python {', '.join(manifest.python)}; {manifest.machine}; "
        f"glibc {manifest.glibc} or newer",
        "llama.cpp": portable if llama.portable else "a wheel that was given, not the portable one",
        "debs": f"for {', '.join(manifest.releases())}" if manifest.releases() else "none",
        "models": ", ".join(f"{n} ({_mb(b)})" for n, b in manifest.models().items()) or "none",
        "packages": ", ".join(f"{name} {version}" for name, version in manifest.packages()),
        **{f"{name}/": f"{n} files, {_mb(b)}" for name, (n, b) in manifest.folders().items()},
        "size": _mb(file.stat().st_size),
    }
    for name, value in rows.items():
        table.add_row(name, value)
    Console(highlight=False, markup=False).print(table)


def _mb(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
