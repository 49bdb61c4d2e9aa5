"""Webhooks as the service uses them: tell, and go on.

What is told is on the disk within milliseconds and delivered when the receiver can be reached.
``call_initiated`` alone is waited for, with a time-out of its own, because its answer may choose
the speech-to-speech service of the call; it is a letter like the others all the same, so a receiver
that was not there is told later.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

import aiohttp
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from appliance.background import concurrently
from appliance.call.events import CallEvent
from appliance.config.named_hosts import is_among
from appliance.config.settings import Settings, env_name
from appliance.config.url import StsUrl, shown
from appliance.errors import StoreFault
from appliance.store.outbox import Letter, NewLetter, Outbox
from appliance.store.writer import Job, Writer
from appliance.webhooks.delivery import Delivered, Outcome, Receiver
from appliance.webhooks.envelope import INITIATED, envelope, told
from appliance.webhooks.figures import WebhookFigures
from appliance.webhooks.sender import AT_ONCE, Sender

INITIATED_AT_ONCE: Final = 16
"""Calls that wait for the receiver's answer at the same time; others do without."""

_STS_URL: Final[TypeAdapter[str]] = TypeAdapter(StsUrl)
log = logging.getLogger(__name__)


class Webhooks:
    """Tells the receiver. Event loop only; ``open_webhooks`` makes one."""

    def __init__(
        self,
        outbox: Outbox,
        writer: Writer,
        receiver: Receiver,
        settings: Settings,
        hosts: frozenset[str],
        figures: WebhookFigures,
    ) -> None:
        """``hosts``: those that an answer may name in an ``sts_url``."""
        self._outbox = outbox
        self._writer = writer
        self._receiver = receiver
        self._hosts = hosts
        self._agent_id = settings.agent_id
        self._errors = settings.webhook_errors
        self._initiated_timeout_s = settings.webhook_initiated_timeout_ms / 1000
        self._initiated_now = 0
        post = partial(receiver.post, timeout_s=settings.webhook_timeout_ms / 1000)
        self.sender: Final = Sender(outbox, post, settings.webhook_retry, figures)

    def notify(
        self, uuid: UUID, event_type: str, payload: Mapping[str, Any], *, agent: str
    ) -> None:
        """Tell of ``event_type``; returns at once. ``agent`` is whose call it is."""
        self._put(self._letter(uuid, event_type, payload, agent))

    def happened(self, uuid: UUID, agent: str, event: CallEvent) -> None:
        """A call's listener, the first two arguments bound."""
        telling = told(event, errors=self._errors)
        if telling is not None:
            self.notify(uuid, *telling, agent=agent)

    async def initiated(self, uuid: UUID, payload: Mapping[str, Any], *, agent: str) -> str | None:
        """Tell of ``call_initiated`` and wait for the answer, ``webhook_initiated_timeout_ms`` at
        most; the ``sts_url`` in it, or None: the receiver wants none, or does not answer."""
        new = self._letter(uuid, INITIATED, payload, agent)
        if self._initiated_now >= INITIATED_AT_ONCE or not self.sender.lanes.take_for(uuid):
            self._put(new)
            return None
        self._initiated_now += 1
        try:
            outcome = await self._ask(new)
        finally:
            self._initiated_now -= 1
        return _chosen(outcome, self._hosts)

    async def drain(self, within_s: float) -> None:
        """Deliver what can be delivered in that time; the rest stays on the disk."""
        try:
            async with asyncio.timeout(within_s):
                await self._writer.flush()
                await self.sender.idle()
        except TimeoutError:
            log.info("webhooks of %d calls are left for the next start", len(self.sender.lanes))

    async def _ask(self, new: NewLetter) -> Outcome | None:
        """The first attempt of a letter whose lane is taken, with a time-out over all of it."""
        deadline_s = asyncio.get_running_loop().time() + self._initiated_timeout_s
        on_disk: asyncio.Future[Letter] = asyncio.get_running_loop().create_future()
        self._put(new, on_disk)
        try:
            async with asyncio.timeout_at(deadline_s):
                letter = await on_disk
        except TimeoutError:  # a slow disk: the sender will find it there
            self.sender.lanes.give_back(new.call, deadline_s)
            return None
        left_s = max(0.01, deadline_s - asyncio.get_running_loop().time())
        try:
            return await self.sender.attempt(letter, partial(self._receiver.post, timeout_s=left_s))
        except StoreFault as error:
            log.error("%s: %s; a webhook will be delivered twice", error.code, error)
            return None

    def _letter(
        self, uuid: UUID, event_type: str, payload: Mapping[str, Any], agent: str
    ) -> NewLetter:
        body = envelope(uuid, event_type, payload, datetime.now(UTC))
        return NewLetter(uuid, event_type, self._agent_id or agent, body)

    def _put(self, new: NewLetter, on_disk: asyncio.Future[Letter] | None = None) -> None:
        letter: Letter | None = None

        async def write(connection: AsyncConnection) -> None:
            nonlocal letter
            letter = await self._outbox.add(connection, new)

        def written() -> None:
            if on_disk is not None and letter is not None and not on_disk.done():
                on_disk.set_result(letter)  # whoever waits for it delivers it
            else:
                self.sender.wake(new.call)

        self._writer.put(Job(write, written))


def _chosen(outcome: Outcome | None, hosts: frozenset[str]) -> str | None:
    """The address in the receiver's answer, when it is one of ``hosts``."""
    reply = outcome.reply if isinstance(outcome, Delivered) else None
    url = reply.get("sts_url") if isinstance(reply, dict) else None
    if not url:
        return None
    try:
        chosen = _STS_URL.validate_python(url, strict=True)
    except ValidationError:
        log.error("the webhook receiver named an sts_url that is no address; it is not used")
        return None
    if is_among(chosen, hosts):
        return chosen
    log.error(
        "the webhook receiver named an sts_url that is not allowed (%s); the agent answers itself:"
        " list its host in %s if it is meant",
        *(shown(chosen), env_name("sts_hosts")),
    )
    return None


@asynccontextmanager
async def open_webhooks(
    settings: Settings,
    hosts: frozenset[str],
    outbox: Outbox,
    writer: Writer,
    figures: WebhookFigures,
) -> AsyncIterator[Webhooks | None]:
    """Running webhooks, or None where the site has no receiver; ``hosts`` are those that may be
    chosen for a call. At the end, attempts on their way are awaited; call ``drain`` before to
    deliver more."""
    if settings.webhook_url is None:
        yield None
        return
    connector = aiohttp.TCPConnector(limit=AT_ONCE + INITIATED_AT_ONCE)
    cookies = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(connector=connector, cookie_jar=cookies) as http:
        receiver = Receiver(http, settings.webhook_url, settings.webhook_secret.get_secret_value())
        webhooks = Webhooks(outbox, writer, receiver, settings, hosts, figures)
        async with concurrently(webhooks.sender.run()):
            try:
                yield webhooks
            finally:
                webhooks.sender.stop()
