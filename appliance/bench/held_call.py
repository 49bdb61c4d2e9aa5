"""A call of a measurement: the simulated caller, told by the service when an answer is over.

A caller who only listens takes a filler for the answer, and speaks into the real one. The service
writes a turn down when its answer has been heard; the caller asks for that whenever the agent has
fallen silent, which is about once a line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from appliance.bench.exchange import Exchange, exchanges_of
from appliance.bench.local_service import Service
from appliance.caller.caller import Echo, Target, place_call
from appliance.caller.line import Line
from appliance.caller.result import CallResult, LineResult
from appliance.caller.script import Manners
from appliance.caller.service_client import ServiceClient
from appliance.errors import ApplianceError

ASK_AGAIN_S: Final = 0.05
MANNERS: Final = Manners(answer_timeout_s=11.0, patience_s=7.0)
"""The agent itself gives up an answer after 10 s; it asks after a silent caller after 8 s."""


async def hold_call(
    service: Service, lines: Sequence[Line], echo: Echo | None = None
) -> CallResult:
    """Say ``lines`` to ``service``. Raises as ``place_call``."""
    target = Target(host=service.host, port=service.port, echo=echo)
    follower = _Follower()
    following = asyncio.create_task(follower.follow(service.client, target.uuid))
    try:
        return await place_call(target, lines, MANNERS, settled=follower.settled)
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def record_of(service: Service, call: CallResult) -> dict[str, Any]:
    """What the service wrote down of a call that is over. Raises ApplianceError when it keeps
    nothing."""
    record = await service.client.record(call.uuid)
    if record is None:
        raise ApplianceError(
            "the service kept no record of a call; set keep_calls above 0", code="no_record"
        )
    return record


async def one_behind_the_other(service: Service, lines: Sequence[Line]) -> list[Exchange]:
    """Say ``lines``; where the agent ends the call before the last one, dial again."""
    exchanges: list[Exchange] = []
    while rest := lines[len(exchanges) :]:
        call = await hold_call(service, rest)
        if call.outcome == "refused":
            raise ApplianceError(
                f"the appliance at {service.client.url} refused a call: it is full or stopping; "
                "wait, or take fewer --calls",
                code="call_refused",
            )
        exchanges += exchanges_of(call, await record_of(service, call))
        if not call.lines:  # hung up before the line's voice began
            exchanges.append(Exchange(LineResult(rest[0].name, rest[0].words, 0.0), ()))
    return exchanges


class _Follower:
    """Which turns of a call are over."""

    def __init__(self) -> None:
        self._asked = asyncio.Event()
        self._settled_s = float("-inf")

    def settled(self) -> float:
        """Where the voice of the newest turn ended that is known to be over, in seconds of the
        call; asks for newer ones."""
        self._asked.set()
        return self._settled_s

    async def follow(self, client: ServiceClient, uuid: UUID) -> None:
        """Find out whenever somebody asks. Raises ApplianceError when nothing answers any more."""
        while True:
            await self._asked.wait()
            record = await client.record_so_far(uuid)
            for turn in record["turns"]:
                ended_ms = turn.get("voice_ended_ms")  # a service elsewhere does not tell it
                ended_s = float("inf") if ended_ms is None else ended_ms / 1000
                self._settled_s = max(self._settled_s, ended_s)
            self._asked.clear()
            await asyncio.sleep(ASK_AGAIN_S)
