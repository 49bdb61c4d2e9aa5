"""Which sound each of Piper's phonemes is.

Piper turns a text into espeak-ng's IPA symbols, one code point each, and looks their ids up in the
voice's own map. The sounds are the 42 of American English as festival and flite name them, plus the
flap of "water" (``dx``). Symbols of two code points (diphthongs, affricates, long vowels) get ids
of their own: a configuration may list them as ``vowel_clusters``, which Piper merges first.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

PAUSE: Final = "pau"
FLAP: Final = "dx"
PHONES: Final = (
    PAUSE,
    *"aa ae ah ao aw ax ay b ch d dh eh er ey f g hh ih iy jh k l m n ng ow oy p r s sh t th uh uw "
    "v w y z zh".split(),
    FLAP,
)
NUMBER: Final = {phone: number for number, phone in enumerate(PHONES)}
VOWELS: Final = frozenset("aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw".split())
PAUSES: Final = frozenset(",;:.!?-()")
PRIMARY, SECONDARY = "ˈ", "ˌ"
STRESS: Final = {SECONDARY: 1, PRIMARY: 2}

_MERGED: Final = ("tʃ", "dʒ", "ɑː", "ɔː", "iː", "uː", "ɜː", "oː")
"""Ids from 166 on: 165 is the last of Piper's own map."""
_SYLLABIC_N: Final = "n̩"
"""Two ids, those of "ə" and "n"."""
_DIPHTHONGS: Final = ("aɪ", "aʊ", "ɔɪ", "eɪ", "oʊ")
"""In Piper's own map."""
ID_COUNT: Final = 256

_SYMBOLS: Final = {
    "aa": "a ɑ ɒ ɑː", "ae": "æ ɶ", "ah": "ʌ", "ao": "ɔ ɔː oː", "aw": "aʊ",
    "ax": "ə ɐ ɘ", "ay": "aɪ", "b": "b ɓ ʙ", "ch": "tʃ", "d": "d ɖ ɗ", "dh": "ð",
    "eh": "ɛ ε", "er": "ɚ ɝ ɜ ɜː ø œ ɞ", "ey": "e eɪ", "f": "f ɸ",
    "g": "g ɡ ɟ ɠ ɢ ɣ ʛ", "hh": "h ħ ɦ ʜ", "ih": "ɪ ɨ ᵻ", "iy": "i y iː",
    "jh": "dʒ ʄ", "k": "k c q x χ X", "l": "l ɫ ɬ ɭ ɮ ʎ ʟ", "m": "m ɱ",
    "n": "n ɲ ɳ", "ng": "ŋ ɴ", "ow": "o oʊ ɤ ɵ", "oy": "ɔɪ", "p": "p",
    "r": "r ɹ ɺ ɻ ɽ ʀ ʁ", "s": "s ʦ", "sh": "ʃ ç ɕ ɧ ʂ", "t": "t ʈ ʔ", "th": "θ",
    "uh": "ʊ ʏ", "uw": "u uː ɯ ʉ", "v": "v β ʋ ⱱ", "w": "w ɥ ɰ ʍ", "y": "j ʝ",
    "z": "z", "zh": "ʒ ʐ ʑ", FLAP: "ɾ",
}  # fmt: skip
SOUND_OF: Final = {symbol: phone for phone, all_ in _SYMBOLS.items() for symbol in all_.split()}
"""The phone of every symbol that sounds; foreign ones get the nearest English one."""


def merged_symbols() -> list[list[str]]:
    """What ``vowel_clusters`` of the configuration holds."""
    return [list(symbol) for symbol in (*_MERGED, _SYLLABIC_N, *_DIPHTHONGS)]


def id_map() -> dict[str, list[int]]:
    """``phoneme_id_map`` of the configuration: Piper's own, and the merged symbols."""
    ids = {symbol: list(numbers) for symbol, numbers in DEFAULT_PHONEME_ID_MAP.items()}
    ids.update({symbol: [166 + at] for at, symbol in enumerate(_MERGED)})
    ids[_SYLLABIC_N] = ids["ə"] + ids["n"]
    return ids


def tables_by_id() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For every id: its phone's number (-1 for what does not sound), and the stress it gives to the
    next."""
    ids = id_map()
    phones = np.full(ID_COUNT, -1, np.int64)
    stresses = np.zeros(ID_COUNT, np.int64)
    for symbol, phone in SOUND_OF.items():
        for number in ids.get(symbol, ()):
            phones[number] = NUMBER[phone]
    for symbol in (*PAUSES, "^", "$"):
        phones[ids[symbol]] = NUMBER[PAUSE]
    for symbol, stress in STRESS.items():
        stresses[ids[symbol]] = stress
    return phones, stresses
