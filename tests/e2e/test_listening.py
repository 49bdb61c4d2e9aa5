"""Whether a person on a real line is heard, with the real models: after silence, loud and quiet."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.audio.g711 import decode, encode
from appliance.bench.local_service import Service
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line, make_line
from appliance.text.canonical import canonical
from tests.fakes.clips import SENTENCES

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


def at_level(pcm: Pcm, dbfs: float) -> Pcm:
    """``pcm`` with its voiced part at ``dbfs`` (RMS), through mu-law."""
    sound = pcm.astype(np.float64)
    voiced = sound[np.abs(sound) > np.abs(sound).max() / 32]
    gain = 32768 * 10 ** (dbfs / 20) / np.sqrt(np.mean(np.square(voiced)))
    levelled = np.clip(np.rint(sound * gain), -32768, 32767).astype(np.int16)
    return decode(encode(levelled, "ulaw"), "ulaw")


async def heard(service: Service, lines: list[Line]) -> list[str]:
    """What the service understood of each of the caller's turns, in canonical form."""
    target = Target(host=service.host, port=service.port, max_call_s=180)
    call = await place_call(target, lines)
    record = await service.client.record(call.uuid)
    assert record is not None
    return [canonical(turn["heard"]) for turn in record["turns"]]


async def test_a_caller_who_is_silent_for_20_s_three_times_is_heard_each_time(
    service: Service, line: Callable[..., Line]
) -> None:
    """Digital silence, as a telephone with silence suppression sends it; the agent asks after them
    meanwhile, and offers a person at last: no yes may follow."""
    said = [SENTENCES[0], SENTENCES[3], SENTENCES[2]]
    silence = np.zeros(20 * 8000, np.int16)
    lines = [line(text.replace(" ", "_")) for text in said]
    late = [make_line(each.name, np.concatenate([silence, each.pcm])) for each in lines]
    assert await heard(service, late) == said


@pytest.mark.parametrize("dbfs", [-10, -45])
async def test_a_loud_and_a_quiet_caller_are_heard_alike(
    service: Service, line: Callable[..., Line], dbfs: int
) -> None:
    said = SENTENCES[:2]
    lines = [line(text.replace(" ", "_")) for text in said]
    lines = [make_line(each.name, at_level(each.pcm, dbfs)) for each in lines]
    assert await heard(service, lines) == list(said)
