"""Who answers a call: announcements, admission, and each call on whatever line it came.

A call is a telephone's or a speech-to-speech session's; it is held here (``call/call.py``) or by a
service elsewhere (``sts/bridge.py``). All of that is decided in ``_hold``, for every call alike.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import aiohttp

from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.persona import fetch_persona
from appliance.asterisk.ami import AmiError
from appliance.asterisk.manager import Manager
from appliance.call.call import Call
from appliance.call.events import CallEvent, Listener, nobody
from appliance.call.line import Line
from appliance.call.recognition import VoiceDetector
from appliance.call.record import CallLog, CallRecord
from appliance.clock import Clock
from appliance.config.agents_file import Agents
from appliance.config.settings import Settings
from appliance.config.url import with_query
from appliance.errors import CallRefused
from appliance.logs import CALL_ID
from appliance.metrics import Metrics
from appliance.store.calls import CallStore
from appliance.store.probe import StoreProbe
from appliance.sts.bridge import BridgedCall
from appliance.sts.line import StsLine
from appliance.sts.provider_config import choose
from appliance.switchboard.afterwards import ENDED_BY_US, Afterwards, afterwards
from appliance.switchboard.announced import Announcement, Announcements, Announcer
from appliance.switchboard.answers import Announced, Readiness
from appliance.switchboard.call_control import Control
from appliance.webhooks.webhooks import Webhooks

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Equipment:
    """What calls need of the service; all of it is loaded and running."""

    agents: Agents
    loaded: Mapping[str, LoadedAgent]
    open_detector: Callable[[int], VoiceDetector]
    control: Control
    stored: CallStore
    webhooks: Webhooks | None
    client: aiohttp.ClientSession
    clock: Clock
    metrics: Metrics
    probe: StoreProbe


class Switchboard:
    """All calls of the service. Event loop only."""

    def __init__(self, settings: Settings, equipment: Equipment, active: Callable[[], int]) -> None:
        """``active`` counts the calls there are, those just admitted included."""
        self._settings = settings
        self._with = equipment
        self._active = active
        self._calls = CallLog(settings.keep_calls)
        self._admitted: set[UUID] = set()  # until their call is over
        self._announced = Announcements(settings.call_metadata_s)
        self.draining = False
        """Whether new calls are refused because the service is about to stop."""

    # -- what the HTTP interface asks (http/backend.py)

    async def announce(self, uuid: UUID, payload: Mapping[str, Any], by: Announcer) -> Announced:
        """As ``http.backend.CallDesk``."""
        self._check_room()
        agent = self._with.agents.for_extension(Announcement(payload).extension)
        own = None if agent.sts_url is None else with_query(agent.sts_url, payload)
        self._announced.put(uuid, Announcement(payload, own), self._with.clock.now(), by)
        if self._with.webhooks is None:
            return Announced(own)
        given = await self._with.webhooks.initiated(uuid, payload, agent=agent.name)
        if given is None:
            return Announced(own)
        chosen = with_query(given, payload)
        self._announced.put(uuid, Announcement(payload, chosen), self._with.clock.now(), by)
        return Announced(chosen, override=True)

    def readiness(self) -> Readiness:
        """As ``http.backend.CallDesk``."""
        reason = self.refusal()
        active, most = self._active(), self._settings.max_calls
        return Readiness(reason is None, active, most, reason, self._with.probe.faults)

    async def call_record(self, uuid: UUID) -> Mapping[str, Any] | None:
        """As ``http.backend.CallDesk``."""
        record = self._calls.find(uuid)
        return await self._with.stored.find(uuid) if record is None else record.as_json()

    async def afterwards(self, uuid: UUID) -> Afterwards | None:
        """As ``http.backend.CallDesk``."""
        record = await self.call_record(uuid)
        return None if record is None else afterwards(record["outcome"], record["transfer_to"])

    # -- admission

    def refusal(self) -> str | None:
        """Why no call would be taken now: ``full``, ``draining``."""
        if self.draining:
            return "draining"
        return "full" if self._active() >= self._settings.max_calls else None

    def admit(self, uuid: UUID) -> None:
        """Let a call begin; ``answer`` or ``answer_session`` must follow. Raises CallRefused."""
        self._check_room()
        if uuid in self._admitted:
            self._with.metrics.call_refused("uuid_in_use")
            raise CallRefused("uuid_in_use", "a call with this UUID is going on already")
        self._admitted.add(uuid)

    def _check_room(self) -> None:
        reason = self.refusal()
        if reason is not None:
            self._with.metrics.call_refused(reason)
            raise CallRefused(
                reason,
                "the service is shutting down"
                if reason == "draining"
                else f"all {self._settings.max_calls} lines are busy (setting max_calls)",
            )

    # -- calls

    async def answer(self, line: Line) -> None:
        """A telephone call, until it is over."""
        try:
            announcement = self._announced.take(line.uuid, self._with.clock.now())
            await self._hold(line, announcement, {}, nobody)
        finally:
            self._admitted.discard(line.uuid)

    async def answer_session(
        self, line: StsLine, provider_config: Mapping[str, str], metadata: Mapping[str, str]
    ) -> None:
        """A call by speech to speech. Raises ProtocolError for a wish that cannot be met."""
        try:
            await self._hold_session(line, provider_config, metadata)
        finally:
            self._admitted.discard(line.uuid)

    async def _hold_session(
        self, line: StsLine, provider_config: Mapping[str, str], metadata: Mapping[str, str]
    ) -> None:
        announced = self._announced.take(line.uuid, self._with.clock.now())
        payload = {**announced.payload, **metadata}
        if metadata.get("agent") in self._with.loaded:  # as ?agent= of the other services
            provider_config = {"agent": metadata["agent"], **provider_config}
        await self._hold(line, Announcement(payload, announced.sts_url), provider_config, line.tell)
        record, manager = self._calls.find(line.uuid), self._with.control.manager
        if manager is not None and record is not None and record.outcome in ENDED_BY_US:
            await _put_down(manager, line.uuid)

    async def _hold(
        self,
        line: Line,
        announcement: Announcement,
        provider_config: Mapping[str, str],
        tell: Listener,
    ) -> None:
        uuid, equipment = line.uuid, self._with
        CALL_ID.set(str(uuid))
        usual = equipment.loaded[equipment.agents.for_extension(announcement.extension).name]
        loaded = choose(equipment.loaded, usual, provider_config)
        agent = loaded.agent
        sts_url = announcement.sts_url
        if sts_url is None and agent.sts_url is not None:
            sts_url = with_query(agent.sts_url, announcement.payload)
        persona = None
        if (
            sts_url is None
            and agent.persona_url is not None
            and "instructions" not in provider_config
        ):
            persona = await fetch_persona(equipment.client, agent.persona_url, uuid)
        record = self._calls.open(uuid, agent.name)
        listener = self._listener(uuid, agent.name, tell)
        call: Call | BridgedCall
        if sts_url is not None:
            call = self._bridge(line, loaded, sts_url, record, listener)
        else:
            here = loaded.for_caller(announcement.payload, persona=persona)
            call = self._call(line, here, record, listener)
        equipment.stored.save(record)
        equipment.control.running[uuid] = call
        try:
            await call.run()
        finally:
            del equipment.control.running[uuid]
            equipment.stored.save(record)

    def _call(
        self, line: Line, loaded: LoadedAgent, record: CallRecord, listener: Listener
    ) -> Call:
        return Call(
            line,
            loaded,
            self._with.open_detector,
            record=record,
            clock=self._with.clock,
            metrics=self._with.metrics,
            transfer=None if self._with.control.manager is None else self._transfer,
            on_event=listener,
        )

    def _bridge(
        self,
        line: Line,
        loaded: LoadedAgent,
        sts_url: str,
        record: CallRecord,
        listener: Listener,
    ) -> BridgedCall:
        return BridgedCall(
            line,
            loaded,
            sts_url,
            record=record,
            metrics=self._with.metrics,
            timeout_s=self._settings.remote_timeout_s,
            transfer=None if self._with.control.manager is None else self._transfer,
            on_event=listener,
        )

    def _listener(self, uuid: UUID, agent: str, tell: Listener) -> Listener:
        """Those who follow a call: ``tell``, and the webhooks' receiver."""
        if self._with.webhooks is None:
            return tell
        happened = partial(self._with.webhooks.happened, uuid, agent)

        def both(event: CallEvent) -> None:
            tell(event)
            happened(event)

        return both

    async def _transfer(self, record: CallRecord) -> None:
        """Send a caller to where the agent wants them, when that names a context too."""
        place = afterwards("transfer", record.transfer_to)
        manager = self._with.control.manager
        if manager is not None and place.extension and place.context:
            await manager.transfer(record.uuid, place.extension, place.context)


async def _put_down(manager: Manager, uuid: UUID) -> None:
    """The goodbye was said here, the caller's channel is at the other end of the session."""
    try:
        await manager.hang_up(uuid)
    except AmiError as error:
        log.error("%s: %s", error.code, error)
