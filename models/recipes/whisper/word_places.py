"""When each word of an utterance is said: what teaches the decoder where to look.

Synthesisers and the aligner tell when every phone ends, not which word it belongs to. So the phones
that were spoken are matched with those that the words should have, at the fewest changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.recipes.corpus.phones import SILENCE
from models.recipes.corpus.utterance import Utterance

Span = tuple[float, float]
"""Start and end in seconds."""
VOWELS = frozenset("aeiou")
ALIKE = 0.6
"""What one vowel for another costs, or one consonant for another; a phone too many costs 1."""
UNLIKE = 1.5


def word_spans(utterance: Utterance, sounds: Mapping[str, Sequence[str]]) -> list[Span]:
    """Of each word of ``utterance``, whose phones must have ends; ``sounds`` says how words are
    pronounced. A word of which nothing is heard has a span of no length."""
    starts = (0.0, *utterance.ends[:-1])
    spoken = [
        (phone, start, end)
        for phone, start, end in zip(utterance.phones, starts, utterance.ends, strict=True)
        if phone != SILENCE
    ]
    words = utterance.text.split()
    expected = [(phone, at) for at, word in enumerate(words) for phone in sounds.get(word, word)]
    owners = _owners([phone for phone, _, _ in spoken], expected)
    spans: list[Span] = []
    last = spoken[0][1] if spoken else 0.0
    for at in range(len(words)):
        mine = [span for (_, *span), owner in zip(spoken, owners, strict=True) if owner == at]
        spans.append((mine[0][0], mine[-1][1]) if mine else (last, last))
        last = spans[-1][1]
    return spans


def _owners(spoken: Sequence[str], expected: Sequence[tuple[str, int]]) -> list[int]:
    """The word of each phone that was spoken; never falls."""
    costs = [[float(at) for at in range(len(expected) + 1)]]
    for phone in spoken:
        above, row = costs[-1], [costs[-1][0] + 1.0]
        for at, (wanted, _) in enumerate(expected):
            row.append(min(above[at] + _change(phone, wanted), above[at + 1] + 1.0, row[at] + 1.0))
        costs.append(row)
    owners: list[int] = []
    at = len(expected)
    for number in range(len(spoken), 0, -1):
        here = costs[number]
        while at and here[at] == here[at - 1] + 1.0:  # not heard
            at -= 1
        owners.append(expected[max(0, at - 1)][1])
        if at and here[at] == costs[number - 1][at - 1] + _change(
            spoken[number - 1], expected[at - 1][0]
        ):
            at -= 1
    return owners[::-1]


def _change(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return ALIKE if (one[0] in VOWELS) == (other[0] in VOWELS) else UNLIKE
