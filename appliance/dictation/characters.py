"""Single characters out of tokens: the digits and letters that each word stands for.

What a word means depends on what is dictated: "oh" is a zero in a number and a letter in a name,
"see" is a letter in a name and nothing in a number. So a reader is made for one kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz, process

from appliance.dictation.numbers import number_at
from appliance.dictation.tokens import Token
from appliance.language.dictation_words import DictationWords

Alphabet = Literal["digits", "letters", "both"]

CONFUSED: Final = ("bcdegptvz", "fsx", "mn", "ahjk", "iy", "quw", "ao", "or", "lo")
"""Letters whose names are taken for one another on the telephone."""
NEARLY_LETTERS: Final = 4
NEARLY_SCORE: Final = 75.0
"""A word of so many letters and with so good a rapidfuzz ratio (0..100) is a misheard word of the
spelling alphabet ..."""
LEAST_CODE_WORDS: Final = 2
"""... where so many others of them were heard."""
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
    nothing = token.text in known.fillers or (
        alphabet == "letters" and at + 1 < len(words) and code_letter(words, at + 1, known) != ""
    )
    return Piece("", 1) if nothing else Piece("", 0)


def code_letter(words: Sequence[Token], at: int, known: DictationWords) -> str:
    """The letter that a word of the spelling alphabet stands for; empty for any other word. Where
    others of them were heard, one that is nearly such a word is one."""
    word = words[at].text
    if word in known.code_words or len(word) < NEARLY_LETTERS:
        return known.code_words.get(word, "")
    if sum(each.text in known.code_words for each in words) < LEAST_CODE_WORDS:
        return ""
    nearest = process.extractOne(
        word, known.code_words.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY_SCORE
    )
    return "" if nearest is None else known.code_words[nearest[0]]


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
    letter = known.letters.get(token.text, "")
    explained = _explained(words, at, letter, known)
    if explained.size:
        return explained
    coded = code_letter(words, at, known)
    if coded:
        return Piece(coded, 1)
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
    the two can be confused, or when it is one of the spelling alphabet."""
    for between in known.standing_for:
        word_at = at + 1 + len(between)
        said = tuple(token.text for token in words[at + 1 : word_at])
        if said != between or word_at >= len(words) or not words[word_at].is_word:
            continue
        word = words[word_at].text
        coded = code_letter(words, word_at, known)
        if coded:
            return Piece(coded, word_at + 1 - at)
        if not letter:
            continue
        initial = word[0]
        if len(word) == 1:  # "X as in X-ray"
            behind = word_at + 1 < len(words) and words[word_at + 1].start == words[word_at].end + 1
            return (
                Piece(letter, word_at + 2 - at) if word == letter and behind else Piece(letter, 1)
            )
        confusable = any(letter in group and initial in group for group in CONFUSED)
        return Piece(initial if confusable else letter, word_at + 1 - at)
    return Piece(letter, 1) if letter else Piece("", 0)
