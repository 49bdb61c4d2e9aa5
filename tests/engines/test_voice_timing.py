"""The arithmetic of groups of phonemes and the words they belong to."""

from dataclasses import dataclass

import pytest

from appliance.engines.voice_timing import group_ends, word_ends

pytestmark = pytest.mark.unit


@dataclass
class Sound:
    phoneme: str
    num_samples: int


def test_groups_end_before_their_pause() -> None:
    sounds = [Sound("^", 100), Sound("j", 50), Sound("ɛ", 50), Sound(",", 300), Sound(" ", 10)]
    sounds += [Sound("n", 90), Sound("ˈ", 0), Sound("oʊ", 100), Sound(".", 20), Sound("$", 500)]
    assert group_ends(sounds, 1000) == [0.2, 0.7]


def test_a_pause_alone_is_no_group() -> None:
    assert group_ends([Sound("^", 10), Sound(".", 10), Sound("$", 10)], 1000) == []


def test_each_word_gets_the_end_of_its_group() -> None:
    assert word_ends("Yes, no. – Oh?", [0.2, 0.5, 0.9]) == ((4, 0.2), (8, 0.5), (14, 0.9))


def test_groups_are_spread_over_a_different_number_of_words() -> None:
    """espeak joins "of the", and reads "42" as two words."""
    fewer = word_ends("out of the box", [0.2, 0.6, 0.9])
    assert [index for index, _ in fewer] == [3, 6, 10, 14]
    assert [second for _, second in fewer] == pytest.approx([0.15, 0.4, 0.675, 0.9])
    more = word_ends("it is 42", [0.2, 0.4, 0.6, 0.8])
    assert more[-1][1] == pytest.approx(0.8)


@pytest.mark.parametrize(("text", "ends"), [("", [0.2]), ("...", [0.2]), ("yes", [])])
def test_without_words_or_groups_there_are_no_ends(text: str, ends: list[float]) -> None:
    assert word_ends(text, ends) == ()
