"""The word graph and the language model, asked as a decoder would."""

import math

import pytest

from models.recipes.vosk import graph, ngram
from models.recipes.vosk.kaldi_files import Transducer, forward, self_loop

pytestmark = pytest.mark.unit


def number(form: str) -> int:
    return graph.FORMS.index(form) + 1


def outputs(net: Transducer, transitions: list[int]) -> dict[tuple[int, ...], float]:
    """What ``net`` turns a row of transition ids into, with the least cost of each."""
    found: dict[tuple[int, ...], float] = {}
    paths = [(net.start, 0, (), 0.0)]
    while paths:
        state, at, said, cost = paths.pop()
        if at == len(transitions) and state in net.final:
            total = cost + net.final[state]
            found[said] = min(total, found.get(said, math.inf))
        for label, output, price, target in net.arcs[state]:
            if label == 0 or (at < len(transitions) and transitions[at] == label):
                words = (*said, output) if output else said
                paths.append((target, at + (label != 0), words, cost + price))
    return found


def test_a_word_is_its_phones_with_their_places() -> None:
    assert graph.forms(("ax",)) == ["ax_S"]
    assert graph.forms(("f", "ao", "r")) == ["f_B", "ao_I", "r_E"]


def test_forms_of_a_phone_share_its_classes() -> None:
    classes = graph.form_classes()
    assert len(classes) == len(graph.FORMS)
    assert classes[0] == (0, 1)
    assert {classes[number(f"aa_{place}") - 1] for place in "BIES"} == {(2, 3)}


def test_the_lexicon_turns_phones_into_words_and_allows_pauses() -> None:
    labels = graph.word_labels(["go", "no"])
    net = graph.lexicon_graph({"go": (("g", "ow"),), "no": (("n", "ow"),)}, labels)
    go = [forward(number("g_B")), forward(number("ow_E")), self_loop(number("ow_E"))]
    no = [forward(number("n_B")), forward(number("ow_E"))]
    pause = [forward(1), self_loop(1)]
    assert outputs(net, go).keys() == {(labels["go"],)}
    assert outputs(net, pause + go + pause + no).keys() == {(labels["go"], labels["no"])}
    assert outputs(net, no[:1]) == {}


def test_other_speech_is_unknown_and_costs_more_per_phone() -> None:
    labels = graph.word_labels(["go"])
    usual = [("g", "ow"), ("n", "ow"), ("k", "ae", "t")]
    costs = []
    for unknown_cost in (0.0, 1.0):
        net = graph.lexicon_graph({"go": (("g", "ow"),)}, labels, usual, unknown_cost)
        cat = [forward(number(form)) for form in ("k_B", "ae_I", "t_E")]
        found = outputs(net, cat)
        assert found.keys() == {(labels[graph.UNKNOWN],)}
        costs += found.values()
    assert costs[1] == pytest.approx(costs[0] + 3.0)


def test_probabilities_of_what_may_follow_a_word_sum_to_one() -> None:
    sentences = ["yes", "yes please", "no", "no thank you", "thank you", "yes thank you"]
    words = sorted({word for text in sentences for word in text.split()})
    labels = graph.word_labels(words)
    extra = dict.fromkeys([*words, graph.UNKNOWN], 0.5)
    net = ngram.acceptor(ngram.counted(sentences), extra, labels)

    def probability(state: int, label: int) -> float:
        """Of a word, 0 for the end, in a state, the backoff followed where there is no arc."""
        for found, _, cost, _ in net.arcs[state]:
            if found == label and label:
                return math.exp(-cost)
        if not label and state in net.final:
            return math.exp(-net.final[state])
        spread = [(cost, target) for found, _, cost, target in net.arcs[state] if found == 0]
        return math.exp(-spread[0][0]) * probability(spread[0][1], label) if spread else 0.0

    single = next(s for s in range(len(net.arcs)) if all(arc[0] for arc in net.arcs[s]))
    total = sum(probability(single, label) for label in [0, *labels.values()])
    assert total == pytest.approx(1.0)
    arcs = {arc[0]: arc for arc in net.arcs[net.start]}
    assert math.exp(-arcs[labels["yes"]][2]) > math.exp(-arcs[labels["thank"]][2])


def test_an_unseen_word_is_reached_by_backing_off() -> None:
    labels = graph.word_labels(["rare", "yes"])
    net = ngram.acceptor(
        ngram.counted(["yes"]), {"rare": 0.1, "yes": 0.1, graph.UNKNOWN: 0.1}, labels
    )
    found = outputs(net, [labels["rare"]])
    assert found.keys() == {(labels["rare"],)}
