"""English said with the sounds of another tongue."""

import pytest

from models.recipes.corpus.accents import FOREIGNERS, Said, command, merged, speakable
from models.recipes.corpus.phones import SPOKEN

pytestmark = pytest.mark.unit


def passages(*pairs: str) -> frozenset[tuple[str, str]]:
    return frozenset((one, other) for one, _, other in (pair.partition("-") for pair in pairs))


def test_what_a_voice_can_say_stays_as_it_is() -> None:
    assert speakable(["#", "a", "z", "#"], passages("#-a", "a-z", "z-#")) == ["#", "a", "z", "#"]


def test_as_few_sounds_as_possible_are_replaced() -> None:
    there = passages("#-z", "#-s", "z-a", "s-a", "a-s", "s-#")
    assert speakable(["#", "z", "a", "z", "#"], there) == ["#", "z", "a", "s", "#"]


def test_a_line_without_a_way_through_is_refused() -> None:
    assert speakable(["#", "z", "a"], passages("#-s", "z-a")) is None


def test_a_sound_behind_itself_needs_no_passage_and_becomes_one() -> None:
    assert speakable(["t", "t"], passages()) == ["t", "t"]
    said = [("t", 0.25, 100.0), ("t", 0.5, 90.0), ("a", 0.125, 80.0)]
    assert list(merged(said)) == [("t", 0.75, 100.0), ("a", 0.125, 80.0)]


def test_festival_is_told_sounds_lengths_and_a_pitch_in_their_middle() -> None:
    said = Said((("#", 0.2, 100.0), ("a", 0.1, 110.4)), ("SIL", "aa"), (0.2, 0.3))
    assert command(said) == (
        "(set! u (utt.synth (Utterance Segments "
        "((# 0.2000 (0.1000 100)) (a 0.1000 (0.0500 110))))))"
    )


@pytest.mark.parametrize("name", FOREIGNERS)
def test_every_voice_has_sounds_for_nearly_all_of_english(name: str) -> None:
    missing = set(SPOKEN) - set(FOREIGNERS[name].sounds)
    assert missing <= {"hh"} or (name.startswith("suo") and missing == {"ch", "jh", "sh", "zh"})
