"""The real server on a real socket, and every way a peer can misbehave. Events are waited for, each
within ten seconds; nothing sleeps for luck."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import numpy as np
import pytest

from appliance.audio import g711
from appliance.audio.frame import SILENCE, pcm_from_bytes
from appliance.audiosocket import connection as connection_module
from appliance.audiosocket import server as server_module
from appliance.audiosocket.connection import Connection
from appliance.audiosocket.inbox import MOST_DIGITS, Inbox
from appliance.audiosocket.protocol import (
    Audio,
    Decoder,
    Digit,
    Hangup,
    Message,
    encode_audio,
    encode_digit,
    encode_error,
    encode_hangup,
    encode_identify,
)
from appliance.audiosocket.server import AudioSocketServer
from appliance.errors import CallRefused, SettingsError
from appliance.turns.pacer import Pacer

pytestmark = pytest.mark.e2e

FRAME = b"\x34\x12" * 160


class Peer:
    """Asterisk's side, by hand: it reads when told to and never otherwise."""

    def __init__(self, *, receive_buffer: int | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        self._socket = socket.socket()
        self._socket.setblocking(False)
        if receive_buffer is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._decoder = Decoder()
        self._messages: list[Message] = []

    async def connect(self, port: int) -> None:
        await self._loop.sock_connect(self._socket, ("127.0.0.1", port))

    async def send(self, *data: bytes) -> None:
        await self._loop.sock_sendall(self._socket, b"".join(data))

    async def message(self) -> Message | None:
        """The next one; None at the end of file."""
        while not self._messages:
            data = await self._loop.sock_recv(self._socket, 4096)
            if not data:
                assert not self._decoder.unfinished
                return None
            self._messages.extend(self._decoder.feed(data))
        return self._messages.pop(0)

    async def audio(self) -> bytes:
        message = await self.message()
        assert isinstance(message, Audio)
        return message.payload

    async def hangup(self) -> None:
        """0x00 comes, behind sound at most."""
        while not isinstance(message := await self.message(), Hangup):
            assert isinstance(message, Audio)

    async def orderly_end(self) -> None:
        """0x00 comes, the server waits for our end of file, and nothing comes after it."""
        await self.hangup()
        self.end()
        assert await self.message() is None

    def end(self) -> None:
        """No more from our side: FIN."""
        self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._socket.close()

    def reset(self) -> None:
        """RST instead of FIN."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()


class House:
    """A running server and what its calls saw."""

    def __init__(self) -> None:
        self.server: AudioSocketServer
        self.connections: asyncio.Queue[Connection] = asyncio.Queue()
        self.ended: asyncio.Queue[Connection] = asyncio.Queue()
        self.heard: dict[UUID, list[object]] = {}
        self.refuse = False
        self.peers: list[Peer] = []

    def admit(self, uuid: UUID) -> None:
        if self.refuse:
            raise CallRefused("full", "all lines are busy")

    async def listen(self, connection: Connection) -> None:
        """What a call does when nobody says otherwise."""
        heard = self.heard.setdefault(connection.uuid, [])
        self.connections.put_nowait(connection)
        async for event in connection:
            heard.append(event)
        self.ended.put_nowait(connection)

    async def dial(self, uuid: UUID | None = None, *, receive_buffer: int | None = None) -> Peer:
        """A new connection; identified when a UUID is given."""
        peer = Peer(receive_buffer=receive_buffer)
        self.peers.append(peer)
        await peer.connect(self.server.port)
        if uuid is not None:
            await peer.send(encode_identify(uuid))
        return peer

    async def call(self, *, receive_buffer: int | None = None) -> tuple[Peer, Connection]:
        """An admitted call that has been sent its first Frame."""
        peer = await self.dial(uuid4(), receive_buffer=receive_buffer)
        connection = await self.connections.get()
        await peer.send(encode_audio(FRAME))
        await peer.audio()
        return peer, connection


@asynccontextmanager
async def house(
    on_call: Callable[[Connection], Awaitable[None]] | None = None,
) -> AsyncIterator[House]:
    place = House()
    place.server = AudioSocketServer(
        "127.0.0.1", 0, pacer=Pacer(), on_call=on_call or place.listen, admit=place.admit
    )
    async with asyncio.timeout(10):
        await place.server.start()
        before = asyncio.all_tasks()
        try:
            yield place
        finally:
            for peer in place.peers:
                peer.close()
            await place.server.close()
        assert place.server.calls == 0
        assert not place.server._connections
        assert not asyncio.all_tasks() - before


async def test_a_call_is_heard_frame_by_frame_with_its_digits_in_place() -> None:
    async with house() as place:
        uuid = uuid4()
        peer = await place.dial(uuid)
        await peer.send(encode_audio(FRAME) + encode_audio(FRAME[:300]) + encode_digit("7"))
        await peer.send(encode_audio((FRAME + FRAME)[:340]))
        peer.close()
        connection = await place.ended.get()
        heard = place.heard[uuid]
        assert connection.uuid == uuid
        assert connection.end == "peer_hung_up"
        assert [type(event) for event in heard] == [np.ndarray, Digit, np.ndarray, np.ndarray]
        assert heard[1] == Digit("7")
        assert all(np.array_equal(heard[n], pcm_from_bytes(FRAME)) for n in (0, 2))


async def test_silence_is_sent_from_the_start_and_then_what_the_call_gives() -> None:
    async with house() as place:
        peer = await place.dial(uuid4())
        connection = await place.connections.get()
        assert await peer.audio() == SILENCE  # though no sound has come from the caller
        frames = iter([b"\x01\x02" * 160, None])
        connection.play_from(lambda: next(frames, b"\x05\x06" * 160))
        while (got := await peer.audio()) == SILENCE:
            pass
        assert got == b"\x01\x02" * 160
        assert [await peer.audio() for _ in range(2)] == [SILENCE, b"\x05\x06" * 160]
        assert connection.frames_out >= 4


async def test_the_first_frame_of_a_g711_caller_is_already_in_kind() -> None:
    async with house() as place:
        peer = await place.dial(uuid4())
        connection = await place.connections.get()
        connection.play_from(lambda: FRAME)
        await peer.send(encode_audio(b"\xd5" * 160))
        assert await peer.audio() == g711.encode(pcm_from_bytes(FRAME), "alaw")


async def test_a_caller_whose_first_sound_is_wide_has_a_wide_call() -> None:
    async with house() as place:
        peer = await place.dial(uuid4())
        connection = await place.connections.get()
        wide = b"\x34\x12" * 320
        connection.play_from(lambda: wide)
        rate = asyncio.ensure_future(connection.rate())
        await peer.send(encode_audio(wide, 16000))
        assert await rate == 16000
        assert await peer.message() == Audio(wide, 16000)
        await peer.send(encode_audio(FRAME))
        peer.close()
        await place.ended.get()
        frames = place.heard[connection.uuid]
        assert [frame.size for frame in frames] == [320, 320]  # 8 kHz later on is doubled
        assert np.array_equal(frames[0], pcm_from_bytes(wide))


async def test_a_caller_who_sends_nothing_has_a_call_of_8_khz() -> None:
    async with house() as place:
        peer = await place.dial(uuid4())
        connection = await place.connections.get()
        assert await connection.rate() == 8000
        assert await peer.audio() == SILENCE
        await peer.send(encode_audio(b"\x34\x12" * 320, 16000))
        while not isinstance(message := await peer.message(), Audio) or message.rate_hz == 8000:
            pass
        assert len(message.payload) == 640  # wide sound later on is answered in kind


async def test_a_caller_who_goes_before_his_first_sound_leaves_no_call_waiting() -> None:
    rates: asyncio.Queue[int] = asyncio.Queue()

    async def ask(connection: Connection) -> None:
        rates.put_nowait(await connection.rate())

    async with house(ask) as place:
        (await place.dial(uuid4())).reset()
        assert await rates.get() == 8000


async def test_our_hang_up_is_0x00_and_waits_for_the_peer_to_close() -> None:
    async with house() as place:
        peer, connection = await place.call()
        hanging_up = asyncio.ensure_future(connection.hang_up())
        await peer.hangup()
        await peer.send(encode_audio(FRAME) * 50)  # on its way when we hung up: it makes no reset
        assert not hanging_up.done()
        peer.end()
        assert await peer.message() is None
        await hanging_up
        assert connection.end == "hung_up"
        await connection.hang_up()


async def test_a_peer_that_ignores_our_hang_up_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "CLOSE_WAIT_S", 0.05)
    async with house() as place:
        _, connection = await place.call()
        await connection.hang_up()
        assert connection.end == "hung_up"


async def test_a_call_whose_task_ends_is_hung_up() -> None:
    async def short(connection: Connection) -> None:
        return

    async with house(short) as place:
        await (await place.dial(uuid4())).orderly_end()
        await place.server.drained()


async def test_a_call_whose_task_fails_is_hung_up_and_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing = asyncio.Event()

    async def on_call(connection: Connection) -> None:
        if not failing.is_set():
            failing.set()
            raise RuntimeError("a mistake")
        await place.listen(connection)

    async with house(on_call) as place:
        bad = await place.dial(uuid4())
        await bad.orderly_end()
        peer, _ = await place.call()
        assert await peer.audio() == SILENCE
    assert "a mistake" in caplog.text


async def test_a_failing_sound_source_ends_its_own_call_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> bytes | None:
        raise RuntimeError("no sound")

    async with house() as place:
        good, _ = await place.call()
        bad, connection = await place.call()
        connection.play_from(broken)
        await bad.orderly_end()
        assert await good.audio() == SILENCE
        assert (await place.ended.get()).end == "internal_error"
    assert "no sound" in caplog.text


async def test_a_refused_call_gets_an_orderly_end() -> None:
    async with house() as place:
        place.refuse = True
        peer = await place.dial(uuid4())
        assert isinstance(await peer.message(), Hangup)
        await peer.send(encode_audio(FRAME))
        peer.end()
        assert await peer.message() is None
        assert place.server.calls == 0


async def test_a_reset_connection_ends_its_call() -> None:
    async with house() as place:
        peer, connection = await place.call()
        peer.reset()
        assert (await place.ended.get()) is connection
        assert connection.end == "peer_reset"


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (encode_hangup(), "peer_hung_up"),
        (encode_error(4), "peer_error"),
        (b"\x10\x01\x41" + bytes(321), "protocol_error"),
        (b"\x10\xff\xfe", "protocol_error"),
        (encode_identify(UUID(int=7)), "protocol_error"),
        (b"\x03\x00\x02ab", "protocol_error"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "protocol_error"),
        (encode_audio(FRAME) * 400, "protocol_error"),
    ],
    ids=["hangup", "error", "odd", "oversized", "second-uuid", "digits", "http", "flood"],
)
async def test_what_a_peer_may_not_say_ends_its_call_in_order_and_no_other(
    data: bytes, end: str
) -> None:
    async with house() as place:
        good, other = await place.call()
        peer, connection = await place.call()
        await peer.send(data)
        await peer.orderly_end()
        assert (await place.ended.get()) is connection
        assert connection.end == end
        assert await good.audio() == SILENCE
        assert other.end is None


@pytest.mark.parametrize("data", [b"", b"\x10", b"\x10\x01", b"\x10\x01\x40" + bytes(100)])
async def test_an_end_of_file_anywhere_ends_the_call(data: bytes) -> None:
    async with house() as place:
        peer, connection = await place.call()
        await peer.send(data)
        peer.close()
        assert (await place.ended.get()) is connection
        assert connection.end == "peer_hung_up"


@pytest.mark.parametrize(
    "data",
    [encode_audio(FRAME), encode_digit("1"), b"\x42\x00\x00", b"\x16\x03\x01", b"\x01\x00\x0fabc"],
    ids=["audio", "digit", "unknown", "tls", "short-uuid"],
)
async def test_whoever_does_not_begin_with_a_uuid_is_no_caller(data: bytes) -> None:
    async with house() as place:
        peer = await place.dial()
        await peer.send(data)
        await peer.orderly_end()
        assert place.connections.empty()


@pytest.mark.parametrize("data", [b"", b"\x01\x00", encode_identify(UUID(int=1))[:-1]])
async def test_a_uuid_that_does_not_come_is_not_waited_for(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "UUID_WAIT_S", 0.05)
    async with house() as place:
        peer = await place.dial()
        await peer.send(data)
        await peer.orderly_end()
        assert place.connections.empty()


async def test_unknown_messages_are_counted_and_passed_over() -> None:
    async with house() as place:
        peer, connection = await place.call()
        await peer.send(b"\x42\x00\x02ab" + b"\x10\x00\x00" + encode_digit("5"))
        peer.close()
        await place.ended.get()
        assert place.heard[connection.uuid][-1] == Digit("5")
        assert connection.unknown_messages == 1


async def test_a_peer_that_does_not_read_loses_frames_and_then_the_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection_module, "STALL_S", 0.2)
    most_waiting = 0

    def watch() -> bytes | None:
        nonlocal most_waiting
        assert connection._transport is not None
        most_waiting = max(most_waiting, connection._transport.get_write_buffer_size())
        return FRAME

    async with house() as place:
        good, _ = await place.call()
        _, connection = await place.call(receive_buffer=2048)
        connection.play_from(watch)
        assert (await place.ended.get()) is connection
        assert connection.end == "peer_stalled"
        assert connection.refused_frames >= 8
        assert 0 < most_waiting <= connection_module.WRITE_AHEAD_BYTES + 323
        assert await good.audio() == SILENCE


async def test_a_call_that_falls_behind_loses_the_oldest_sound_and_no_digit() -> None:
    go_on, events = asyncio.Event(), list[object]()
    connections = list[Connection]()

    async def slow(connection: Connection) -> None:
        connections.append(connection)
        await go_on.wait()
        events.extend([event async for event in connection])

    async with house(slow) as place:
        peer = await place.dial(uuid4())
        await peer.send(encode_digit("1"))
        await peer.send(*(encode_audio(bytes([n, 0]) * 160) for n in range(80)))
        peer.end()
        while await peer.message() is not None:
            pass
        go_on.set()
        await place.server.drained()
    assert events[0] == Digit("1")
    frames = [event for event in events if isinstance(event, np.ndarray)]
    assert [int(frame[0]) for frame in frames] == list(range(30, 80))
    assert connections[0].dropped_frames == 30


async def test_digits_are_bounded_too() -> None:
    inbox = Inbox()
    for _ in range(MOST_DIGITS + 5):
        inbox.put_digit(Digit("1"))
    inbox.close(discard=False)
    inbox.put_digit(Digit("2"))
    assert inbox.dropped_digits == 5
    assert [await inbox.get() for _ in range(MOST_DIGITS)] == [Digit("1")] * MOST_DIGITS
    assert await inbox.get() is None


async def test_a_busy_port_is_named_with_its_mend() -> None:
    async with house() as place:
        port = place.server.port
        second = AudioSocketServer("127.0.0.1", port, pacer=Pacer(), on_call=place.listen)
        with pytest.raises(SettingsError, match=f"127.0.0.1:{port}: another program.* PORT"):
            await second.start()


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
async def test_an_address_of_somewhere_else_is_named_with_its_mend(host: str) -> None:
    place = House()
    server = AudioSocketServer(host, 0, pacer=Pacer(), on_call=place.listen)
    with pytest.raises(SettingsError, match=f"{host}:0: .*; set HOST") as caught:
        await server.start()
    assert "\n" not in str(caught.value)
    await server.close()


async def test_more_sockets_than_there_is_room_for_are_closed_at_the_door(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server_module, "MOST_CONNECTIONS", 1)
    async with house() as place:
        good, _ = await place.call()
        late = await place.dial()
        assert await late.message() is None
        assert await good.audio() == SILENCE


async def test_closing_the_server_hangs_up_in_order_and_cancels_what_does_not_end() -> None:
    cancelled = asyncio.Event()

    async def stubborn(connection: Connection) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async with house(stubborn) as place:
        peer = await place.dial(uuid4())
        await peer.audio()
        closing = asyncio.ensure_future(place.server.close(deadline_s=0.05))
        await peer.orderly_end()
        await closing
        assert cancelled.is_set()
        with pytest.raises(ConnectionRefusedError):
            await place.dial()
        await place.server.close()


async def test_two_hundred_calls_come_and_go_and_nothing_is_left() -> None:
    async with house() as place:
        calls = [await place.call() for _ in range(200)]
        assert place.server.calls == 200
        for number, (peer, connection) in enumerate(calls):
            if number % 3 == 0:
                peer.close()
            elif number % 3 == 1:
                peer.reset()
            else:
                connection.begin_hang_up("hung_up")
                await peer.orderly_end()
        await place.server.drained()
