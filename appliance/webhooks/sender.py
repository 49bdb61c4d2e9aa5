"""Delivers what lies in the outbox: in order within a call, several calls at once, again after a
failure.

It runs beside the calls and shares nothing with them but the event loop. The disk is what it works
from: a letter that was being delivered when the program was killed is simply delivered again.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, Protocol
from uuid import UUID

from appliance.errors import StoreFault
from appliance.logs import CALL_ID
from appliance.store.outbox import Counts, Letter
from appliance.webhooks.backoff import delay_s
from appliance.webhooks.delivery import Delivered, Failed, Later, Outcome, Stopped
from appliance.webhooks.envelope import INITIATED
from appliance.webhooks.figures import WebhookFigures
from appliance.webhooks.lanes import Lanes

AT_ONCE: Final = 8
"""Letters on their way at the same time."""
LOOK_S: Final = 2.0
"""How often it looks for letters that the command line has put back."""
AGE_S: Final = 600.0
"""How often the age of what lies there is written down."""
STORE_RETRY_S: Final = 1.0
SAME_ANSWERS: Final = 3
"""A receiver that answered the same so often will not answer otherwise."""

log = logging.getLogger(__name__)


class Letters(Protocol):
    """What the sender needs of ``store.outbox.Outbox``. Methods raise StoreFault."""

    async def head(self, call: UUID) -> Letter | None: ...
    async def calls(self) -> list[UUID]: ...
    async def counts(self) -> Counts: ...
    async def delivered(self, letter: Letter) -> bool: ...
    async def failed(self, letter: Letter, error: str, *, dead: bool) -> None: ...
    async def grow_older(self, seconds: float) -> None: ...
    async def prune(self) -> int: ...


Post = Callable[[Letter], Awaitable[Outcome]]


def _in_vain(letter: Letter, failed: Failed) -> bool:
    """Whether the same letter will be refused again.

    Receivers that know nothing of ``call_initiated`` (AVR's own) answer 500 to it, every time; it
    must not hold up what the call tells next.
    """
    if failed.final or not failed.answered:
        return failed.final
    unchanged = letter.attempts + 1 >= SAME_ANSWERS and letter.error == failed.error
    return unchanged or letter.type == INITIATED


class Sender:
    """Event loop only."""

    def __init__(
        self,
        letters: Letters,
        post: Post,
        retries: int,
        figures: WebhookFigures,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """``retries``: further attempts after the first."""
        self.lanes: Final = Lanes()
        self._letters = letters
        self._post = post
        self._retries = retries
        self._figures = figures
        self._chance = chance
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._hold_until_s = 0.0
        self._on_their_way: set[asyncio.Timeout] = set()
        self._stopping = False
        self._silent = False

    def wake(self, call: UUID) -> None:
        """``call`` has a letter on the disk."""
        self.lanes.add(call)
        self._wake.set()

    def stop(self) -> None:
        """Begin no further attempt and give up those on their way: their letters stay on the
        disk."""
        if self._stopping:
            return
        self._stopping = True
        self._wake.set()
        for limit in self._on_their_way:
            limit.reschedule(self._now())

    async def idle(self) -> None:
        """Wait until no letter is left to deliver."""
        while len(self.lanes):
            self._idle.clear()
            await self._idle.wait()

    async def run(self) -> None:
        """Deliver until ``stop``."""
        look_s, aged_s = 0.0, self._now()
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping:
                if self._now() >= look_s:
                    aged_s = await self._look(aged_s)
                    look_s = self._now() + LOOK_S
                self._begin(tasks)
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(self._next_s(look_s)):
                        await self._wake.wait()
                self._wake.clear()

    async def attempt(self, letter: Letter, post: Post) -> Outcome:
        """Send ``letter``, whose lane the caller has taken, and write down what came of it. The
        lane is given back. Raises StoreFault."""
        began_s = self._now()
        more, due_s = True, began_s + STORE_RETRY_S
        try:
            outcome = await self._post_unless_stopped(letter, post)
            self._figures.attempt(self._now() - began_s)
            if isinstance(outcome, Delivered):
                self._figures.count("delivered")
                self._heard_again()
                more = await self._letters.delivered(letter)
                due_s = began_s
            else:
                due_s = await self._put_off(letter, outcome)
        finally:
            if more:
                self.lanes.give_back(letter.call, due_s)
            else:
                self._finish(letter.call)
            self._wake.set()
        return outcome

    async def _post_unless_stopped(self, letter: Letter, post: Post) -> Outcome:
        limit = asyncio.timeout(None)
        try:
            async with limit:
                self._on_their_way.add(limit)
                return await post(letter)
        except TimeoutError:
            return Stopped()
        finally:
            self._on_their_way.discard(limit)

    def _begin(self, tasks: asyncio.TaskGroup) -> None:
        """Serve the lanes that are ready, as many as may be at once."""
        now_s = self._now()
        while now_s >= self._hold_until_s and self.lanes.taken < AT_ONCE:
            call = self.lanes.take(now_s)
            if call is None:
                return
            tasks.create_task(self._serve(call))

    def _next_s(self, look_s: float) -> float:
        """When there may be something to do, if nobody wakes us before."""
        due_s = self.lanes.next_due_s
        if due_s is None or self.lanes.taken >= AT_ONCE:
            return look_s
        return min(look_s, max(due_s, self._hold_until_s))

    async def _serve(self, call: UUID) -> None:
        """One letter of a lane."""
        CALL_ID.set(str(call))
        try:
            letter = await self._letters.head(call)
        except StoreFault as error:
            log.error("%s: %s", error.code, error)
            self.lanes.give_back(call, self._now() + STORE_RETRY_S)
            return
        if letter is None:
            self._finish(call)
            return
        try:
            await self.attempt(letter, self._post)
        except StoreFault as error:
            log.error("%s: %s; a webhook will be delivered twice", error.code, error)

    def _finish(self, call: UUID) -> None:
        """No letter of ``call`` is left on the disk."""
        self.lanes.finish(call)
        self._wake.set()
        self._idle.set()

    async def _put_off(self, letter: Letter, outcome: Failed | Later | Stopped) -> float:
        """Write down that an attempt did not succeed; when the call's next one is due."""
        match outcome:
            case Stopped():
                return self._now()
            case Later(wait_s):
                self._hold_until_s = self._now() + wait_s
                self._complain(f"asks to be left alone for {wait_s:.0f} s")
                return self._hold_until_s
            case Failed(error):
                failures = letter.attempts + 1
                dead = failures > self._retries or _in_vain(letter, outcome)
                self._figures.count("failed")
                self._complain(f"does not take letters: {error}")
                await self._letters.failed(letter, error, dead=dead)
                if dead:
                    self._set_aside(letter, failures, error)
                return self._now() + (0.0 if dead else delay_s(failures, self._chance()))

    def _set_aside(self, letter: Letter, failures: int, error: str) -> None:
        self._figures.count("dead")
        log.error(
            "webhook %d (%s) is set aside after %d attempts: %s; "
            "see `appliance webhooks list --dead`",
            *(letter.id, letter.type, failures, error),
        )

    async def _look(self, aged_s: float) -> float:
        """What lies on the disk: after a start, or put back by the command line. ``aged_s``: up to
        when its age is written down; returns the same of now."""
        try:
            aged_s = await self._grow_older(aged_s)
            dropped = await self._letters.prune()
            for call in await self._letters.calls():
                self.lanes.discover(call)
            counts = await self._letters.counts()
        except StoreFault as error:
            log.error("%s: %s", error.code, error)
            return aged_s
        self._figures.outbox(counts.waiting, counts.dead)
        if dropped:
            self._figures.count("dropped", dropped)
            log.error("%d webhooks were dropped undelivered: too old, or too many", dropped)
        return aged_s

    async def _grow_older(self, aged_s: float) -> float:
        """By the event loop's clock, which does not jump."""
        now_s = self._now()
        if now_s - aged_s < AGE_S:
            return aged_s
        await self._letters.grow_older(now_s - aged_s)
        return now_s

    def _complain(self, what: str) -> None:
        """Once, until the receiver takes a letter again."""
        if not self._silent:
            log.warning("the webhook receiver %s", what)
        self._silent = True

    def _heard_again(self) -> None:
        if self._silent:
            log.info("the webhook receiver takes letters again")
        self._silent = False

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
