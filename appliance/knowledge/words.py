"""What a caller's words weigh when they are compared with a question.

Recognisers write no punctuation and callers wrap their question into politeness; what tells one
question from another are its content words. The weights are for English; other languages get the
weight that rareness gives.
"""

from __future__ import annotations

import re

from appliance.text.canonical import canonical

_SYNONYMS = {
    "wanna": "want to", "gonna": "going to", "gotta": "have to", "nope": "no", "yeah": "yes",
    "mail": "email", "telephone": "phone", "till": "until",
}  # fmt: skip
_PAIRS = {"e mail": "email", "check up": "checkup", "bye bye": "bye",
          "week end": "weekend", "car park": "parking", "thank you": "thanks"}  # fmt: skip

_FRAMES = re.compile(
    r"\b(?:(?:can|could|would|will) you (?:please )?(?:just |possibly )?tell me|"
    r"(?:do|would) you (?:happen to )?know|i (?:would like|just want|just need) to (?:know|ask)|"
    r"i (?:want|need|wanted) to (?:know|ask)|i was wondering|please tell me|tell me|"
    r"i have a question|may i ask|excuse me|never mind)\b(?= \w)"
)
"""What is said around a question; taken out when something is left behind it."""

_FILLERS = (
    "uh um er erm ah eh hm mm mhm oh well so okay please yes just then actually maybe sorry now "
    "great fine perfect lovely a the an some"
).split()
_GREETINGS = "hello hi hey thanks".split()
_TIMES_TO_COME = "today tomorrow tonight morning afternoon evening night week next".split()
_DAYS_AND_TIMES = (
    "monday tuesday wednesday "
    "thursday friday saturday sunday january february march april june july august september "
    "october november december one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty half "
    "quarter past o'clock am pm first second third"
).split()
_FUNCTION_WORDS = {
    0.15: "is are was were be been do does did will would can could may have has had get got let "
    "go like want need i you me we us it this that there here your our and or to of in at on for "
    "with as by from up any very",
    0.25: "what which about something",
    0.35: "am my his her their they he she how all someone",
    0.5: "much many long make give take put through come back say",
    0.7: "when where who why time not no never",
}

WEIGHTS: dict[str, float] = {
    **{word: weight for weight, listed in _FUNCTION_WORDS.items() for word in listed.split()},
    **dict.fromkeys(_TIMES_TO_COME, 0.3),
    **dict.fromkeys(_GREETINGS, 0.1),
    **dict.fromkeys(_FILLERS, 0.01),
}
"""Of words that tell little, 0..1; others weigh the more, the fewer entries have them."""
EXTRA_WEIGHTS: dict[str, float] = {
    **{word: 0.6 * weight for word, weight in WEIGHTS.items() if weight < 0.3},
    **dict.fromkeys(["who", "why", "when", "where"], 1.2),
    **dict.fromkeys(["not", "never"], 2.0),
}
"""Of words that were heard but that no question of an entry has, where that differs: politeness is
forgiven, a question word asks for something else, a negation turns everything round."""
TIMES = frozenset([*_DAYS_AND_TIMES, *_TIMES_TO_COME])
"""They narrow a question down, and few entries list them all ..."""
TIME_WEIGHT, TIME_WEIGHT_ELSEWHERE, TIMES_WEIGHT = 0.2, 0.4, 0.4
"""... so one that an entry does not have weighs little (more, when another entry has it), and all
together no more than the last."""


def tokens(text: str, language: str = "en") -> list[str]:
    """The words of ``text`` in canonical form: synonyms made one, politeness taken out."""
    text = canonical(text, language)
    if not language.startswith("en"):
        return text.split()
    text = " ".join(_SYNONYMS.get(word, word) for word in text.split())
    for pair, word in _PAIRS.items():
        text = re.sub(rf"\b{pair}\b", word, text)
    return _FRAMES.sub(" ", text).split()
