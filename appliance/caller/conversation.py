"""Conversations: the lines a simulated caller says, from a TOML file or from WAV files."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from appliance.audio.frame import WIRE_RATE_HZ
from appliance.audiosocket.protocol import DIGITS
from appliance.caller.line import Line, load_line, make_keys
from appliance.errors import SettingsError

KEYS_PREFIX: Final = "keys:"


def load_conversation(path: Path) -> tuple[Line, ...]:
    """The lines of a TOML file: tables ``[[line]]`` with ``file`` (a WAV beside it), and as wanted
    ``words``, ``caller`` and ``barge_in_ms``; what else is there is for whoever makes the sound.

    Raises SettingsError naming the file and the entry, AudioFileError for a bad WAV.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("line", [])
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError
        raise SettingsError(f"{path}: {error}") from error
    if not isinstance(entries, list) or not entries:
        raise SettingsError(f"{path}: holds no [[line]]")
    return tuple(_entry(path, number, entry) for number, entry in enumerate(entries, 1))


def by_caller(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """What each of the callers says; lines without a name are one caller's."""
    callers: dict[str, list[Line]] = {}
    for line in lines:
        callers.setdefault(line.caller, []).append(line)
    return callers


def in_turn(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same as one patient caller says them, each after the answer to the one before."""
    return tuple(replace(line, barge_in_ms=None) for line in lines)


def _entry(path: Path, number: int, entry: object) -> Line:
    if isinstance(entry, dict):
        file, words, caller = (entry.get(key, "") for key in ("file", "words", "caller"))
        barge_in_ms = entry.get("barge_in_ms")
        texts = all(isinstance(each, str) for each in (file, words, caller))
        if file and texts and isinstance(barge_in_ms, int | None):
            return load_line(
                path.parent / file, words=words, caller=caller, barge_in_ms=barge_in_ms
            )
    raise SettingsError(
        f'{path}: [[line]] number {number} needs file = "...wav", and may have words = "...", '
        'caller = "..." and barge_in_ms = 900'
    )


def lines_from_arguments(arguments: Sequence[str], rate_hz: int = WIRE_RATE_HZ) -> tuple[Line, ...]:
    """Lines named on a command line: WAV files, or ``keys:12#`` for telephone keys; for a call of
    ``rate_hz``.

    Raises SettingsError for keys that no telephone has, AudioFileError for a bad WAV.
    """
    return tuple(_argument(argument, rate_hz) for argument in arguments)


def _argument(argument: str, rate_hz: int) -> Line:
    if not argument.startswith(KEYS_PREFIX):
        return load_line(Path(argument), rate_hz=rate_hz)
    keys = argument.removeprefix(KEYS_PREFIX).upper()
    if not keys or not DIGITS.issuperset(keys):
        raise SettingsError(f"{argument}: telephone keys are 0-9, *, # and A-D, as in keys:12#")
    return make_keys(keys, rate_hz)
