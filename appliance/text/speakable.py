"""Makes text of a language model or of an administrator fit for a voice.

Markup goes out (``markup.py``); numbers, times, money and the like become the words that a person
would say (``Language.in_words``), because the pronunciation of
``9:30`` or ``020 7946 0000`` must not be left to chance.
"""

from __future__ import annotations

import re

from appliance.language.registry import language_of
from appliance.text.markup import plain

_PASSES = 4
"""Taking one thing out may uncover another; few texts need a second pass."""


def speakable(text: str, language: str = "en") -> str:
    """``text`` as it shall be spoken, one line; empty when it holds nothing to say. Idempotent."""
    for _ in range(_PASSES):
        before, text = text, _pass(text, language)
        if text == before:
            break
    return text if any(char.isalnum() for char in text) else ""


def _pass(text: str, language: str) -> str:
    return _tidy(language_of(language).in_words(plain(text)))


def _tidy(text: str) -> str:
    """Spaces and punctuation after all that was taken out."""
    text = text.translate({ord("’"): "'", ord("‘"): "'", ord("…"): "..."})
    text = re.sub(r"[“”„«»\"{}<>\[\]^]", " ", text)
    text = re.sub(r"\s*[()]\s*", ", ", text)
    text = re.sub(r"\s+[-–—]+\s+|\s*[–—]+\s*", ", ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"[,;:]+(?=[,;:.!?])", "", text)
    text = re.sub(r"([.!?])[,;:]+", r"\1", text)
    return " ".join(text.split()).strip(" ,;:-")
