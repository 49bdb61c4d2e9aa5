"""Single characters out of tokens: the digits and letters that each word stands for.

What a word means depends on what is dictated: "oh" is a zero in a number and a letter in a name,
"see" is a letter in a name and nothing in a number. So a reader is made for one kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from appliance.dictation.numbers import number_at
from appliance.dictation.tokens import Token
from appliance.language.dictation_words import DictationWords

Alphabet = Literal["digits", "letters", "both"]

CONFUSED: Final = ("bcdegptvz", "fsx", "mn", "ahjk", "iy", "quw", "ao", "or", "lo")
"""Letters whose names are taken for one another on the telephone."""
ZERO_OR_O: Final = "?"
"""Stands for an "oh" until its neighbours are known."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What some tokens in a row stand for."""

    characters: str
    """Digits and small letters; empty for words that part nothing."""
    size: int
    """Tokens."""
    sure: bool = True
    """Whether it means that anywhere; a word misheard for a digit means it among digits."""


def piece_at(words: Sequence[Token], at: int, alphabet: Alphabet, known: DictationWords) -> Piece:
    """What stands at ``at``; a piece of size 0 when it is nothing of the ``alphabet``."""
    token = words[at]
    readers = []
    if token.text in known.repeats:
        readers.append(_repeated)
    if alphabet != "digits":
        readers.append(_letter)
    if alphabet != "letters":
        readers.append(_digits)
    for reader in readers:
        piece = reader(words, at, alphabet, known)
        if piece.size:
            return piece
    return Piece("", 1) if token.text in known.fillers else Piece("", 0)


def _repeated(words: Sequence[Token], at: int, alphabet: Alphabet, known: DictationWords) -> Piece:
    """ "double five", "double L"; "double you" is a letter of its own."""
    if at + 1 >= len(words):
        return Piece("", 0)
    following = words[at + 1]
    if alphabet != "digits" and words[at].text == "double" and following.text in ("u", "you"):
        return Piece("w", 2)
    times = known.repeats[words[at].text]
    if following.is_figures and alphabet != "letters":
        return Piece(following.text[0] * (times - 1) + following.text, 2)
    inner = piece_at(words, at + 1, alphabet, known)
    if not inner.characters:
        return Piece("", 0)
    first, rest = inner.characters[0], inner.characters[1:]
    whole = inner.characters * times if rest == "0" else first * times + rest
    return Piece(whole, inner.size + 1, inner.sure)


def _digits(words: Sequence[Token], at: int, alphabet: Alphabet, known: DictationWords) -> Piece:
    token = words[at]
    if token.text == "+":
        return Piece("+", 1)
    if alphabet == "both" and token.text in known.letters and known.numbers.get(token.text) == "0":
        return Piece(ZERO_OR_O, 1)
    digits, size = number_at(words, at, known)
    if size:
        return Piece(digits, size)
    if known.symbols.get(token.text) == "+":
        return Piece("+", 1)
    if alphabet == "digits" and token.text in known.misheard_digits:
        return Piece(known.misheard_digits[token.text], 1, sure=False)
    return Piece("", 0)


def _letter(words: Sequence[Token], at: int, alphabet: Alphabet, known: DictationWords) -> Piece:
    token = words[at]
    if alphabet == "both" and token.text in ("o", "oh", "to", "for"):
        return Piece("", 0) if token.text in ("to", "for") else _zero_or_letter(words, at, known)
    if not token.is_word:
        return Piece("", 0)
    written = token.raw.isupper() and len(token.raw) > 1
    if written and (token.text not in known.fillers or _touched(words, at)):
        return Piece(token.text, 1)
    letter = known.letters.get(token.text)
    if letter is not None:
        return _explained(words, at, letter, known)
    if token.text in known.code_words:
        return Piece(known.code_words[token.text], 1)
    return Piece("", 0)


def _touched(words: Sequence[Token], at: int) -> bool:
    """Whether it is written together with what stands before or behind it: "0HM"."""
    edges = {word.end for word in words[:at]} | {word.start for word in words[at + 1 :]}
    return words[at].start in edges or words[at].end in edges


def _zero_or_letter(words: Sequence[Token], at: int, known: DictationWords) -> Piece:
    explained = _explained(words, at, "o", known)
    return explained if explained.size > 1 else Piece(ZERO_OR_O, 1)


def _explained(words: Sequence[Token], at: int, letter: str, known: DictationWords) -> Piece:
    """ "F for Freddie": the word tells more surely which letter it is than the letter's name, when
    the two can be confused."""
    for between in known.standing_for:
        word_at = at + 1 + len(between)
        said = tuple(token.text for token in words[at + 1 : word_at])
        if said != between or word_at >= len(words) or not words[word_at].is_word:
            continue
        word = words[word_at].text
        initial = known.code_words.get(word, word[0])
        if len(word) == 1:  # "X as in X-ray"
            behind = word_at + 1 < len(words) and words[word_at + 1].start == words[word_at].end + 1
            return (
                Piece(letter, word_at + 2 - at) if word == letter and behind else Piece(letter, 1)
            )
        confusable = any(letter in group and initial in group for group in CONFUSED)
        return Piece(initial if confusable else letter, word_at + 1 - at)
    return Piece(letter, 1)
