"""A persona that another program writes for each call, as AVR's services ask for theirs.

The caller waits meanwhile, so it may take a second at most; an agent whose program does not answer
keeps the persona of its file.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Final
from uuid import UUID

import aiohttp

from appliance.config.url import shown

TIMEOUT_S: Final = 1.0
MOST_BYTES: Final = 64 * 1024

log = logging.getLogger(__name__)


async def fetch_persona(client: aiohttp.ClientSession, url: str, uuid: UUID) -> str | None:
    """What ``url`` wants the agent of call ``uuid`` to be; None, and a line in the log, when it
    does not say."""
    try:
        async with (
            asyncio.timeout(TIMEOUT_S),
            client.get(url, headers={"X-AVR-UUID": str(uuid)}, allow_redirects=False) as reply,
        ):
            body = await reply.content.read(MOST_BYTES)
            if reply.status != 200:
                raise ValueError(f"status {reply.status}")
            return _persona(body)
    except (TimeoutError, OSError, aiohttp.ClientError, ValueError) as error:
        reason = str(error) or f"no answer within {TIMEOUT_S:.0f} s"
        log.warning("persona_url %s: %s; the agent keeps its own persona", shown(url), reason)
        return None


def _persona(body: bytes) -> str:
    try:
        reply = json.loads(body)
    except ValueError as error:
        raise ValueError("the answer is not JSON") from error
    text = reply.get("system") if isinstance(reply, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise ValueError('the answer has no text "system"')
    return text
