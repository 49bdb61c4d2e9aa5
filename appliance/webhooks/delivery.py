"""One attempt to deliver a letter, and what became of it.

Redirects are not followed and no proxy of the environment is used: the secret goes to the address
the administrator wrote, and nowhere else. A receiver that answers 4xx will not like the same letter
better the next time; one that says "later" (408, 425, 429, 503 with Retry-After) is obeyed.

A receiver that only compares the secret can be fooled by whoever has seen one letter. So each is
signed as well, over its body and the time, and names its delivery: a copy is told from the letter.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid5

import aiohttp

from appliance.store.outbox import Letter

REPLY_LIMIT_BYTES: Final = 16 * 1024
LONGEST_WAIT_S: Final = 900.0
"""Of what a receiver may ask for: AVR's sample counts its limit over 15 minutes."""
WAIT_S: Final = 5.0
"""When it asks for patience and does not say for how long (or gives a date)."""
PATIENCE: Final = frozenset({408, 425})
"""4xx that mean "again"."""
GATEWAY: Final = frozenset({502, 503, 504})
"""What stands before the receiver does not reach it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The receiver has it."""

    reply: Any = None
    """Its JSON; None when there was none."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It has not, or has not said so."""

    error: str
    final: bool = False
    """The same letter would be refused again."""
    answered: bool = False
    """Whether the receiver's program said so itself, not a gateway before it."""


@dataclass(frozen=True, slots=True)
class Later:
    """The receiver wants no letters at all for a while; no failure of this one."""

    wait_s: float


@dataclass(frozen=True, slots=True)
class Stopped:
    """We are going down; nobody knows whether the receiver has it."""


Outcome = Delivered | Failed | Later | Stopped


class Receiver:
    """The one address, and our secret there."""

    def __init__(self, http: aiohttp.ClientSession, url: str, secret: str) -> None:
        self._http = http
        self._url = url
        self._secret = secret

    async def post(self, letter: Letter, timeout_s: float) -> Outcome:
        """Send it once."""
        try:
            async with self._http.post(
                self._url,
                data=letter.body.encode("ascii"),
                headers=self._headers(letter),
                timeout=aiohttp.ClientTimeout(total=timeout_s),
                allow_redirects=False,
            ) as reply:
                return _outcome(reply, await reply.content.read(REPLY_LIMIT_BYTES))
        except TimeoutError:
            return Failed("timeout")
        except (aiohttp.ClientError, OSError) as error:
            return Failed(_reason(error))
        except ValueError:
            return Failed("WEBHOOK_SECRET or AGENT_ID cannot stand in a header", final=True)

    def _headers(self, letter: Letter) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "X-AVR-AGENT-ID": letter.agent_id,
            "X-AVR-WEBHOOK-DELIVERY": str(uuid5(letter.call, f"{letter.id} {letter.created_s}")),
        }
        if not self._secret:
            return headers
        return headers | {
            "X-AVR-WEBHOOK-SECRET": self._secret,
            "X-AVR-WEBHOOK-SIGNATURE": signature(self._secret, letter.body, int(time.time())),
        }


def signature(secret: str, body: str, at_s: int) -> str:
    """``t=1767225602,v1=...``: HMAC-SHA256 under ``secret`` of the time (seconds since 1970), a dot
    and the ``body`` (ASCII), as hex digits."""
    signed = f"{at_s}.{body}".encode("ascii")
    return f"t={at_s},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def _outcome(reply: aiohttp.ClientResponse, body: bytes) -> Outcome:
    if 200 <= reply.status < 300:
        return Delivered(_json(body))
    asked = reply.headers.get("Retry-After")
    if reply.status == 429 or (reply.status == 503 and asked is not None):
        return Later(_seconds(asked))
    final = 300 <= reply.status < 500 and reply.status not in PATIENCE
    return Failed(f"status {reply.status}", final, answered=reply.status not in GATEWAY)


def _seconds(asked: str | None) -> float:
    return min(LONGEST_WAIT_S, float(asked)) if asked and asked.strip().isdecimal() else WAIT_S


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _reason(error: Exception) -> str:
    """The kind of failure: the text of some names the address, which may hold a token."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"no connection: {error.os_error.strerror or type(error.os_error).__name__}"
    return type(error).__name__
