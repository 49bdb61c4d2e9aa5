"""How numbers, letters, e-mail addresses and dates are dictated in English.

Both ways of it: "oh", "nought", "double five", "zed", "full stop" and "zero", "five five", "zee",
"period". What recognisers make of single letters was collected from what Whisper wrote.
"""

from __future__ import annotations

import re
from typing import Final

from appliance.language.dictation_words import DictationWords

_UNITS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS: Final = (
    {word: str(value) for value, word in enumerate(_UNITS)}
    | {word: str(10 * value) for value, word in enumerate(_TENS, start=2)}
    | dict.fromkeys("oh o nought naught nil ought".split(), "0")
)
_MISHEARD_DIGITS: Final = {
    "to": "2", "too": "2", "do": "2", "tu": "2", "due": "2", "du": "2",
    "though": "0", "for": "4", "fore": "4", "ate": "8", "won": "1",
    "tree": "3", "free": "3", "fife": "5", "hive": "5", "sex": "6", "sicks": "6", "sax": "6",
    "nein": "9", "night": "9", "niner": "9", "ow": "0", "l": "0", "ol": "00", "eo": "0",
    "owe": "0", "oo": "00", "and": "",
}  # fmt: skip
_LETTERS: Final = {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"} | {
    said: letter
    for letter, names in {
        "a": "ay eh", "b": "bee be", "c": "see sea cee", "d": "dee", "e": "ee", "f": "ef eff",
        "g": "gee jee", "h": "aitch haitch hage age", "i": "eye aye", "j": "jay", "k": "kay cay",
        "l": "el ell elle", "m": "em", "n": "en", "o": "oh owe", "p": "pee pea",
        "q": "cue queue kew", "r": "are ar arr", "s": "ess es", "t": "tee tea", "u": "you ewe yu",
        "v": "vee", "x": "ex", "y": "why wye", "z": "zed zee said",
    }.items()
    for said in names.split()
}  # fmt: skip
_ALPHABET: Final = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar"
    " papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
).split()
_CODE_WORDS: Final = {word: word[0] for word in _ALPHABET} | {
    "alfa": "a", "juliett": "j", "whisky": "w", "fox": "f", "gulf": "g",
    "lime": "l", "lyme": "l",
}  # fmt: skip
_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_DAYS: Final = {word: day for day, word in enumerate(_ORDINALS, start=1)} | {
    f"twenty {word}": 20 + day for day, word in enumerate(_ORDINALS[:9], start=1)
} | {"thirtieth": 30, "thirty first": 31}  # fmt: skip
_WHOSE_NUMBER: Final = (
    r"(?:number|phone|telephone|mobile|cell|pin|reference|extension|account|line)"
)
_IS: Final = r"(?:is|'s|s|was|are|:|,)"

DICTATION: Final = DictationWords(
    numbers=_NUMBERS,
    misheard_digits=_MISHEARD_DIGITS,
    multipliers={"hundred": 100, "thousand": 1000, "million": 1_000_000},
    adding=frozenset(["and"]),
    repeats={"double": 2, "triple": 3, "treble": 3, "quadruple": 4},
    letters=_LETTERS,
    code_words=_CODE_WORDS,
    standing_for=(("is", "for"), ("as", "in"), ("for",), ("like",), ("of",)),
    comments=re.compile(
        r"\bwith (?:an? |one |two |double[ -])?(?:[a-z]|zed|zee|[a-z]'?s)\b"
        r"(?![ -]?[a-z]\b)"
        r"|\b(?:all )?(?:in )?(?:capitals?|capital letters|upper ?case|lower ?case)\b"
        r"|\b(?:all )?(?:one|in one|as one) word\b|\bno (?:spaces?|gaps?)\b|\b(?:new|next) word\b",
        re.IGNORECASE,
    ),
    at=frozenset(["at", "@"]),
    symbols={
        "dot": ".", "point": ".", "period": ".", "full stop": ".", "hyphen": "-", "dash": "-",
        "minus": "-", "underscore": "_", "under score": "_", "plus": "+", "dotcom": ".com",
        "slash": "/",
    },
    address_begins=re.compile(
        r"\b(?:is|it's|its|that's|thats|it is|that is|to me|me|it to|them to|to|e-?mail|address)\b"
        r"[\s,:]+(?!dot\b|at\b|@)",
        re.IGNORECASE,
    ),
    months={name.lower(): month for month, name in enumerate(_MONTHS, start=1)}
    | {name[:3].lower(): month for month, name in enumerate(_MONTHS, start=1)}
    | {"sept": 9},
    ordinals=_DAYS,
    month_first=frozenset(["en-US"]),
    fillers=frozenset(
        "um uh er erm ah hm mm and then so okay ok right yes yeah yep well please the number it's"
        " its it is that's thats that".split()
    ),
    restarts=re.compile(
        r"\b(?:no,? ?(?:sorry|wait|hang on|hold on|actually|i mean|that's wrong|not that)"
        r"|(?:i'm )?sorry,?(?: no| i mean)?|i mean|scratch that|correction"
        r"|let me start (?:again|over)|start again|hang on|hold on|wait)\b"
    ),
    announced={
        "digits": re.compile(
            rf"\b{_WHOSE_NUMBER}\b[^?]{{0,24}}?{_IS}(?=\W)|\b{_WHOSE_NUMBER}\W+$"
            r"|\b(?:ring|call|text|reach|phone|contact) (?:me|us|her|him|them) (?:on|at)\b"
            r"|\bi'm on\b",
            re.IGNORECASE,
        ),
        "name": re.compile(r"\b(?:spel(?:t|led|ling)|spell it|name)\b", re.IGNORECASE),
        "code": re.compile(
            r"\b(?:code|postcode|post code|zip|reference|ticket|number|licen[sc]e plate"
            rf"|registration|serial)\b[^?]{{0,24}}?{_IS}(?=\W)",
            re.IGNORECASE,
        ),
        "email": re.compile(
            r"\be-?mail(?: address)?\b[^?]{0,16}?\b(?:is|'s)\b|\b(?:write|mail) (?:to )?me\b"
            r"|\bsend it to\b",
            re.IGNORECASE,
        ),
        "date": re.compile(r"\b(?:date of birth|birth ?date|birthday|born)\b", re.IGNORECASE),
    },
    confirms=re.compile(
        r"^(?:oh )?(?:that is (?:right|correct|it|fine|perfect|the one)|correct|right|exactly"
        r"|perfect|absolutely|indeed|it is\b(?! not)|yes|you have got it|got it|spot on)\b"
    ),
    rejects=re.compile(
        r"^(?:oh |sorry |um )*(?:no|nope|not|wrong|that is (?:not|wrong)|it is (?:not|wrong)"
        r"|incorrect|almost|nearly)\b"
    ),
    instead_of=re.compile(r"\b(?:,? ?(?:and )?not|instead of|rather than)\b", re.IGNORECASE),
    not_but=re.compile(
        r"\bnot (?P<wrong>.+?),? (?:but|it's|it is|that's|it should be) (?P<right>.+)",
        re.IGNORECASE,
    ),
    at_the_end=re.compile(r"\b(?:at the end|ends? (?:in|with)|ending|last)\b", re.IGNORECASE),
    at_the_start=re.compile(
        r"\b(?:at the (?:start|beginning)|(?:starts|begins|starting|beginning) with|first)\b",
        re.IGNORECASE,
    ),
    hints={"digits": "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, oh, double"},
    digit_names=tuple(_UNITS[:10]),
    symbol_names={
        ".": "dot", "@": "at", "-": "hyphen", "_": "underscore", "+": "plus", "/": "slash",
    },
    alphabet={word[0]: word.capitalize() for word in _ALPHABET},
    for_letter="{letter} for {word}",
    month_names=tuple(_MONTHS),
)  # fmt: skip
