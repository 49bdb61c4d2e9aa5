"""A caller's words as they are compared with a question.

Recognisers write no punctuation and callers wrap their question into politeness; what tells one
question from another are its content words.
"""

from __future__ import annotations

import re

from appliance.language.registry import language_of
from appliance.text.canonical import canonical

TIME_WEIGHT, TIME_WEIGHT_ELSEWHERE, TIMES_WEIGHT = 0.2, 0.4, 0.4
"""A day or an hour that an entry does not have weighs little (more, when another entry has it), and
all together no more than the last."""


def tokens(text: str, language: str = "en") -> list[str]:
    """The words of ``text`` in canonical form: synonyms made one, politeness taken out."""
    known = language_of(language).questions
    words = canonical(text, language).split()
    text = " ".join(known.synonyms.get(word, word) for word in words)
    for pair, word in known.pairs.items():
        text = re.sub(rf"\b{re.escape(pair)}\b", word, text)
    return known.frames.sub(" ", text).split()
