"""Takes out of a text what is written for the eye: Markdown, tags, links, emoji, thoughts."""

from __future__ import annotations

import itertools
import re

from appliance.text.characters import plain_characters

_THOUGHTS = re.compile(r"<think>.*?(?:</think>|$)", re.S | re.I)
_STRAY_TAGS = re.compile(r"</?(?!https?:)[a-zA-Z][^<>\n@]{0,200}>|<\|[^<>\n]{0,60}\|>")
_CITATIONS = re.compile(r"【[^】]{0,200}(?:】|$)|\[\^?\d{1,3}\](?!\()")
_LINKS = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*+[)\]]")
_FENCES = re.compile(r"```[^\n]*|\$\$|\\[()\[\]]")
_LINE_MARKS = re.compile(
    r"^[ \t]*+(?:#{1,6}[ \t]++|>[ \t]*+(?!\d)|[-*+•◦‣·–—][ \t]++(?:\[[ xX]\][ \t]++)?"
    r"(?!\d++(?:\.\d+)?\s?(?:°|degrees))|\[[ xX]\][ \t]++|\d{1,3}\)[ \t]++)+",
    re.M,
)
"""A bullet before degrees is a minus."""
_LIST_NUMBERS = re.compile(r"^[ \t]*+(?:[-*+][ \t]++)?(\d{1,3})\.[ \t]++", re.M)
_LISTED_INLINE = re.compile(r"(?<![\w(])\d{1,2}\)\s")
_RULES = re.compile(r"^[ \t]*+(?:[-*_=][ \t]*+){3,}$|^(?=[ \t:-]*+\|)[ \t|:-]++$", re.M)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}+)(?=[^\s*])([^*\n]{1,400}+)(?<=\S)\1(?![\w*])")
_STARS = re.compile(
    r"\*{2,}+(?![\d*#])|(?<![\w*])\*(?=[A-Za-z])|(?<=[A-Za-z.,!?])\*|(?<=\d)\*{2,}+"
)
"""Of the rest, a single one may be a key of the telephone, or "times"."""
_OTHER_MARKS = re.compile(r"[`|\\]+|~{2,}|~(?!\s?[£$€]?\d)|(?<!\w)_++|(?<!_)_++(?!\w)")
_SMILEYS = re.compile(r"(?<![\w(])(?:[:;]-?[)(DPp]|<3|[xX]D)(?![\w)])")
_BULLETS = re.compile(r"\s*+[•◦‣·]\s++")


class SpanFilter:
    """Drops what stands between two marks from a stream of deltas, wherever the marks are cut."""

    def __init__(self, opening: str, closing: str) -> None:
        """The marks, in lower case; the stream may write them in any."""
        self._openings = opening, closing
        self._marks = [re.compile(re.escape(mark), re.I) for mark in (opening, closing)]
        self._held = ""
        self._inside = False

    def push(self, delta: str) -> str:
        """The part of the text so far that is surely to be spoken; may be empty."""
        text, at, shown = self._held + delta, 0, []
        while found := self._marks[self._inside].search(text, at):
            shown.append("" if self._inside else text[at : found.start()])
            at = found.end()
            self._inside = not self._inside
        cut = len(text) - _tail_in(text[at:], self._openings[self._inside])
        shown.append("" if self._inside else text[at:cut])
        self._held = text[cut:]
        return "".join(shown)

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
    text = _THOUGHTS.sub(" ", plain_characters(text))
    text = _CITATIONS.sub("", _LINKS.sub(r"\1", text))
    text = _SMILEYS.sub("", _STRAY_TAGS.sub(" ", text))
    text = _RULES.sub("", _FENCES.sub(" ", text))
    text = _LINE_MARKS.sub("", _without_list_numbers(_table_rows(text)))
    text = _STARS.sub(" ", _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text)))
    text = _BULLETS.sub(", ", _OTHER_MARKS.sub(" ", text))
    return _joined(_EMPTY_BRACKETS.sub("", text))


def without_thoughts(text: str) -> str:
    """``text`` without what a model thinks."""
    return _THOUGHTS.sub(" ", text)


def _without_list_numbers(text: str) -> str:
    """Without the numbers of lists; a number by itself at the start of a line is said: "20. Do you
    need more?"."""
    numbers = [int(found[1]) for found in _LIST_NUMBERS.finditer(text)]
    if any(b - a in (0, 1) for a, b in itertools.pairwise(numbers)):
        text = _LIST_NUMBERS.sub("", text)
    if len(_LISTED_INLINE.findall(text)) > 1:
        text = _LISTED_INLINE.sub(", ", text).lstrip(", ")
    return text


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


def _tail_in(text: str, tag: str) -> int:
    """How many characters at the end of ``text`` may be the beginning of ``tag``."""
    text = text[-len(tag) :].lower()
    lengths = range(min(len(text), len(tag) - 1), 0, -1)
    return next((n for n in lengths if tag.startswith(text[-n:])), 0)
