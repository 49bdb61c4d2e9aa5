"""What English words weigh when a caller's question is compared with the site's.

Recognisers write no punctuation and callers wrap their question into politeness; what tells one
question from another are its content words.
"""

from __future__ import annotations

import re
from typing import Final

from appliance.language.language import QuestionWords

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

_WEIGHTS: dict[str, float] = {
    **{word: weight for weight, listed in _FUNCTION_WORDS.items() for word in listed.split()},
    **dict.fromkeys(_TIMES_TO_COME, 0.3),
    **dict.fromkeys(_GREETINGS, 0.1),
    **dict.fromkeys(_FILLERS, 0.01),
}
_EXTRA_WEIGHTS: dict[str, float] = {
    **{word: 0.6 * weight for word, weight in _WEIGHTS.items() if weight < 0.3},
    **dict.fromkeys(["who", "why", "when", "where"], 1.2),
    **dict.fromkeys(["not", "never"], 2.0),
}

QUESTIONS: Final = QuestionWords(
    stemmer="porter unicode61",
    synonyms=_SYNONYMS,
    pairs=_PAIRS,
    frames=_FRAMES,
    weights=_WEIGHTS,
    extra_weights=_EXTRA_WEIGHTS,
    times=frozenset([*_DAYS_AND_TIMES, *_TIMES_TO_COME]),
)
