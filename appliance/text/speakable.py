"""Makes text of a language model or of an administrator fit for a voice.

Markup goes out (``markup.py``); numbers, times, money and the like become the words that a person
would say (``Language.in_words``), because the pronunciation of
``9:30`` or ``020 7946 0000`` must not be left to chance. What a voice has no sound for is left out
or written in its letters (``characters.py``).
"""

from __future__ import annotations

import re
from typing import Final

from appliance.language.registry import language_of
from appliance.text.characters import in_script
from appliance.text.markup import plain

MOST_CHARS: Final = 1000
"""No more of an utterance is spoken: a minute of sound. Whatever it looks like, making it speakable
must not hold up the calls, ..."""
MOST_FIGURES: Final = 120
"""... nor when it is all figures and signs, each of which becomes a word or several."""
_PASSES: Final = 4
"""Taking one thing out may uncover another; few texts need a second pass."""
_SAME: Final = {ord("’"): "'", ord("‘"): "'", ord("…"): "...", ord("‐"): "-", ord("‑"): "-"}
_TIDY: Final = (
    (re.compile(r"[“”„«»\"{}<>\[\]^*#]"), " "),
    (re.compile(r"\s*+[()]\s*+"), ", "),
    (re.compile(r"\s++[-–—]+\s++|\s*+[–—]++\s*+"), ", "),
    (re.compile(r"(?<![\w.,!?])'+(?!\w)"), " "),
    (re.compile(r"\s++([,.;:!?])"), r"\1"),
    (re.compile(r"[,;:]+(?=[,;:.!?])"), ""),
    (re.compile(r"([.!?])[,;:]+"), r"\1"),
    (re.compile(r"\.{4,}"), "..."),
)
"""Spaces and punctuation after all that was taken out."""


def speakable(text: str, language: str = "en") -> str:
    """``text`` as it shall be spoken, one line; empty when it holds nothing to say. Idempotent."""
    text = _bounded(text)
    for _ in range(_PASSES):
        before, text = text, _pass(text, language)
        if text == before:
            break
    return text if any(char.isalnum() for char in text) else ""


def _bounded(text: str) -> str:
    text = text[:MOST_CHARS]
    figures = [at for at, char in enumerate(text) if not (char.isalpha() or char in " .,'")]
    return text[: figures[MOST_FIGURES]] if len(figures) > MOST_FIGURES else text


def _pass(text: str, language: str) -> str:
    return _tidy(in_script(language_of(language).in_words(plain(text)), language))


def _tidy(text: str) -> str:
    text = text.translate(_SAME)
    for pattern, instead in _TIDY:
        text = pattern.sub(instead, text)
    return " ".join(text.split()).strip(" ,;:-")
