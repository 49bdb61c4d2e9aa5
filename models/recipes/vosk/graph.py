"""The graph of words: which phones make which word, and what any other speech sounds like.

A phone has one state, and a form for each place in a word (begin, internal, end, alone); the forms
share their classes, they only tell where words begin. The word's label stands on its first arc, so
that composition with the language knows at once what is allowed and no determinisation is needed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final

from models.recipes.corpus.phones import PHONES, SILENCE, SPOKEN
from models.recipes.vosk.kaldi_files import Transducer, forward, self_loop
from models.recipes.vosk.lexicon import Lexicon, Pronunciation

UNKNOWN: Final = "[unk]"
SILENCE_PROBABILITY: Final = 0.5
"""Of a pause before the first and behind any word."""
RARE: Final = 4.6
"""The cost of a phone behind another, above which ``[unk]`` does without the pair: 1 in 100."""
PLACES: Final = {"B": "begin", "I": "internal", "E": "end", "S": "singleton"}

FORMS: Final = (SILENCE, *(f"{phone}_{place}" for phone in SPOKEN for place in PLACES))
"""All forms of all phones; the first is number 1."""
_NUMBERS: Final = {form: number for number, form in enumerate(FORMS, 1)}
_LN2: Final = math.log(2)


def classes(phone: str) -> tuple[int, int]:
    """What the network calls the first frame of ``phone``, and its others."""
    number = PHONES.index(phone)
    return 2 * number, 2 * number + 1


def form_classes() -> list[tuple[int, int]]:
    """``classes`` of each of ``FORMS``."""
    return [classes(form.split("_")[0]) for form in FORMS]


def word_labels(words: Iterable[str]) -> dict[str, int]:
    """A number from 1 for each word and for ``UNKNOWN``."""
    return {word: number for number, word in enumerate([*sorted(words), UNKNOWN], 1)}


def forms(pronunciation: Pronunciation) -> list[str]:
    """``pronunciation`` with the places of its phones."""
    if len(pronunciation) == 1:
        return [f"{pronunciation[0]}_S"]
    last = len(pronunciation) - 1
    return [
        f"{phone}_{'B' if at == 0 else 'E' if at == last else 'I'}"
        for at, phone in enumerate(pronunciation)
    ]


def lexicon_graph(
    lexicon: Lexicon,
    labels: Mapping[str, int],
    usual: Iterable[Pronunciation] = (),
    unknown_cost: float = 0.0,
    word_cost: float = 0.0,
) -> Transducer:
    """``HCLr.fst``: from transition ids to words, and to ``UNKNOWN`` for anything that is spoken as
    words usually are: phone by phone, like the ``usual`` pronunciations, each phone at a cost of
    ``unknown_cost`` more (less, if negative) than it has there. ``word_cost`` of every word makes
    few long ones likelier than many short ones."""
    graph = Transducer()
    after, before = graph.state(), graph.state()  # a word; the first is also where it all begins
    graph.start, graph.final[before] = after, 0.0
    graph.arc(after, 0, 0, -math.log(1 - SILENCE_PROBABILITY), before)
    pause = _phone(graph, after, SILENCE, 0, -math.log(SILENCE_PROBABILITY))
    graph.arc(pause, 0, 0, 0.0, before)
    for word, pronunciations in lexicon.items():
        for pronunciation in pronunciations:
            state, label, cost = before, labels[word], word_cost
            for form in forms(pronunciation):
                state, label, cost = _phone(graph, state, form, label, cost), 0, 0.0
            graph.arc(state, 0, 0, 0.0, after)
    if costs := _phone_costs(usual):
        _unknown(graph, before, after, labels[UNKNOWN], costs, unknown_cost)
    return graph


def _phone(graph: Transducer, source: int, form: str, label: int, cost: float) -> int:
    state = graph.state()
    _enter(graph, source, form, label, cost, state)
    graph.arc(state, self_loop(_NUMBERS[form]), 0, _LN2, state)
    return state


def _enter(graph: Transducer, source: int, form: str, label: int, cost: float, target: int) -> None:
    graph.arc(source, forward(_NUMBERS[form]), label, cost + _LN2, target)


def _phone_costs(usual: Iterable[Pronunciation]) -> dict[tuple[str, str], float]:
    """Of each phone behind another ("" at the beginning), from pairs in ``usual``."""
    pairs: Counter[tuple[str, str]] = Counter()
    for pronunciation in usual:
        pairs.update(pairwise(["", *pronunciation]))
    if not pairs:
        return {}
    totals: Counter[str] = Counter()
    for (first, _), count in pairs.items():
        totals[first] += count
    return {
        (first, second): -math.log((pairs[first, second] + 0.5) / (totals[first] + 20))
        for first in ["", *SPOKEN]
        for second in SPOKEN
    }


def _unknown(
    graph: Transducer,
    before: int,
    after: int,
    label: int,
    costs: Mapping[tuple[str, str], float],
    unknown_cost: float,
) -> None:
    """Words of two phones and more, each as likely as the phone before it makes it."""
    inside = {}
    for place in "BIE":
        for phone in SPOKEN:
            state = inside[phone, place] = graph.state()
            graph.arc(state, self_loop(_NUMBERS[f"{phone}_{place}"]), 0, _LN2, state)
    for second in SPOKEN:
        cost = costs["", second] + unknown_cost
        _enter(graph, before, f"{second}_B", label, cost, inside[second, "B"])
        graph.arc(inside[second, "E"], 0, 0, 0.0, after)
        for first in SPOKEN:
            if costs[first, second] > RARE:
                continue
            for source in "BI":
                for target in "IE":
                    cost = costs[first, second] + unknown_cost + _LN2  # one phone more, or the last
                    here, there = inside[first, source], inside[second, target]
                    _enter(graph, here, f"{second}_{target}", 0, cost, there)
