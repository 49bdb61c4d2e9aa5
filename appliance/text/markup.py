"""Takes out of a text what is written for the eye: Markdown, tags, links, emoji, thoughts."""

from __future__ import annotations

import re
import unicodedata

_THOUGHTS = re.compile(r"<think>.*?(?:</think>|$)", re.S | re.I)
_STRAY_TAGS = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<\|[^<>\n]{0,60}\|>")
_CITATIONS = re.compile(r"【[^】]*(?:】|$)|\[\^?\d{1,3}\](?!\()")
_LINKS = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_URLS = re.compile(r"\b(?:https?://|ftp://|www\.)[^\s<>()]*[^\s<>().,;:!?'\"]", re.I)
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_FENCES = re.compile(r"```[^\n]*")
_LINE_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+•◦‣][ \t]+|\d{1,3}[.)][ \t]+)+", re.M)
_RULES = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$|^[ \t|:-]*\|[ \t|:-]*$", re.M)
_EMPHASIS = re.compile(r"[*`~|\\]+|(?<!\w)_+|_+(?!\w)")
_KEPT_SYMBOLS = "°©®"


class SpanFilter:
    """Drops what stands between two marks from a stream of deltas, wherever the marks are cut."""

    def __init__(self, opening: str, closing: str) -> None:
        """The marks, in lower case; the stream may write them in any."""
        self._marks = opening, closing
        self._held = ""
        self._inside = False

    def push(self, delta: str) -> str:
        """The part of the text so far that is surely to be spoken; may be empty."""
        self._held += delta
        shown = ""
        while True:
            mark = self._marks[self._inside]
            at = self._held.lower().find(mark)
            if at < 0:
                break
            shown += "" if self._inside else self._held[:at]
            self._held = self._held[at + len(mark) :]
            self._inside = not self._inside
        cut = len(self._held) - _tail_in(self._held.lower(), mark)
        shown += "" if self._inside else self._held[:cut]
        self._held = self._held[cut:]
        return shown

    def flush(self) -> str:
        """What is left at the end; nothing of a span without end."""
        rest, self._held = ("" if self._inside else self._held), ""
        return rest


class ThinkFilter(SpanFilter):
    """Drops what a model thinks, ``<think>...</think>``."""

    def __init__(self) -> None:
        super().__init__("<think>", "</think>")


class CitationFilter(SpanFilter):
    """Drops the sources that assistants name, ``【12:0†file】``."""

    def __init__(self) -> None:
        super().__init__("【", "】")


def plain(text: str) -> str:
    """``text`` as words, numbers and punctuation; lines joined, each ending in punctuation."""
    text = _THOUGHTS.sub(" ", unicodedata.normalize("NFC", text))
    text = _CITATIONS.sub("", _LINKS.sub(r"\1", text))
    text = _URLS.sub("", _STRAY_TAGS.sub(" ", text))
    text = _RULES.sub("", _FENCES.sub("", text))
    text = _EMPHASIS.sub(" ", _LINE_MARKS.sub("", _table_rows(text)))
    text = _EMPTY_BRACKETS.sub("", "".join(c for c in text if not _is_picture(c)))
    return _joined(text)


def _table_rows(text: str) -> str:
    """``| a | b |`` -> ``a, b``."""
    rows = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        rows.append(", ".join(filter(None, cells)) if "|" in line else line)
    return "\n".join(rows)


def _joined(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if line]
    ended = [line if line[-1] in ".!?…,;:。！？" else line + "." for line in lines[:-1]]
    return " ".join([*ended, *lines[-1:]])


def _is_picture(char: str) -> bool:
    """Emoji and their joiners, arrows, control and private characters."""
    if char in "\n\t" or char in _KEPT_SYMBOLS:
        return False
    kind = unicodedata.category(char)
    return kind in ("So", "Sk", "Cf", "Cc", "Co", "Cs", "Cn", "Me") or "\ufe00" <= char <= "\ufe0f"


def _tail_in(text: str, tag: str) -> int:
    """How many characters at the end of ``text`` may be the beginning of ``tag``."""
    lengths = range(min(len(text), len(tag) - 1), 0, -1)
    return next((n for n in lengths if tag.startswith(text[-n:])), 0)
