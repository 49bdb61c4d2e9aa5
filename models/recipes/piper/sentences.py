"""Sentences for a teacher to speak: made-up word salad, for what matters is that every pair of
sounds comes up in many surroundings."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Final

DICTIONARY: Final = Path("/usr/share/festival/dicts/cmu/cmudict-0.4.out")
"""Of Debian's festlex-cmu; only its spellings are used here."""
SEED: Final = 7

COMMON: Final = """
hello thank you please call number order booking table appointment tomorrow today morning afternoon
evening help agent transfer moment question answer office open close time date name address email
phone line minute hour week month year price cost free available sorry goodbye welcome service
support customer account payment card invoice delivery street city water bread cheese chicken pizza
large small hot cold good better best new old first last next know tell want need like make take
find leave send speak listen wait hold press repeat confirm cancel change weather monday tuesday
wednesday thursday friday saturday sunday january february march april may june july august
september october november december one two three four five six seven eight nine ten eleven twelve
thirteen twenty thirty forty fifty hundred thousand oh zero red green blue black white house door
window school doctor hospital hotel room night
""".split()
FUNCTION_WORDS: Final = """
the a of to in and for with on at from by is was are can will you your I my we it this that not be
or but if as have has do does would could should there when what where how which who about than then
into over after before because
""".split()
DIGITS: Final = "one two three four five six seven eight nine zero oh".split()


def sentences(count: int) -> list[str]:
    """``count`` sentences, always the same ones."""
    draw = random.Random(SEED)
    text = DICTIONARY.read_text(encoding="latin-1")
    words = sorted(set(re.findall(r'^\("([a-z]{2,11})" ', text, re.MULTILINE)))
    return [_sentence(draw, words) for _ in range(count)]


def _sentence(draw: random.Random, words: list[str]) -> str:
    clauses = draw.choice((1, 1, 1, 2, 2, 3))
    text = draw.choice((", ", ", ", "; ")).join(_clause(draw, words) for _ in range(clauses))
    return text + draw.choice("...!??")


def _clause(draw: random.Random, words: list[str]) -> str:
    said: list[str] = []
    for _ in range(draw.randint(1, 7)):
        for share in (0.45, 0.25):
            if draw.random() < share:
                said.append(draw.choice(FUNCTION_WORDS))
        said.append(draw.choice(COMMON if draw.random() < 0.3 else words))
    if draw.random() < 0.12:
        said += [draw.choice(DIGITS) for _ in range(draw.randint(3, 7))]
    return " ".join(said)
