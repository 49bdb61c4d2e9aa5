"""Calls of others that end when an answer has probably been heard, in virtual time."""

from __future__ import annotations

import asyncio

import pytest

from appliance.asterisk.ami import NoSuchChannel
from appliance.call.reply import FixedReply
from appliance.services.call_endings import LONGEST_S, CallEndings
from appliance.switchboard.call_control import Control
from tests.fakes.stages import DESK, ScriptedManager
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

CALL = "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21"
GOODBYE = FixedReply("Thank you for calling. Goodbye.", action="hangup")


def ended(say: FixedReply, after_s: float = 20.0, call_id: str = CALL) -> list[tuple[str, ...]]:
    async def announce() -> list[tuple[str, ...]]:
        manager = ScriptedManager()
        call_endings = CallEndings(Control(manager))
        call_endings.announce(call_id, say, DESK.model_copy(update={"person": "600@desk"}))
        await asyncio.sleep(after_s)
        orders = list(manager.orders)
        await call_endings.close()
        return orders

    return run(announce())


def test_a_goodbye_is_heard_before_the_call_is_hung_up() -> None:
    assert ended(GOODBYE, after_s=2.0) == []
    assert ended(GOODBYE, after_s=4.0) == [("hangup", CALL)]


def test_long_words_do_not_keep_a_call_for_ever() -> None:
    endless = FixedReply("Goodbye. " * 500, action="hangup")
    assert ended(endless, after_s=LONGEST_S + 0.1) == [("hangup", CALL)]


@pytest.mark.parametrize(
    ("place", "extension", "context"),
    [("1001@ward", "1001", "ward"), ("1001", "1001", "demo"), (None, "600", "desk")],
)
def test_a_transfer_goes_where_it_says_or_to_the_agents_person(
    place: str | None, extension: str, context: str
) -> None:
    say = FixedReply("One moment.", action="transfer", transfer_to=place)
    assert ended(say) == [("transfer", CALL, extension, context)]


def test_a_transfer_to_nowhere_and_a_call_without_uuid_are_log_lines(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def nowhere() -> None:
        call_endings = CallEndings(Control(ScriptedManager()))
        call_endings.announce(CALL, FixedReply("One moment.", action="transfer"), DESK)
        await asyncio.sleep(20)

    run(nowhere())
    assert "no `person`" in caplog.text
    assert ended(GOODBYE, call_id="x") == []
    assert "did not tell its uuid" in caplog.text


def test_a_call_that_asterisk_does_not_know_is_a_log_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Knowing(ScriptedManager):
        async def hang_up(self, uuid: object) -> None:
            raise NoSuchChannel("no such channel")

    async def unknown() -> None:
        CallEndings(Control(Knowing())).announce(CALL, GOODBYE, DESK)
        await asyncio.sleep(20)

    run(unknown())
    assert "no such channel" in caplog.text


def test_a_caller_who_goes_on_speaking_is_not_hung_up_on() -> None:
    async def goes_on() -> list[tuple[str, ...]]:
        manager = ScriptedManager()
        call_endings = CallEndings(Control(manager))
        call_endings.announce(CALL, GOODBYE, DESK)
        await asyncio.sleep(1.0)
        call_endings.withdraw(CALL)
        call_endings.withdraw("unknown")
        await asyncio.sleep(20.0)
        return manager.orders

    assert run(goes_on()) == []


def test_the_end_of_the_service_gives_up_what_has_not_been_done() -> None:
    assert ended(GOODBYE, after_s=0.5) == []
