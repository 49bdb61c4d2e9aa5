"""The client's end over real sockets: what AVR's services do, each quirk for itself."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from appliance.audiosocket.protocol import Digit
from appliance.call.events import (
    AgentSaid,
    CallEnded,
    CallerSaid,
    CallFailed,
    CallStarted,
    DigitPressed,
    Interrupted,
)
from appliance.config.url import with_query
from appliance.switchboard.afterwards import afterwards
from tests.fakes.sts_service import (
    CALL,
    Bridged,
    Session,
    bridged,
    eventually,
    heard_of,
    hold,
    standing_in,
    stay,
    tone,
)

pytestmark = pytest.mark.e2e

APOLOGY_S = 4 * 0.3
"""Of the scripted voice: four words."""


async def test_every_line_a_service_sends_is_taken(data_dir: Path) -> None:
    lines = (data_dir / "avr" / "sts-service-to-core.ndjson").read_text().splitlines()

    async def act(session: Session) -> None:
        for line in lines:
            await session.socket.send_str(line)
        await session.sound(tone(160))  # it has said something after its error

    async with standing_in(act) as url:
        done = await hold(await bridged(url))
    assert done.events == [
        CallStarted(),
        AgentSaid("Good morning."),
        Interrupted(),
        CallerSaid("Hello."),
        CallEnded("agent_hangup"),
    ]
    assert done.record.greeting == "Good morning."
    assert [(turn.heard, turn.said) for turn in done.record.turns] == [("Hello.", "")]


async def test_the_first_message_is_init_with_the_calls_uuid() -> None:
    async def act(session: Session) -> None:
        assert (await session.until("init")) == {"type": "init", "uuid": str(CALL)}
        assert session.received[0]["type"] == "init"
        await session.sound(tone(160))

    async with standing_in(act) as url:
        done = await hold(await bridged(url), stay)
    assert done.record.outcome == "agent_hangup"


async def test_what_is_known_of_the_caller_stands_in_the_query() -> None:
    seen: dict[str, str] = {}

    async def act(session: Session) -> None:
        seen.update(session.query)
        await session.sound(tone(160))

    async with standing_in(act) as url:
        payload = {"from": "2000", "channel": "PJSIP/2000-00000001", "recording": False}
        await hold(await bridged(with_query(url, payload)))
    assert seen == {"from": "2000", "channel": "PJSIP/2000-00000001", "recording": "false"}


@pytest.mark.parametrize("size", [320, 3200, 100_000, 333, 1])
async def test_sound_of_any_size_is_heard_whole_and_in_time(size: int) -> None:
    sent = tone(8000) if size > 1 else tone(400)

    async def act(session: Session) -> None:
        for at in range(0, len(sent), size):
            await session.sound(sent[at : at + size])

    async with standing_in(act) as url:
        done = await hold(await bridged(url), stay)
    assert heard_of(done) == sent
    assert all(len(frame) == 320 for frame in done.heard)


async def test_a_binary_message_is_sound() -> None:
    async def act(session: Session) -> None:
        await session.socket.send_bytes(tone(1600))

    async with standing_in(act) as url:
        done = await hold(await bridged(url), stay)
    assert heard_of(done) == tone(1600)


async def test_the_caller_is_heard_as_he_speaks_and_silence_is_filled_in() -> None:
    async def act(session: Session) -> None:
        await eventually(lambda: len(session.heard) >= 320 + 1600)
        await session.sound(tone(160))

    async def speak(bridge: Bridged) -> None:
        bridge.line.hear(tone(160))

    async with standing_in(act) as url:
        done = await hold(await bridged(url), speak)
    assert done.record.outcome == "agent_hangup"


async def test_an_interruption_clears_what_was_not_heard() -> None:
    async def act(session: Session) -> None:
        await session.sound(tone(8000 * 30))  # half a minute, all at once
        await session.until("dtmf_digit")
        await session.say(type="interruption")
        await session.say(type="interruption")

    async def speak(bridge: Bridged) -> None:
        await eventually(lambda: len(bridge.heard) >= 10)
        bridge.line.press(Digit("1"))
        await stay(bridge)

    async with standing_in(act) as url:
        done = await hold(await bridged(url), speak)
    assert 10 <= len(done.heard) < 1000
    assert done.events.count(Interrupted()) == 2
    assert done.record.outcome == "agent_hangup"


async def test_keys_are_told_to_the_service_and_to_the_site() -> None:
    pressed: list[str] = []

    async def act(session: Session) -> None:
        pressed.append((await session.until("dtmf_digit"))["digit"])
        await session.sound(tone(160))

    async def speak(bridge: Bridged) -> None:
        bridge.line.press(Digit("#"))
        await stay(bridge)

    async with standing_in(act) as url:
        done = await hold(await bridged(url), speak)
    assert pressed == ["#"]
    assert DigitPressed("#") in done.events


async def test_transcripts_become_turns() -> None:
    async def act(session: Session) -> None:
        for role, text in [
            ("agent", "Good day."),
            ("user", "When do you"),
            ("user", "open?"),
            ("agent", "At nine."),
            ("agent", "Anything else?"),
            ("user", "No."),
        ]:
            await session.say(type="transcript", role=role, text=text)
        await session.sound(tone(160))

    async with standing_in(act) as url:
        done = await hold(await bridged(url))
    assert done.record.greeting == "Good day."
    assert [(turn.heard, turn.said, turn.source) for turn in done.record.turns] == [
        ("When do you open?", "At nine. Anything else?", "speech_to_speech"),
        ("No.", "", "speech_to_speech"),
    ]


async def test_messages_that_are_not_understood_are_skipped() -> None:
    async def act(session: Session) -> None:
        for text in ["{", "[]", '{"type": "weather"}', '{"type": "audio", "audio": "~"}']:
            await session.socket.send_str(text)
        await session.sound(tone(160))

    async with standing_in(act) as url:
        done = await hold(await bridged(url))
    assert heard_of(done) == tone(160)
    assert done.record.outcome == "agent_hangup"


async def test_what_is_queued_is_heard_before_the_call_ends() -> None:
    async def act(session: Session) -> None:
        await session.sound(tone(8000))

    async with standing_in(act) as url:
        done = await hold(await bridged(url), stay)
    assert heard_of(done) == tone(8000)
    assert done.record.outcome == "agent_hangup"
    assert afterwards(done.record.outcome, None).action == "hangup"


async def test_a_close_without_a_code_is_a_conversation_that_is_over() -> None:
    async def act(session: Session) -> None:
        await session.sound(tone(800))
        session.socket._req.transport.write(b"\x88\x00")  # type: ignore[union-attr]
        await asyncio.sleep(60)

    async with standing_in(act) as url:
        done = await hold(await bridged(url), stay)
    assert heard_of(done) == tone(800)
    assert done.record.outcome == "agent_hangup"


async def test_a_caller_who_hangs_up_ends_the_session() -> None:
    gone = asyncio.Event()

    async def act(session: Session) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            gone.set()

    async def speak(bridge: Bridged) -> None:
        bridge.line.hear(bytes(320))
        await asyncio.sleep(0.1)
        bridge.line.closed()

    async with standing_in(act) as url:
        done = await hold(await bridged(url), speak)
        async with asyncio.timeout(10):
            await gone.wait()
    assert done.record.outcome == "caller_hangup"


def failed(done: Bridged, code: str = "remote_failed") -> None:
    """The caller heard the apology, and the dialplan gets him back."""
    assert done.record.outcome == code
    assert CallFailed(code) in done.events
    assert len(done.heard) * 0.02 >= APOLOGY_S
    assert afterwards(done.record.outcome, None).action == "continue"


async def test_a_service_that_is_not_there_is_an_apology() -> None:
    async with standing_in(lambda session: asyncio.sleep(0)) as url:
        nobody = url
    failed(await hold(await bridged(nobody)), "remote_unreachable")


async def test_an_address_that_is_no_websocket_is_an_apology() -> None:
    async with standing_in(lambda session: asyncio.sleep(0)) as url:
        failed(await hold(await bridged(url + "nowhere")))


async def test_a_service_that_does_not_shake_hands_in_time_is_an_apology() -> None:
    async def ignore(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(ignore, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        failed(await hold(await bridged(f"ws://127.0.0.1:{port}", timeout_s=0.2)), "remote_timeout")


async def test_an_error_before_the_end_is_an_apology() -> None:
    async def act(session: Session) -> None:
        await session.say(type="error", message="model not loaded")

    async with standing_in(act) as url:
        failed(await hold(await bridged(url)))


async def test_an_error_that_nothing_follows_is_an_apology() -> None:
    async def act(session: Session) -> None:
        await session.sound(tone(160))
        await session.say(type="error", message="the provider is gone")
        await asyncio.sleep(60)

    async with standing_in(act) as url:
        failed(await hold(await bridged(url, timeout_s=0.3), stay))


async def test_an_error_is_forgotten_when_the_service_goes_on() -> None:
    async def act(session: Session) -> None:
        await session.say(type="error", message="a hiccup")
        await session.sound(tone(160))

    async with standing_in(act) as url:
        done = await hold(await bridged(url))
    assert done.record.outcome == "agent_hangup"


async def test_a_service_that_ends_without_a_word_is_an_apology() -> None:
    async with standing_in(lambda session: asyncio.sleep(0)) as url:
        failed(await hold(await bridged(url)))


async def test_a_service_that_apologised_itself_is_not_apologised_for_again() -> None:
    async def act(session: Session) -> None:
        await session.say(type="error", message="the call cannot go on")
        await session.sound(tone(1600))
        await session.socket.close(code=1011)

    async with standing_in(act) as url:
        done = await hold(await bridged(url), stay)
    assert heard_of(done) == tone(1600)
    assert done.record.outcome == "remote_failed"


async def test_a_connection_that_breaks_is_an_apology() -> None:
    async def act(session: Session) -> None:
        await session.sound(tone(160))
        session.socket._req.transport.abort()  # type: ignore[union-attr]

    async with standing_in(act) as url:
        failed(await hold(await bridged(url), stay))


async def test_more_than_a_minute_ahead_is_an_apology() -> None:
    async def act(session: Session) -> None:
        for _ in range(7):
            await session.sound(tone(8000 * 10))
        await asyncio.sleep(60)

    async with standing_in(act) as url:
        failed(await hold(await bridged(url), stay))


async def test_a_call_does_not_last_longer_than_its_agent_allows() -> None:
    async with standing_in(lambda session: asyncio.sleep(60)) as url:
        done = await hold(await bridged(url, max_call_s=0.3), stay)
    assert done.record.outcome == "time_over"
    assert len(done.heard) * 0.02 >= 8 * 0.3  # "I am sorry, our time is over. Goodbye."


async def test_somebody_else_may_end_it_when_the_agent_has_finished() -> None:
    async def act(session: Session) -> None:
        await session.sound(tone(4000))
        await asyncio.sleep(60)

    async def speak(bridge: Bridged) -> None:
        await eventually(lambda: bool(bridge.heard))
        bridge.call.end_with("transfer", "6002@internal")
        await stay(bridge)

    async with standing_in(act) as url:
        done = await hold(await bridged(url), speak)
    assert heard_of(done) == tone(4000)
    assert (done.record.outcome, done.record.transfer_to) == ("transfer", "6002@internal")


async def test_nothing_of_a_transcript_or_an_error_is_compressed() -> None:
    async def act(session: Session) -> None:
        assert session.socket.compress == 0
        await session.say(type="transcript", role="agent", text=json.dumps(["ä" * 1000]))
        await session.sound(tone(160))

    async with standing_in(act) as url:
        done = await hold(await bridged(url))
    assert done.record.outcome == "agent_hangup"
