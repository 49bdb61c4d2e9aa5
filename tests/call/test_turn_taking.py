"""Who has the floor, Frame by Frame. One word lasts 0.3 s."""

from __future__ import annotations

import asyncio

import pytest

from appliance.audio.frame import FRAME_S
from appliance.call.events import CallerSaid, DigitPressed, Interrupted
from appliance.call.reply import FixedReply
from appliance.call.turn_taking import TurnTaking
from appliance.metrics import Metrics
from tests.call.test_agent_turns import Desk
from tests.call.test_call import agent
from tests.fakes.conversation import Script
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

GREETING = "Clinic, good day."


async def meet(script: Script, *, keys_at: int | None = None) -> Desk:
    """Greet a caller who speaks as ``script`` says, from the first Frame on; ``keys_at``: the
    Frame before which they press 0. Behind it the agent says goodbye."""
    async with asyncio.TaskGroup() as tasks:
        desk = Desk(tasks, script, "Fine.")
        floor = TurnTaking(
            agent(),
            desk.recognition,
            desk.turns,
            desk.playout,
            record=desk.record,
            metrics=Metrics(),
            tasks=tasks,
            tell=desk.events.append,
        )
        desk.turns.say(FixedReply(GREETING))
        for number, frame in enumerate(script.frames):
            assert not isinstance(frame, str)
            await asyncio.sleep(FRAME_S)
            sound = desk.playout.next_frame()
            desk.heard.append(sound is not None and any(sound))
            if number == keys_at:
                floor.press("0")
                floor.press("#")
            floor.hear(frame)
        desk.turns.say(FixedReply("Goodbye."))
        await desk.play(1.0)
        desk.turns.drop()
        desk.chat.rest()
        desk.recognition.close()
    return desk


@pytest.mark.parametrize("frames", range(28, 48))
def test_whenever_a_cough_falls_into_the_last_word_the_next_turn_is_heard(frames: int) -> None:
    desk = run(meet(Script().quiet(frames * FRAME_S).noise(0.26).quiet(1.5)))
    assert sum(desk.heard[-50:]) >= 14


def test_a_caller_who_takes_the_floor_is_answered() -> None:
    desk = run(meet(Script().quiet(0.2).says("what time do you open").quiet(3.0)))
    assert Interrupted() in desk.events
    assert CallerSaid("what time do you open") in desk.events
    assert desk.said[0] == ("what time do you open", "We open at nine in the morning.")


def test_a_key_takes_the_floor_like_a_word() -> None:
    desk = run(meet(Script().quiet(4.0), keys_at=20))
    assert desk.events[:2] == [DigitPressed("0"), Interrupted()]
    assert desk.said == [("0", "I will put you through.")]
    assert desk.record.greeting != GREETING
