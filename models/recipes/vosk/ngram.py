"""A backoff trigram as an acceptor, from counted sentences.

Interpolated absolute discounting: of every count d is taken, and what is gained is spread over the
words by the probabilities of the shorter history.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from models.recipes.vosk.kaldi_files import Transducer

START, END = "<s>", "</s>"
DISCOUNT: Final = 0.95
"""Of every count. High, because the templates make what was drawn once no likelier than what was
not drawn."""
History = tuple[str, ...]


def counted(sentences: Iterable[str], order: int = 3) -> list[dict[History, Counter[str]]]:
    """By length of the history, then by history: how often each word followed it."""
    counts: list[dict[History, Counter[str]]] = [defaultdict(Counter) for _ in range(order)]
    for sentence in sentences:
        words = [START, *sentence.split(), END]
        for at in range(1, len(words)):
            for length in range(min(order - 1, at) + 1):
                counts[length][tuple(words[at - length : at])][words[at]] += 1
    return counts


def acceptor(
    counts: list[dict[History, Counter[str]]],
    extra: Mapping[str, float],
    labels: Mapping[str, int],
) -> Transducer:
    """``Gr.fst``: a state for each history, an arc for each word seen behind it, and an arc without
    a word to the history without its oldest word.

    ``extra`` is added to the counts of single words, so that none is impossible.
    """
    single: Counter[str] = counts[0][()]
    total = sum(single.values()) + sum(extra.values())

    @cache
    def probability(history: History, word: str) -> float:
        if not history:
            return (single[word] + extra.get(word, 0.0)) / total
        followers = counts[len(history)].get(history)
        shorter = probability(history[1:], word)
        if not followers:
            return shorter
        seen = sum(followers.values())
        kept = max(followers[word] - DISCOUNT, 0.0) / seen
        return kept + DISCOUNT * len(followers) / seen * shorter

    graph = Transducer()
    states = {history: graph.state() for level in counts for history in sorted(level)}
    graph.start = states[(START,)]
    for history, state in states.items():
        followers = counts[len(history)][history]
        words = sorted({*followers, *extra}) if not history else sorted(followers)
        for word in words:
            cost = -math.log(probability(history, word))
            if word == END:
                graph.final[state] = cost
                continue
            target = (*history, word)[-(len(counts) - 1) :]
            while target not in states:
                target = target[1:]
            graph.arc(state, labels[word], labels[word], cost, states[target])
        if history:
            spread = DISCOUNT * len(followers) / sum(followers.values())
            graph.arc(state, 0, 0, -math.log(spread), states[history[1:]])
    return graph
