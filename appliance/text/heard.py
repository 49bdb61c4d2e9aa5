"""What the caller has heard of an utterance that was stopped.

The conversation's history holds only that, so that the model does not refer to words that never
reached anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"\S+")


def heard_text(
    text: str, word_ends: Sequence[tuple[int, float]], duration_s: float, heard_s: float
) -> str:
    """The beginning of ``text`` that was heard in ``heard_s`` of its ``duration_s`` seconds.

    ``word_ends`` are those of ``Speech``; without them every character is taken to last equally
    long. Only whole words count as heard; the empty string when there was none.
    """
    if heard_s >= duration_s:
        return text.strip() if duration_s > 0 else ""
    if not word_ends:
        word_ends = [(m.end(), m.end() / len(text) * duration_s) for m in _WORD.finditer(text)]
    ends = [index for index, second in word_ends if second <= heard_s]
    return text[: ends[-1]].strip() if ends else ""
