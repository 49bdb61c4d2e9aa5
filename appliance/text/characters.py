"""Characters that voices have no sound for, as others that they have, or left out.

A voice names what it cannot read ("letter F F four eight"). So letters that are only another shape
of a letter (full-width, mathematical, in a circle) become that letter, invisible ones go, and
letters of a script that the language is not written in are written in Latin ones.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

_ENTITIES: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
"""As pages of the web write them: "caf&eacute;", "Smith &amp; Sons"."""
_UNUSUAL: Final = re.compile(r"[^\x00-\x7f]")
_MARKS: Final = re.compile("([\u0300-\u036f]{3})[\u0300-\u036f]+")
"""More accents than a letter has; sorting them would take long."""
_SHAPES: Final = re.compile(
    "[\u2100-\u2101\u2103\u2105-\u2106\u2109-\u2115\u2119-\u211d\u2124\u212c-\u2139\u2160-\u2188"
    "\u2080-\u2089\u2460-\u24ff\u3200-\u33ff\ufb00-\ufb06\uff01-\uff5e\uffe0-\uffe6\U0001d400-\U0001d7ff"
    "\U0001f100-\U0001f16f]"
)
"""Only another shape of other characters."""
_GREEK: Final = re.compile("(?<![\u0370-\u03ff])[\u0391-\u03a9\u03b1-\u03c9](?![\u0370-\u03ff])")
"""A Greek letter by itself is a sign, and has a name."""
_SPACES: Final = "\u200b\u2028\u2029\u3000\u1680\u180e"
_DROPPED: Final = ("So", "Sk", "Cf", "Cc", "Co", "Cs", "Cn", "Me")
"""Categories of emoji and their joiners, control characters, halves of characters."""
_KEPT: Final = "°©®\u200b→←⇒➔➡"
_OWN_SCRIPTS: Final = {
    "ru": "CYRILLIC", "uk": "CYRILLIC", "bg": "CYRILLIC", "sr": "CYRILLIC", "mk": "CYRILLIC",
    "be": "CYRILLIC", "kk": "CYRILLIC", "ky": "CYRILLIC", "mn": "CYRILLIC", "tg": "CYRILLIC",
    "el": "GREEK", "ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "ps": "ARABIC", "he": "HEBREW",
    "hi": "DEVANAGARI", "mr": "DEVANAGARI", "ne": "DEVANAGARI", "bn": "BENGALI", "ta": "TAMIL",
    "te": "TELUGU", "ml": "MALAYALAM", "kn": "KANNADA", "gu": "GUJARATI", "pa": "GURMUKHI",
    "si": "SINHALA", "th": "THAI", "lo": "LAO", "km": "KHMER", "my": "MYANMAR", "ka": "GEORGIAN",
    "hy": "ARMENIAN", "am": "ETHIOPIC", "ko": "HANGUL", "zh": "CJK", "ja": "CJK HIRAGANA KATAKANA",
}  # fmt: skip
"""Languages that are written in another script than the Latin one."""


def plain_characters(text: str) -> str:
    """``text`` in letters, figures, signs and punctuation; the rest is left out."""
    while (meant := _ENTITIES.sub(lambda entity: html.unescape(entity.group()), text)) != text:
        text = meant
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", _MARKS.sub(r"\1", text))
    return "".join(map(_plain, text))


def in_script(text: str, language: str) -> str:
    """``text`` with the letters that ``language`` (``de-AT``) is not written in as Latin ones."""
    if text.isascii():
        return text
    own = _OWN_SCRIPTS.get(language[:2], "")
    if own != "GREEK":
        text = _GREEK.sub(lambda char: _named(char.group()), text)
    return _UNUSUAL.sub(lambda char: _latin(char.group(), own), text)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in "\n\t" or " " <= char <= "~":
        return char
    if char in _SPACES or unicodedata.category(char) in ("Zs", "Zl", "Zp"):
        return " "
    if _SHAPES.match(char):
        return _same(char)
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if "\u0300" <= char <= "\u036f" or "\ufe00" <= char <= "\ufe0f":
        return ""
    return "" if kind in _DROPPED and char not in _KEPT else char


def _same(char: str) -> str:
    """``Ⅷ`` -> VIII; ``①`` -> 1; ``ﬁ`` -> fi."""
    same = unicodedata.normalize("NFKC", char)
    if same == char or not same.isprintable():
        return ""
    stays = "\u2460" <= char <= "\u24ff" or char > "\U0001f0ff"
    return f" {same.strip('().')} " if stays else same


def _named(char: str) -> str:
    """``β`` -> beta."""
    return f" {unicodedata.name(char).rsplit(' ', 1)[-1].lower()} "


@lru_cache(maxsize=4096)
def _latin(char: str, own: str) -> str:
    kind = unicodedata.category(char)
    if kind[0] not in "LMN":
        return char
    script = unicodedata.name(char, "").split(" ")
    if script[0] == "LATIN" or script[0] in ("MODIFIER", "FEMININE", "MASCULINE", "MICRO"):
        return char
    if own and (script[0] in own.split() or kind[0] == "M" or len(script) < 2):
        return char
    if kind in ("No", "Nl"):
        return char
    written = anyascii(char)
    return f"{written} " if script[0] in ("CJK", "HANGUL") and written else written
