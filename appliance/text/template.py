"""What is known of a caller, put into words: ``Hello {name}`` in a greeting or a persona. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

MOST_CHARACTERS: Final = 200
"""Of one value: the dialplan pastes together what callers send."""

_NAME = re.compile(r" ?\{([A-Za-z_][A-Za-z0-9_.-]*)\}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def names(text: str) -> list[str]:
    """The keys that ``text`` names, in their order."""
    return [match[1] for match in _NAME.finditer(text)]


def fill(text: str, payload: Mapping[str, Any]) -> str:
    """``text`` with each ``{key}`` replaced by the payload's value; nothing (and no space before
    it) where the payload has none. Braces around anything but a name stay as they are."""
    return _NAME.sub(lambda match: _value(match, payload), text)


def _value(match: re.Match[str], payload: Mapping[str, Any]) -> str:
    value = payload.get(match[1])
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        return ""
    space = " " if match[0].startswith(" ") else ""
    return space + _CONTROL.sub(" ", str(value))[:MOST_CHARACTERS]
