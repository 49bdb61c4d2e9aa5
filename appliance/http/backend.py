"""What the HTTP interface needs of the service: a few questions, each answered at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from appliance.access.gate import Gate
from appliance.access.keys import ApiKey
from appliance.services.offered import Stages
from appliance.sts.server import StsServer
from appliance.switchboard.afterwards import Afterwards
from appliance.switchboard.announced import Announcer
from appliance.switchboard.answers import Announced, Readiness
from appliance.switchboard.call_control import Control


class CallDesk(Protocol):
    """What is known of calls, and room for another. Methods run on the event loop; what may wait
    for the database or a webhook's receiver is awaited, the rest returns at once."""

    async def announce(self, uuid: UUID, payload: Mapping[str, Any], by: Announcer) -> Announced:
        """Keep ``payload`` for the call that will arrive over AudioSocket with this ``uuid``.

        A second announcement of the same uuid replaces the first. Where there are webhooks, their
        receiver is told and may choose who answers. Raises CallRefused when the call would be
        refused anyway (``full``, ``draining``).
        """

    def readiness(self) -> Readiness:
        """The service's state at this moment."""

    async def call_record(self, uuid: UUID) -> Mapping[str, Any] | None:
        """A call's record, JSON-able, while it runs and for some time after; None when unknown.
        Raises StoreFault."""

    async def afterwards(self, uuid: UUID) -> Afterwards | None:
        """What the dialplan shall do with the call now; None when it is unknown. Raises
        StoreFault."""


class HttpBackend(Protocol):
    """The service as HTTP sees it."""

    @property
    def calls(self) -> CallDesk:
        """Telephone calls and whole sessions."""

    @property
    def stages(self) -> Stages:
        """Recognition, language model and voice, as services of their own."""

    @property
    def sts(self) -> StsServer:
        """Whole calls, by speech to speech."""

    @property
    def control(self) -> Control:
        """Ending, transferring and placing calls."""

    @property
    def gate(self) -> Gate:
        """Who may ask."""

    async def keys(self) -> Sequence[ApiKey]:
        """The API keys that are handed out. Raises StoreFault."""

    def metrics_text(self) -> bytes:
        """The Prometheus exposition, as ``Metrics.render()`` gives it."""
