"""Asterisk calls us: the far end of a call, over real sockets."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import numpy as np
import pytest

from appliance.audio.frame import FRAME_SAMPLES, pcm_to_bytes
from appliance.audiosocket.protocol import encode_audio, encode_identify
from appliance.caller.answered import answering
from appliance.caller.line import make_line
from appliance.caller.script import Manners, Script

pytestmark = pytest.mark.e2e

LOUD = pcm_to_bytes(np.full(FRAME_SAMPLES, 8000, np.int16))
HANG_UP = b"\x00\x00\x00"


async def read_until_hung_up(reader: asyncio.StreamReader) -> int:
    """Sound frames that came before the 0x00."""
    frames = 0
    async with asyncio.timeout(10):
        while (header := await reader.readexactly(3)) != HANG_UP:
            await reader.readexactly(int.from_bytes(header[1:], "big"))
            frames += 1
    return frames


async def test_it_listens_speaks_and_gives_the_call_back() -> None:
    uuid = uuid4()
    line = make_line("hello", np.full(1600, 8000, np.int16))
    script = Script([line], Manners(gap_s=0.1, answer_timeout_s=0.5, greeting_timeout_s=1.0))
    async with answering() as here:
        reader, writer = await asyncio.open_connection("127.0.0.1", here.port)
        writer.write(encode_identify(uuid) + encode_audio(LOUD))
        call = await here.call(uuid, 5.0)
        talking = asyncio.create_task(call.talk(script))
        giving_back = asyncio.create_task(read_until_hung_up(reader))
        assert await talking
        back = asyncio.create_task(call.give_back())
        assert await giving_back >= 10
        writer.close()
        await back
    assert script.greeting_s is not None
    assert script.results[0].name == "hello"


async def test_a_call_that_asterisk_ends_is_over() -> None:
    uuid = uuid4()
    async with answering() as here:
        _, writer = await asyncio.open_connection("127.0.0.1", here.port)
        writer.write(encode_identify(uuid))
        call = await here.call(uuid, 5.0)
        writer.close()
        assert not await call.talk(Script([], Manners()))
        await call.close()


async def test_a_stranger_is_not_taken_for_the_call() -> None:
    async with answering() as here:
        reader, writer = await asyncio.open_connection("127.0.0.1", here.port)
        writer.write(encode_identify(uuid4()))
        with pytest.raises(TimeoutError):
            await here.call(uuid4(), 0.3)
        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()
