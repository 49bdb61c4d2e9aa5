import pytest

from appliance.config.agent import Endpointing
from appliance.dictation.progress import Progress
from appliance.turns.completeness import wait_ms

pytestmark = pytest.mark.unit

OPTIONS = Endpointing(answered_ms=240, complete_ms=350, incomplete_ms=1200, digits_ms=1100)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("i would like to speak to a person", 350),
        ("can i come on monday and", 1200),
        ("i want to", 1200),
        ("at nine", 350),
        ("yes", 240),
        ("no thank you", 240),
        ("", 350),
    ],
)
def test_the_wait_follows_the_words(text: str, wait: int) -> None:
    assert wait_ms(text, OPTIONS, "en") == wait


def test_a_known_request_is_answered_soon() -> None:
    assert wait_ms("what time do you open", OPTIONS, "en", answered=True) == 240


def test_what_the_agent_asked_for_decides_too() -> None:
    assert wait_ms("that would be fine", OPTIONS, "en", expect="yes_no") == 240
    assert wait_ms("well", OPTIONS, "en", expect="open") == 1200


def test_a_dictation_is_waited_for_even_when_it_matches_an_entry() -> None:
    said = "my number is one two"
    going_on, complete = Progress.GOING_ON, Progress.COMPLETE
    assert wait_ms(said, OPTIONS, "en", answered=True, dictating=going_on) == 1100
    assert wait_ms(said, OPTIONS, "en", expect="digits", dictating=complete) == 350
