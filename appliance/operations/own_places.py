"""Where what comes out of a backup goes: to the places of this host, whatever the backup says.

A restore may run as root, and a backup may come from anywhere. So the settings in it are taken,
but not the paths among them: a place that this host's settings name stays, and a file that has none
here yet gets one beside the settings file.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from appliance.config.settings import SHIPPED_AGENTS, Settings, path_keys, read_settings
from appliance.errors import ArchiveError, SettingsError
from appliance.operations.without_secrets import dumped

NOBODYS: Final = Path("/dev/null")
"""Settings where there is no file of them: defaults and the environment."""
ENDINGS: Final = frozenset({".yaml", ".yml", ".wav", ".raw", ".sln", ".txt", ".md"})


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """What this host's settings say about places."""

    file: Path
    """Of the settings, there or not."""
    settings: Settings
    written: dict[str, Any]
    """The places that stand in the file, as they stand there."""

    def target(self, key: str) -> Path | None:
        """Where the file of setting ``key`` lies here; None when no setting says it."""
        path = getattr(self.settings, key)
        return None if path in (None, SHIPPED_AGENTS) else path


def own_places(file: Path) -> OwnPlaces:
    """Of this host, whose settings are in ``file``. Raises ArchiveError when they are wrong."""
    there = file.exists()
    try:
        settings = read_settings(file if there else NOBODYS)
    except SettingsError as error:
        raise ArchiveError(
            f"{error.message}\nthis host's own settings tell where a backup goes, and they are"
            f" wrong; correct them, or move {file} away"
        ) from error
    tree = _read(file.read_bytes()) if there else {}
    return OwnPlaces(file, settings, {key: tree[key] for key in path_keys() if key in tree})


def with_own_places(
    text: bytes, own: OwnPlaces, packed: Collection[str]
) -> tuple[bytes, tuple[str, ...]]:
    """Settings of a backup with the places of this host; and those that it named and this host has
    none for. ``packed``: settings whose files come with it. Raises YAMLError."""
    tree = _read(text)
    dropped = []
    for key in path_keys():
        given = tree.pop(key, None)
        if key in own.written:
            tree[key] = own.written[key]
        elif given is not None and key in packed and own.target(key) is None:
            tree[key] = _beside(key, str(given))
        elif given is not None and key not in packed:
            dropped.append(key)
    return dumped(tree), tuple(dropped)


def _beside(key: str, given: str) -> str:
    """A name for a file that has none here."""
    ending = Path(given).suffix
    return key.removesuffix("_file") + (ending if ending in ENDINGS else "")


def _read(text: bytes) -> dict[str, Any]:
    tree = YAML(typ="rt", pure=True).load(text)
    if tree is not None and not isinstance(tree, dict):
        raise YAMLError("no settings")
    return tree or {}
