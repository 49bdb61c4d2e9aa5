"""The gate in front of every route: from where, from which page, with which key.

A page in any browser of the site can send requests to an address inside it. So a request that names
another host than ours, or comes from another page, is refused whoever sends it (a name of the
attacker's may point at this machine); and from other machines than the trusted ones everything
needs a key. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from appliance.access.keys import ApiKey, Scope, digest_of
from appliance.errors import ApplianceError

Network = IPv4Network | IPv6Network


class AccessRefused(ApplianceError):
    """A request may not do what it asks for; ``status`` tells an HTTP client."""

    code = "access_refused"

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(message, code=code)
        self.status = status


@dataclass(frozen=True, slots=True)
class Visitor:
    """What a request says of itself."""

    address: str
    """Of its connection; empty when that is no address of the internet."""
    host: str
    """Its ``Host``, with a port or without; empty in HTTP/1.0, which no browser speaks."""
    origin: str | None
    """The page it comes from, where a browser says so."""
    secret: str | None
    """Of its key."""


class Gate:
    """Of one service."""

    def __init__(self, names: Iterable[str], trusted: Iterable[Network]) -> None:
        """``names``: what this machine is called, besides its addresses and ``localhost``.
        ``trusted``: networks whose programs need no key."""
        self._names = frozenset({"localhost", *(name.lower().rstrip(".") for name in names)})
        self._trusted = tuple(trusted)

    def admit(
        self, visitor: Visitor, scope: Scope | None, keys: Sequence[ApiKey], *, changes: bool
    ) -> ApiKey | None:
        """The key that opens ``scope`` to the ``visitor``; None where none is needed.

        ``scope`` None: open to everybody. ``changes``: whether the request changes something, or
        opens a WebSocket. Raises AccessRefused.
        """
        self._know(visitor.host)
        if changes and visitor.origin is not None:
            _same(visitor.origin, visitor.host)
        if scope is None:
            return None
        if visitor.secret is not None:
            return _opened(visitor.secret, scope, keys)
        locked = scope == "control" and any("control" in key.scopes for key in keys)
        if locked or not self.trusts(visitor.address):
            raise AccessRefused(
                "key_missing",
                f"this needs an API key with the scope {scope!r}: make one with `appliance keys"
                f" add NAME --scope {scope}` and send it as `Authorization: Bearer KEY`",
                401,
            )
        return None

    def _know(self, host: str) -> None:
        name = _hostname(f"//{host}")
        if not host or name in self._names or address_of(name) is not None:
            return
        raise AccessRefused(
            "host_refused",
            "the request names a host that is not this machine; the setting http_names lists its"
            " names",
            403,
        )

    def trusts(self, address: str) -> bool:
        """Whether programs there need no key."""
        known = address_of(address)
        if known is None:
            return False
        if isinstance(known, IPv6Address) and known.ipv4_mapped is not None:
            known = known.ipv4_mapped
        return known.is_loopback or any(
            known.version == network.version and known in network for network in self._trusted
        )


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches ``host``."""
    known = address_of(host)
    return host == "localhost" or (known is not None and known.is_loopback)


def _same(origin: str, host: str) -> None:
    try:
        page = urlsplit(origin).netloc.lower()
    except ValueError:
        page = ""
    if not page or page != host.lower():
        raise AccessRefused("origin_refused", "the request comes from a page of another site", 403)


def _opened(secret: str, scope: Scope, keys: Sequence[ApiKey]) -> ApiKey:
    digest = digest_of(secret)
    for key in keys:
        if key.digest == digest:
            if scope in key.scopes:
                return key
            raise AccessRefused(
                "scope_missing", f"the key {key.name} lacks the scope {scope!r}", 403
            )
    raise AccessRefused("key_unknown", "no such key; `appliance keys list` shows them", 401)


def _hostname(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return "?"


def address_of(text: str) -> IPv4Address | IPv6Address | None:
    """``text`` as an address, its zone left out; None when it is none."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None
