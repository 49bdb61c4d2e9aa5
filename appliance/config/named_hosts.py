"""Which hosts a program of the site's may send a call to.

Whoever answers a webhook chooses where the words of a caller go, and could make this machine speak
to any port of the network. So only hosts that the administrator wrote down are taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from pydantic import BaseModel

from appliance.config.agents_file import Agents
from appliance.config.settings import Settings


def sts_hosts(settings: Settings, agents: Agents) -> frozenset[str]:
    """``Settings.sts_hosts``; where that is empty the hosts of all addresses in the settings and
    of the agents."""
    if settings.sts_hosts:
        return frozenset(host.lower() for host in settings.sts_hosts)
    return frozenset(_hosts((settings, *agents.by_name.values())))


def is_among(url: str, hosts: frozenset[str]) -> bool:
    """Whether ``hosts`` has the host of ``url``, or that with its port. Ports are those that the
    address names, or its scheme's."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme in ("https", "wss") else 80)
    host = (parts.hostname or "").rstrip(".")
    bracketed = f"[{host}]" if ":" in host else host
    return not hosts.isdisjoint({host, bracketed, f"{bracketed}:{port}"})


def _hosts(places: Iterable[BaseModel]) -> Iterable[str]:
    for place in places:
        for key in type(place).model_fields:
            if key.endswith("_url") and (url := getattr(place, key)):
                yield urlsplit(url).hostname or ""
