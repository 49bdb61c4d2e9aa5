"""How long to wait after words: do they sound finished?

A fixed wait must be 500-800 ms to be safe, while people leave about 200 ms between turns. Judging
the words lets a finished question be answered quickly without cutting into "I would like to come on
...".
"""

from __future__ import annotations

from appliance.config.agent import Endpointing, Expect
from appliance.dictation.progress import Progress
from appliance.language.registry import language_of


def wait_ms(
    said: str,
    options: Endpointing,
    language: str,
    *,
    expect: Expect = "any",
    answered: bool = False,
    dictating: Progress = Progress.NONE,
) -> int:
    """Milliseconds of silence that end a turn which so far says ``said``, in the canonical form.

    ``expect`` is what the agent's last words asked for; ``answered`` says that a knowledge entry
    matches confidently, so the request is known to be complete. ``dictating``: how far a number, a
    name or an address is that the words may be part of.
    """
    known = language_of(language)
    words = said.split()
    if not words:
        return options.complete_ms
    if dictating is Progress.GOING_ON:
        return options.digits_ms
    if dictating is Progress.COMPLETE:
        return options.complete_ms
    if answered:
        return options.answered_ms
    if words[-1] in known.unfinished:
        return options.incomplete_ms
    if len(words) <= 3 and words[0] in known.closed:
        return options.answered_ms
    if expect == "yes_no" and len(words) <= 4:
        return options.answered_ms
    if expect == "open" and len(words) <= 2:
        return options.incomplete_ms
    return options.complete_ms
