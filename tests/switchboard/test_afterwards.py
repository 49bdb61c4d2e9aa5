"""The next step after the agent, as the dialplan asks for it."""

import pytest

from appliance.switchboard.afterwards import Afterwards, afterwards

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("outcome", ["agent_hangup", "no_input", "time_over"])
def test_a_caller_who_got_a_goodbye_is_hung_up(outcome: str) -> None:
    assert afterwards(outcome, None) == Afterwards("hangup")


@pytest.mark.parametrize(
    ("place", "json", "text"),
    [
        (None, {"action": "transfer", "extension": None, "context": None}, "transfer"),
        ("6002", {"action": "transfer", "extension": "6002", "context": None}, "transfer:6002"),
        (
            "6002@desk",
            {"action": "transfer", "extension": "6002", "context": "desk"},
            "transfer:6002:desk",
        ),
    ],
)
def test_a_transfer_names_its_place(
    place: str | None, json: dict[str, str | None], text: str
) -> None:
    step = afterwards("transfer", place)
    assert step.as_json() == json
    assert step.as_text() == text


@pytest.mark.parametrize("outcome", ["engine_failed", "drained", "in_progress", "engine_timeout"])
def test_a_caller_who_lost_his_agent_goes_back_to_the_dialplan(outcome: str) -> None:
    step = afterwards(outcome, None)
    assert step.as_json() == {"action": "continue"}
    assert step.as_text() == "continue"
