"""One service elsewhere, spoken to over HTTP: the place where its faults become RemoteError.

Only the configured address is spoken to: no proxies of the environment, no redirects, no cookies.
What the peer answers to a failed request is neither shown nor logged, because some repeat in it
what they were sent: a caller's words.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from appliance.config.url import shown
from appliance.errors import ProtocolError, RemoteError

CONNECT_S: Final = 3.0
"""A host on the local network that has not taken a connection by then is not there."""
ATTEMPTS: Final = 2
"""Per request, and only while nothing of an answer has come."""
RETRY_S: Final = 0.2
KEEP_ALIVE_S: Final = 4.0
"""Node's servers close an idle connection after 5 s; a request must not meet that moment."""
CLOSE_S: Final = 2.0
"""For the peer's half of the closing of a WebSocket."""
UNREACHABLE: Final = "remote_unreachable"
BROKEN: Final = "remote_broke_off"
_TRANSIENT: Final = (502, 503, 504)
_ADVICE: Final = {401: "; check its key", 403: "; check its key", 404: "; check the address"}

OnFirst = Callable[[float], None]
"""Told the seconds from a question to the first of its answer."""

log = logging.getLogger(__name__)


def untold(seconds: float) -> None:
    """Nobody wants to know."""


class Peer:
    """An address and the connections to it. Event loop only; make it there.

    ``silence_s``: how long an answer may let wait for its first or its next bytes.
    """

    def __init__(
        self,
        engine: str,
        url: str,
        *,
        silence_s: float,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.engine = engine
        self.url = url
        self.shown_url = shown(url)
        self.silence_s = silence_s
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_ALIVE_S),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Accept-Encoding": "identity", "User-Agent": "appliance", **(headers or {})},
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=min(CONNECT_S, silence_s), sock_read=silence_s
            ),
            trust_env=False,
        )

    @asynccontextmanager
    async def post(
        self, json: Mapping[str, Any], *, call_id: str = ""
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Send ``json``; the answer with its body still to be read. Leaving it ends the request.

        What goes wrong inside, while the body is read, is a RemoteError as well. Tried twice while
        nothing has been answered. Raises RemoteError.
        """
        async with self._answered("POST", self.url, json=dict(json), call_id=call_id) as response:
            yield response

    @asynccontextmanager
    async def get(self, url: str) -> AsyncIterator[aiohttp.ClientResponse]:
        """As ``post``, of another address of the same service."""
        async with self._answered("GET", url) as response:
            yield response

    @asynccontextmanager
    async def stream(
        self, sound: AsyncGenerator[bytes], *, call_id: str
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Send ``sound`` for as long as it lasts while the answer is read; tried once, and no
        silence is too long. Raises RemoteError."""
        headers = {"Content-Type": "application/octet-stream", **_identified(call_id)}
        patient = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S, sock_read=None)
        with _Faults(self):
            response = await self._session.post(
                self.url, data=sound, headers=headers, allow_redirects=False, timeout=patient
            )
            try:
                self._check(response)
                yield response
            finally:
                response.close()

    @asynccontextmanager
    async def websocket(
        self, *, most_bytes: int, heartbeat_s: float
    ) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """A WebSocket, uncompressed, that takes messages of ``most_bytes``; tried once. What goes
        wrong inside is a RemoteError as well. Raises RemoteError."""
        closing = aiohttp.ClientWSTimeout(ws_close=CLOSE_S)
        with _Faults(self):
            async with asyncio.timeout(self.silence_s):
                socket = await self._session.ws_connect(
                    self.url, timeout=closing, heartbeat=heartbeat_s, max_msg_size=most_bytes
                )
            try:
                yield socket
            finally:
                await socket.close()

    async def probe(self) -> None:
        """Connect and hang up again, to see whether anybody is there. Raises RemoteError."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self._connect()
                break
            except RemoteError as error:
                if attempt == ATTEMPTS or not _is_transient(error):
                    raise
                await asyncio.sleep(RETRY_S)

    async def _connect(self) -> None:
        parts = urlsplit(self.url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        with _Faults(self):
            async with asyncio.timeout(min(CONNECT_S, self.silence_s)):
                _, writer = await asyncio.open_connection(parts.hostname, port)
            writer.close()
            await writer.wait_closed()

    async def close(self) -> None:
        """Close all connections. Idempotent."""
        await self._session.close()

    def fault(
        self, message: str, *, status: int | None = None, code: str | None = None
    ) -> RemoteError:
        """What is wrong with this service."""
        return RemoteError(self.engine, self.shown_url, message, status=status, code=code)

    @asynccontextmanager
    async def _answered(
        self, method: str, url: str, *, call_id: str = "", **body: Any
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        headers = _identified(call_id)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with _Faults(self):
                    response = await self._session.request(
                        method, url, headers=headers, allow_redirects=False, **body
                    )
                    self._check(response)
                break
            except RemoteError as error:
                if attempt == ATTEMPTS or not _is_transient(error):
                    raise
                log.info("%s; trying again", error)
                await asyncio.sleep(RETRY_S)
        with _Faults(self):
            try:
                yield response
            finally:
                response.close()

    def _check(self, response: aiohttp.ClientResponse) -> None:
        status = response.status
        if status == HTTPStatus.OK:
            return
        response.close()
        if 300 <= status < 400:
            raise self.fault(
                f"answered {status}: redirects are not followed; set the address it leads to",
                status=status,
            )
        raise self.fault(f"answered {status}{_ADVICE.get(status, '')}", status=status)


class _Faults:
    """Everything that can go wrong with a peer, as RemoteError."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        peer = self._peer
        match error:
            case TimeoutError():
                raise peer.fault("did not answer in time", code="remote_timeout") from error
            case ProtocolError():
                raise peer.fault(f"sent {error}") from error
            case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
                raise peer.fault("has no certificate that this host trusts") from error
            case aiohttp.ClientConnectorDNSError():
                raise peer.fault("has a name that cannot be resolved") from error
            case aiohttp.ClientConnectorError() | ConnectionRefusedError():
                reason = error.strerror or "no connection"
                raise peer.fault(f"cannot be reached: {reason}", code=UNREACHABLE) from error
            case aiohttp.WSServerHandshakeError(status=status):
                advice = _ADVICE.get(status, "; is it a WebSocket?")
                raise peer.fault(f"answered {status}{advice}", status=status) from error
            case aiohttp.ClientPayloadError():
                raise peer.fault("broke off in its answer", code=BROKEN) from error
            case aiohttp.ClientConnectionError() | OSError():
                raise peer.fault("broke the connection", code=UNREACHABLE) from error
            case aiohttp.ClientError() | ValueError():
                name = type(error).__name__  # its words may be the peer's
                raise peer.fault(f"does not speak HTTP as it should ({name})") from error


def _is_transient(error: RemoteError) -> bool:
    return error.code == UNREACHABLE or error.status in _TRANSIENT


def _identified(call_id: str) -> dict[str, str]:
    return {"X-UUID": call_id} if call_id else {}
