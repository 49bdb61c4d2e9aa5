import pytest

from appliance.text.grounded import figures, is_grounded

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We open at 9:30 on Mondays.", {"9", "30", "monday"}),
        ("nine thirty", {"9", "30"}),
        ("twenty five pounds", {"20", "5"}),
        ("One moment please, no one is there.", set()),
        ("You may march on.", set()),
        ("Room 007", {"7"}),
        ("six sixes", {"6"}),
        ("How are you?", set()),
    ],
)
def test_figures_are_numbers_days_and_months(text: str, found: set[str]) -> None:
    assert figures(text) == found


def test_a_figure_nobody_gave_is_made_up() -> None:
    notes = ["We open at nine and close at five.", "what time do you open on monday"]
    assert is_grounded("We open at 9 on Monday.", notes)
    assert is_grounded("I am very well, thank you.", notes)
    assert not is_grounded("We open at 10:30.", notes)
    assert not is_grounded("Come on Sunday.", notes)
