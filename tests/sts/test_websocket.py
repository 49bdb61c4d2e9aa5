"""The server's end over real sockets: what an AVR Core sends, and what it must not be able to do to
us."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import numpy as np
import pytest
from aiohttp import WSMsgType

from appliance.audio.frame import FRAME_S
from appliance.audiosocket.protocol import Digit
from appliance.call.events import AgentSaid, CallerSaid, CallFailed, Interrupted
from appliance.errors import ApplianceError, CallRefused, ProtocolError
from appliance.sts import websocket
from appliance.sts.line import StsLine
from tests.fakes.sts_server import Served, sts_served

pytestmark = pytest.mark.e2e

CALL = "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21"
FRAME = b"\x34\x12" * 160


class Heard:
    """What the calls of a server were told, by uuid."""

    def __init__(self) -> None:
        self.lines: dict[str, StsLine] = {}
        self.provider_config: dict[str, Mapping[str, str]] = {}
        self.metadata: dict[str, Mapping[str, str]] = {}
        self.samples: dict[str, int] = {}
        self.pcm: dict[str, bytes] = {}
        self.digits: dict[str, str] = {}
        self.ended: dict[str, str | None] = {}
        self.changed = asyncio.Condition()

    async def call(
        self, line: StsLine, provider_config: Mapping[str, str], metadata: Mapping[str, str]
    ) -> None:
        name = str(line.uuid)
        self.lines[name], self.provider_config[name], self.metadata[name] = (
            line,
            provider_config,
            metadata,
        )
        self.samples[name], self.pcm[name], self.digits[name] = 0, b"", ""
        await self._tell()
        async for event in line:
            if isinstance(event, Digit):
                self.digits[name] += event.digit
            else:
                self.samples[name] += event.size
                self.pcm[name] += event.tobytes()
            await self._tell()
        self.ended[name] = line.end
        await self._tell()

    async def until(self, happened: Any) -> None:
        async with asyncio.timeout(10), self.changed:
            await self.changed.wait_for(happened)

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()


class Core:
    """The client's side, by hand."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def init(self, uuid: str = CALL, **config: str) -> None:
        body: dict[str, Any] = {"type": "init", "uuid": uuid}
        await self.say(body | ({"provider_config": config} if config else {}))

    async def say(self, body: Any) -> None:
        await self.socket.send_str(json.dumps(body))

    async def sound(self, data: bytes) -> None:
        await self.say({"type": "audio", "audio": b64encode(data).decode()})

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(10):
            received = await self.socket.receive()
        assert received.type is WSMsgType.TEXT, received
        body: dict[str, Any] = json.loads(received.data)
        return body

    async def next_of(self, kind: str) -> dict[str, Any]:
        while (body := await self.next())["type"] != kind:
            pass
        return body

    async def close_code(self) -> int | None:
        async with asyncio.timeout(10):
            async for _ in self.socket:
                pass
        return self.socket.close_code


@asynccontextmanager
async def core(served: Served, path: str = "/") -> AsyncIterator[Core]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(served.ws + path, max_msg_size=0) as socket,
    ):
        yield Core(socket)


async def test_every_line_a_core_sends_reaches_the_call(data_dir: Path) -> None:
    heard = Heard()
    lines = (data_dir / "avr" / "sts-core-to-service.ndjson").read_text().splitlines()
    async with sts_served(heard.call) as served, core(served) as peer:
        for line in lines:
            await peer.socket.send_str(line)
        await peer.sound(bytes(320 - 12))
        await heard.until(lambda: heard.digits.get(CALL) == "1" and heard.samples[CALL] == 160)
        assert not peer.socket.closed


@pytest.mark.parametrize("path", ["/", "/speech-to-speech-stream"])
async def test_both_paths_lead_to_a_session(path: str) -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served, path) as peer:
        await peer.init()
        await heard.until(lambda: CALL in heard.lines)


async def test_query_parameters_become_the_calls_metadata(data_dir: Path) -> None:
    heard = Heard()
    url = (data_dir / "avr" / "sts-url.txt").read_text().strip()
    async with sts_served(heard.call) as served, core(served, "/?" + url.split("?")[1]) as peer:
        await peer.init()
        await heard.until(lambda: CALL in heard.lines)
        assert heard.metadata[CALL] == {
            "from": "2000",
            "to": "5003",
            "uniqueid": "1770000000.1",
            "channel": "PJSIP/2000-00000001",
            "recording": "false",
        }


async def test_provider_config_is_handed_to_the_call() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init(agent="night", greeting="Good night.", model="ignored")
        await heard.until(lambda: CALL in heard.lines)
        assert heard.provider_config[CALL] == {"agent": "night", "greeting": "Good night."}


@pytest.mark.parametrize("size", [1, 319, 320, 3200, 100_000])
async def test_sound_of_any_size_arrives_whole(size: int) -> None:
    heard = Heard()
    sent = np.random.default_rng(size).bytes(100_000)
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        for at in range(0, 100_000 if size > 1 else 640, size):
            await peer.sound(sent[at : at + size])
        whole = (100_000 if size > 1 else 640) // 320 * 320
        await heard.until(lambda: len(heard.pcm.get(CALL, b"")) == whole)
        assert heard.pcm[CALL] == sent[:whole]


async def test_more_than_ten_seconds_faster_than_time_end_the_session() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        for _ in range(2):
            await peer.sound(bytes(100_000))
        assert "faster" in (await peer.next())["message"]
        assert await peer.close_code() == 1008


async def test_the_agents_sound_comes_in_frames_of_320_bytes_and_in_time() -> None:
    async def call(line: StsLine, provider_config: Any, metadata: Any) -> None:
        frames = iter([FRAME] * 50)
        done = asyncio.Event()

        def supply() -> bytes | None:
            frame = next(frames, None)
            if frame is None:
                done.set()
            return frame

        line.play_from(supply)
        await done.wait()

    loop = asyncio.get_running_loop()
    async with sts_served(call) as served, core(served) as peer:
        await peer.init()
        at_s = []
        for _ in range(50):
            body = await peer.next()
            at_s.append(loop.time())
            assert b64decode(body["audio"]) == FRAME
        # Two Frames are ahead; the last one of 50 cannot come before its time.
        assert at_s[-1] - at_s[0] >= (50 - 1 - 2) * FRAME_S - FRAME_S
        assert await peer.close_code() == 1000


async def test_silence_is_not_sent() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        await heard.until(lambda: CALL in heard.lines)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await peer.socket.receive()


async def test_what_happens_in_the_call_is_told() -> None:
    async def call(line: StsLine, provider_config: Any, metadata: Any) -> None:
        line.tell(AgentSaid("Good morning."))
        line.tell(CallerSaid("Hello."))
        line.tell(Interrupted())

    async with sts_served(call) as served, core(served) as peer:
        await peer.init()
        assert [await peer.next() for _ in range(3)] == [
            {"type": "transcript", "role": "agent", "text": "Good morning."},
            {"type": "transcript", "role": "user", "text": "Hello."},
            {"type": "interruption"},
        ]
        assert await peer.close_code() == 1000


async def test_a_failed_call_is_an_error_and_close_code_1011() -> None:
    async def call(line: StsLine, provider_config: Any, metadata: Any) -> None:
        line.tell(CallFailed("recognizer_failed"))

    async with sts_served(call) as served, core(served) as peer:
        await peer.init()
        body = await peer.next()
        assert (body["type"], "recognizer_failed" in body["message"]) == ("error", True)
        assert await peer.close_code() == 1011


async def test_a_wish_that_cannot_be_met_is_an_error_and_close_code_1008() -> None:
    async def call(line: StsLine, provider_config: Any, metadata: Any) -> None:
        raise ProtocolError("provider_config: there is no agent 'x' here")

    async with sts_served(call) as served, core(served) as peer:
        await peer.init()
        assert "no agent" in (await peer.next())["message"]
        assert await peer.close_code() == 1008


@pytest.mark.parametrize("fault", [ApplianceError("broken"), ZeroDivisionError("a secret")])
async def test_a_call_that_breaks_ends_its_session_alone(fault: Exception) -> None:
    heard = Heard()

    async def call(line: StsLine, provider_config: Any, metadata: Mapping[str, str]) -> None:
        if metadata:
            raise fault
        await heard.call(line, provider_config, metadata)

    async with sts_served(call) as served, core(served) as good, core(served, "/?x=1") as bad:
        await good.init()
        await bad.init(str(uuid4()))
        assert await bad.close_code() == 1011
        await good.sound(FRAME)
        await heard.until(lambda: heard.samples.get(CALL) == 160)


async def test_two_sessions_do_not_leak_into_each_other() -> None:
    heard = Heard()
    other = str(uuid4())
    async with sts_served(heard.call) as served, core(served) as one, core(served) as two:
        await one.init()
        await two.init(other)
        for _ in range(8):  # odd pieces, in turns: nothing of one may complete the other's Frames
            await one.sound(b"\x01" * 41)
            await two.sound(b"\x02" * 41)
        await heard.until(lambda: heard.pcm.get(CALL) and heard.pcm.get(other))
        assert set(heard.pcm[CALL]) == {1}
        assert set(heard.pcm[other]) == {2}
        heard.lines[other].tell(CallerSaid("two"))
        assert (await two.next())["text"] == "two"
        await two.socket.close()
        await heard.until(lambda: other in heard.ended)
        assert not one.socket.closed
        assert served.sts.calls == 1


async def test_unknown_types_tool_results_and_binary_messages_are_ignored() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        await peer.say({"type": "ping"})
        await peer.say({"type": "tool_result", "invocationId": "1", "result": "ok"})
        await peer.socket.send_bytes(FRAME)
        await peer.say({"type": "dtmf_digit", "digit": "5"})
        await heard.until(lambda: heard.digits.get(CALL) == "5")
        assert heard.samples[CALL] == 0


async def test_a_second_init_is_ignored() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        await peer.init(str(uuid4()))
        await peer.say({"type": "dtmf_digit", "digit": "5"})
        await heard.until(lambda: heard.digits.get(CALL) == "5")
        assert list(heard.lines) == [CALL]


async def test_sound_before_init_is_dropped() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.sound(FRAME)
        await peer.init()
        await peer.say({"type": "dtmf_digit", "digit": "5"})
        await heard.until(lambda: heard.digits.get(CALL) == "5")
        assert heard.samples[CALL] == 0


async def test_a_message_that_cannot_be_understood_is_answered_and_dropped() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        await peer.socket.send_str("{")
        assert await peer.next() == {"type": "error", "message": "a message is not JSON"}
        await peer.say({"type": "dtmf_digit", "digit": "5"})
        await heard.until(lambda: heard.digits.get(CALL) == "5")


async def test_too_many_of_them_end_the_session() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        for _ in range(websocket.MOST_FAULTS + 1):
            await peer.socket.send_str("{")
        assert await peer.close_code() == 1008
        await heard.until(lambda: heard.ended.get(CALL) == "protocol_error")


@pytest.mark.parametrize("first", ["{", '{"type": "init"}', '{"type": "init", "uuid": "1"}'])
async def test_a_wrong_init_ends_the_session(first: str) -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.socket.send_str(first)
        assert (await peer.next())["type"] == "error"
        assert await peer.close_code() == 1008
        assert not heard.lines


async def test_without_init_the_session_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "INIT_WAIT_S", 0.1)
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        assert "no init" in (await peer.next())["message"]
        assert await peer.close_code() == 1008


async def test_a_refused_session_is_told_to_try_again_later() -> None:
    def admit(uuid: UUID) -> None:
        raise CallRefused("full", "all 4 lines are busy")

    heard = Heard()
    async with sts_served(heard.call, admit) as served, core(served) as peer:
        await peer.init()
        assert await peer.next() == {"type": "error", "message": "all 4 lines are busy"}
        assert await peer.close_code() == 1013


async def test_too_large_a_message_ends_the_session() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        await peer.sound(bytes(websocket.MOST_MESSAGE_BYTES))
        assert await peer.close_code() == 1009
        await heard.until(lambda: heard.ended.get(CALL) == "peer_hung_up")


async def test_a_peer_that_goes_ends_the_call() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served:
        async with core(served) as peer:
            await peer.init()
            await heard.until(lambda: CALL in heard.lines)
        await heard.until(lambda: heard.ended.get(CALL) == "peer_hung_up")
        await served.sts.drained()


async def test_a_peer_that_does_not_read_loses_frames_and_no_memory() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        await heard.until(lambda: CALL in heard.lines)
        line = heard.lines[CALL]
        line.play_from(lambda: FRAME)
        transport = peer.socket._response.connection.transport  # type: ignore[union-attr]
        transport.pause_reading()
        for _ in range(5000):  # a hundred seconds of Frames, at once
            line._beat(0.0)
            await asyncio.sleep(0)
        assert line.refused_frames > 3000
        assert line._outbox.qsize() < 10
        transport.abort()


async def test_a_peer_that_does_not_read_for_long_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(websocket, "STALL_S", 0.2)
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        await heard.until(lambda: CALL in heard.lines)
        transport = peer.socket._response.connection.transport  # type: ignore[union-attr]
        transport.pause_reading()
        line = heard.lines[CALL]
        line.play_from(lambda: FRAME)
        for _ in range(5000):
            line._beat(0.0)
            await asyncio.sleep(0)
        await heard.until(lambda: heard.ended.get(CALL) == "peer_stalled")
        transport.abort()


async def test_closing_the_server_hangs_up() -> None:
    heard = Heard()
    async with sts_served(heard.call) as served, core(served) as peer:
        await peer.init()
        await heard.until(lambda: CALL in heard.lines)
        closing = asyncio.create_task(served.sts.close())
        assert await peer.close_code() == 1000
        await closing
        assert served.sts.calls == 0


async def test_a_request_that_is_no_websocket_is_told_so() -> None:
    heard = Heard()
    async with (
        sts_served(heard.call) as served,
        aiohttp.ClientSession() as session,
        session.get(served.http + "/") as reply,
    ):
        assert reply.status == 426
        assert (await reply.json())["message"] == "This is a WebSocket"
