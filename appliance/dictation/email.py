"""E-mail addresses, as people speak them and as recognisers write them: "anna dot smith at example
dot com", "info@example.org", "M-A-R-T-A at example.com"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from appliance.dictation.characters import piece_at
from appliance.dictation.numbers import number_at
from appliance.dictation.tokens import MOST_CHARACTERS, Token, longest_of, tokens
from appliance.language.dictation_words import DictationWords

_WRITTEN_SIGN: Final = re.compile(r"(?<=[^\W_])([._+-])(?=[^\W_])|(?<=[^\W_])(_)|(@)")
_ADDRESS: Final = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,}"
)
_SPELT: Final = re.compile(r"\b(?:\w-)+\w\b")
_SIGNS: Final = {".": " \x01 ", "_": " \x02 ", "-": " \x03 ", "+": " + ", "@": " @ "}
_MARKS: Final = {"\x01": ".", "\x02": "_", "\x03": "-"}


@dataclass(frozen=True, slots=True)
class Address:
    """An address, or what has been said of one so far."""

    text: str
    start: int
    """Where in the transcript its words begin."""
    end: int

    @property
    def is_whole(self) -> bool:
        return _ADDRESS.fullmatch(self.text) is not None


def read_address(text: str, known: DictationWords) -> Address | None:
    """The address in ``text``; None when there is nothing like one."""
    text = text[:MOST_CHARACTERS]
    ends = [found.end() for found in known.address_begins.finditer(text)]
    begins = [0, *(end for end in ends)]
    for start in reversed(begins):
        address = _address(text[start:], known)
        if address is not None and address.partition("@")[0]:
            return Address(address, start, len(text))
    return None


def _address(text: str, known: DictationWords) -> str | None:
    words = _with_signs(known.comments.sub(" ", text))
    while words and words[0].text in known.fillers:
        words = words[1:]
    ats = [at for at, word in enumerate(words) if word.text in known.at]
    if not ats:
        return None
    last = ats[-1]
    if len(ats) > 1 and last == len(words) - 1:
        last = ats[-2]
    domain = _joined(words[last + 1 :], known)
    return f"{_joined(words[:last], known)}@{domain}"


def _with_signs(text: str) -> list[Token]:
    """Its words, with the signs that a recogniser has written inside words as words of their own;
    a full stop at the end of a sentence is none."""
    spelt = _SPELT.sub(lambda found: found.group().replace("-", " "), text)
    apart = _WRITTEN_SIGN.sub(lambda found: _SIGNS[found.group()], spelt)
    found: list[Token] = []
    for part in re.split("([\x01-\x03])", apart):
        found += [Token(_MARKS[part], part, 0, 0)] if part in _MARKS else tokens(part)
    return found


def _joined(words: Sequence[Token], known: DictationWords) -> str:
    characters, at = "", 0
    while at < len(words):
        made, size = _characters_at(words, at, known)
        characters += made
        at += size
    return re.sub(r"([._-])\1+", r"\1", characters).strip(".-")


def _characters_at(words: Sequence[Token], at: int, known: DictationWords) -> tuple[str, int]:
    token = words[at]
    if token.text in _SIGNS:
        return token.text, 1
    size = longest_of(list(words), at, known.symbols)
    if size:
        return known.symbols[" ".join(word.text for word in words[at : at + size])], size
    if len(token.text) == 1 or token.text in known.repeats:
        piece = piece_at(words, at, "both", known)
        if piece.characters:
            return piece.characters.replace("?", "o"), piece.size
    digits, size = number_at(words, at, known)
    return (digits, size) if size else (token.text.replace("'", ""), 1)
