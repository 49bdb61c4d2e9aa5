"""Whether a recogniser repeats itself instead of writing down what was said.

Whisper, most of all on less sound than it was trained with, can fall into a loop: six times "no"
became 27 times "no", and it was sure of each. The text alone shows it.
"""

from __future__ import annotations

import zlib
from typing import Final

from appliance.text.canonical import canonical

COMPRESSION_RATIO: Final = 2.4
"""Of OpenAI's reference decoder: text that deflates to less than 1 / 2.4 repeats itself."""
WORDS_PER_S: Final = 5.5
SPARE_WORDS: Final = 4
"""People say 2 to 4 words a second; a short sound may hold a few more."""
TIMES: Final = {1: 7, 2: 4}
"""How often a word, or two words, must follow themselves to be a loop ..."""
TIMES_OF_MORE: Final = 3
"""... and how often more words."""
LONGEST: Final = 12
"""Words of a repeated phrase that is looked for."""


def is_repeating(text: str, seconds: float) -> bool:
    """Whether ``text``, heard in ``seconds`` of sound, is a loop of the recogniser's."""
    words = canonical(text).split()
    if len(words) > SPARE_WORDS + WORDS_PER_S * seconds:
        return True
    loops = (_repeats(words, size) for size in range(1, LONGEST + 1))
    return any(loops) or _compression_ratio(text) > COMPRESSION_RATIO


def _repeats(words: list[str], size: int) -> bool:
    """Whether ``size`` words follow themselves too often."""
    same = 0  # words in a row that are what stands ``size`` words before
    for at in range(size, len(words)):
        same = same + 1 if words[at] == words[at - size] else 0
        if same >= size * (TIMES.get(size, TIMES_OF_MORE) - 1):
            return True
    return False


def _compression_ratio(text: str) -> float:
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0
