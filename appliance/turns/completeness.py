"""Do the words before a pause sound finished?

A fixed wait must be 500-800 ms to be safe, while people leave about 200 ms between turns. Judging
the words lets a goodbye be answered quickly without cutting into "I would like to come on ...". A
match with the knowledge is no end ("are you open" matches, and may go on), and neither is
punctuation: Whisper puts full stops and question marks behind halves. Only where it leaves the
sentence open does it tell something.
"""

from __future__ import annotations

import re
from typing import Final

from appliance.config.agent import Expect
from appliance.dictation.progress import Progress
from appliance.language.language import Language
from appliance.language.registry import language_of
from appliance.text.canonical import canonical
from appliance.turns.endpointer import Judgement

ANSWER_WORDS: Final = 4
"""So few may be a whole answer to what the agent has said."""
_LEFT_OPEN: Final = re.compile(r"(?:\.{2,}|[…,:;–—-])\s*$")
"""How recognisers with punctuation write a sentence that is cut off."""
_UNMARKED: Final = re.compile(r"[.,?!]\s.*[^.?!\"')\s]\s*$")
"""A text with marks inside and none at its end."""
_MARKS: Final = " .?!,;:…–—-\"'"


def judgement(
    text: str, language: str, *, expect: Expect = "any", dictating: Progress = Progress.NONE
) -> Judgement:
    """What ``text``, a turn so far as the recogniser writes it, says about the turn's end.

    ``expect`` is what the agent's last words asked for; ``dictating``: how far a number, a name or
    an address is that the words may be part of.
    """
    known = language_of(language)
    said = canonical(text, language)
    words = said.split()
    if not words:
        return Judgement.COMPLETE
    if dictating is not Progress.NONE:
        return Judgement.DIGITS if dictating is Progress.GOING_ON else Judgement.COMPLETE
    if _answers(words, known, expect) or known.ends.over.search(said):
        return Judgement.OVER
    if _LEFT_OPEN.search(text) or known.ends.cut_short.search(_written(text)):
        return Judgement.INCOMPLETE
    return _by_words(text, said, known, expect)


def _by_words(text: str, said: str, known: Language, expect: Expect) -> Judgement:
    ends, words = known.ends, said.split()
    if ends.whole.search(said):
        return Judgement.COMPLETE
    if words[-1] in known.unfinished or ends.incomplete.search(said):
        return Judgement.INCOMPLETE
    if expect == "open" and len(words) <= 2:
        return Judgement.INCOMPLETE
    told = expect == "any" and len(words) > ANSWER_WORDS and not ends.invites.search(said)
    if told or ends.doubtful.search(said) or _UNMARKED.search(text):
        return Judgement.DOUBTFUL
    return Judgement.COMPLETE


def _answers(words: list[str], known: Language, expect: Expect) -> bool:
    """Whether a yes/no question got its yes or no, and no "no thank you": a goodbye may follow."""
    return expect == "yes_no" and len(words) <= 2 and words[0] in known.closed


def _written(text: str) -> str:
    return text.replace("’", "'").lower().strip(_MARKS)
