"""Connections that cost nobody else anything: bounded in number, and in the time they may hesitate.

aiohttp waits for ever for a request's headers, and takes any number of connections. Both are
bounded here, between the socket and aiohttp, so that a client that sends a byte now and then, or
opens connections and forgets them, takes no file and no memory from telephone calls.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Final

MAX_CONNECTIONS: Final = 512
"""On one port. A connection at rest holds some tens of kilobytes."""
HEADERS_S: Final = 10.0
"""From the connection to the end of the first request's headers."""
PROBE_AFTER_S: Final = 60
PROBE_EACH_S: Final = 10
PROBES: Final = 3
"""A silent peer is asked whether it is still there; one that has lost its power is gone after
60 + 3 * 10 s, however long its stream was going to be."""
FULL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
    b"Content-Type: application/json; charset=utf-8\r\nContent-Length: 69\r\n\r\n"
    b'{"error": "connections_full", "message": "too many connections here"}'
)


class Guard:
    """Makes the protocols of one port's connections."""

    def __init__(self, make: Callable[[], asyncio.Protocol]) -> None:
        """``make`` gives the protocol that serves a connection."""
        self._make = make
        self._hesitating: dict[asyncio.BaseTransport, asyncio.TimerHandle] = {}
        self.connections = 0

    def __call__(self) -> asyncio.Protocol:
        """The protocol of a new connection."""
        return _Guarded(self._make(), self)

    def admit(self, transport: asyncio.Transport) -> bool:
        """Count ``transport``; False, and it is told so and closed, when there are too many."""
        self.connections += 1
        if self.connections > MAX_CONNECTIONS:
            transport.write(FULL)
            transport.close()
            return False
        _probe(transport.get_extra_info("socket"))
        loop = asyncio.get_running_loop()
        self._hesitating[transport] = loop.call_later(HEADERS_S, transport.abort)
        return True

    def asked(self, transport: asyncio.BaseTransport | None) -> None:
        """A request's headers are there."""
        if transport in self._hesitating:
            self._hesitating.pop(transport).cancel()

    def forget(self, transport: asyncio.BaseTransport) -> None:
        """The connection is over."""
        self.connections -= 1
        self.asked(transport)


class _Guarded(asyncio.Protocol):
    """One connection: everything goes to the ``inner`` protocol, which sees nothing of this."""

    def __init__(self, inner: asyncio.Protocol, guard: Guard) -> None:
        self._inner = inner
        self._guard = guard
        self._transport: asyncio.BaseTransport | None = None  # until the connection is made
        self._admitted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._admitted = self._guard.admit(transport)
        if self._admitted:
            self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if self._admitted:
            self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received() if self._admitted else None

    def pause_writing(self) -> None:
        if self._admitted:
            self._inner.pause_writing()

    def resume_writing(self) -> None:
        if self._admitted:
            self._inner.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._guard.forget(self._transport)
        if self._admitted:
            self._inner.connection_lost(exc)


def _probe(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, PROBE_AFTER_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, PROBE_EACH_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, PROBES)
