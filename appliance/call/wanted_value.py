"""What a caller was asked to dictate, and what they have dictated so far: a part of the answer that
they heard last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from appliance.language.dictation_words import Kind


@dataclass(frozen=True, slots=True)
class WantedValue:
    """A value that is being taken down."""

    kind: Kind
    length: int | None = None
    """How many digits or letters it has, where the site knows."""
    entry: str | None = None
    """Id of the knowledge entry that asked for it; None when the caller began by themselves."""
    then: str | None = None
    """Id of the entry that comes when it is confirmed."""
    value: str | None = None
    """As it was read back; None while it is still asked for."""
    spoken: str = ""
    """The words in which it was read back."""
    tries: int = 0
    """How often it was read back, or said in vain."""
    state: Literal["open", "confirmed"] = "open"

    @property
    def reading_back(self) -> bool:
        """Whether the caller is asked if ``value`` is right."""
        return self.value is not None and self.state == "open"
