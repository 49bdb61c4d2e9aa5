"""How calls begin and end, whoever holds them."""

from __future__ import annotations

import pytest

from appliance.asterisk.ami import AmiError
from appliance.call.events import CallEnded, CallEvent, CallFailed, CallStarted
from appliance.call.lifecycle import Lifecycle, Transfer
from appliance.call.record import CallRecord
from appliance.config.agent import Action, Agent
from appliance.errors import EngineTimeout
from appliance.metrics import Metrics
from tests.fakes.conversation import UUID_OF_CALL, Script, ScriptedConnection
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

AGENT = Agent(name="clinic", persona="You help.", greeting="Good day.", person="600@desk")


class Held:
    """A call and what is known of it; make it on the loop."""

    def __init__(self, transfer: Transfer | None = None) -> None:
        self.line = ScriptedConnection(Script())
        self.record = CallRecord(UUID_OF_CALL, AGENT.name)
        self.metrics = Metrics()
        self.events: list[CallEvent] = []
        self.lifecycle = Lifecycle(
            self.line,  # type: ignore[arg-type]  # a fake
            AGENT,
            self.record,
            self.metrics,
            transfer=transfer,
            tell=self.events.append,
        )


@pytest.mark.parametrize(
    ("end", "outcome"),
    [("peer_hung_up", "caller_hangup"), ("hung_up", "drained"), (None, "drained")],
)
def test_a_call_that_nobody_has_ended_says_who_hung_up(end: str | None, outcome: str) -> None:
    async def hold() -> Held:
        held = Held()
        held.lifecycle.started()
        held.line.end = end
        await held.lifecycle.ended(underruns=0)
        return held

    held = run(hold())
    assert held.record.outcome == outcome
    assert held.record.ended is not None
    assert held.events == [CallStarted(), CallEnded(outcome)]
    assert held.line.end is not None


@pytest.mark.parametrize(
    ("action", "place", "outcome", "transfer_to"),
    [
        ("hangup", None, "agent_hangup", None),
        ("transfer", None, "transfer", "600@desk"),
        ("transfer", "601@sales", "transfer", "601@sales"),
    ],
)
def test_a_transfer_goes_where_it_was_said_or_to_the_agents_person(
    action: Action, place: str | None, outcome: str, transfer_to: str | None
) -> None:
    async def part() -> CallRecord:
        held = Held()
        assert not held.lifecycle.part(action, place)  # the dialplan asks what is next
        return held.record

    record = run(part())
    assert (record.outcome, record.transfer_to) == (outcome, transfer_to)


def test_an_outcome_that_is_known_already_stays() -> None:
    async def part() -> str:
        held = Held()
        held.record.outcome = "time_over"
        held.lifecycle.part("hangup", None)
        await held.lifecycle.ended(underruns=0)
        return held.record.outcome

    assert run(part()) == "time_over"


@pytest.mark.parametrize("works", [True, False])
def test_who_may_transfer_is_given_the_record_and_its_failure_is_left_to_the_dialplan(
    works: bool,
) -> None:
    asked: list[str | None] = []

    async def transfer(record: CallRecord) -> None:
        asked.append(record.transfer_to)
        if not works:
            raise AmiError("nobody is there")

    async def part() -> str:
        held = Held(transfer)
        assert held.lifecycle.part("transfer", None)
        await held.lifecycle.put_through()
        return held.record.outcome

    assert run(part()) == "transfer"
    assert asked == ["600@desk"]


def test_a_failure_is_the_outcome_and_is_told() -> None:
    async def fail() -> Held:
        held = Held()
        held.lifecycle.failed(EngineTimeout("answer", "no sound"))
        await held.lifecycle.ended(underruns=3)
        return held

    held = run(fail())
    code = EngineTimeout("answer", "").code
    assert held.record.outcome == code
    assert held.events == [CallFailed(code), CallEnded(code)]
