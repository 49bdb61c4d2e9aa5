"""Which hosts may be named for a call."""

from __future__ import annotations

import pytest

from appliance.config.agent import Agent
from appliance.config.agents_file import Agents
from appliance.config.named_hosts import is_among, sts_hosts
from appliance.config.settings import Settings

pytestmark = pytest.mark.unit

DESK = Agent(name="desk", persona="Kind.", greeting="Hello.", asr_url="http://[fd00::1]:6010")
SITE = Agents({"desk": DESK}, DESK, {})


def test_the_hosts_of_all_addresses_are_allowed_where_none_are_listed() -> None:
    settings = Settings(webhook_url="https://u:p@Crm.example/hook?token=1", llm_url="http://llm:1")
    assert sts_hosts(settings, SITE) == {"crm.example", "llm", "fd00::1"}


def test_listed_hosts_stand_for_all_of_them() -> None:
    settings = Settings.model_validate({"sts_hosts": "Box, other:6030", "llm_url": "http://llm:1"})
    assert sts_hosts(settings, SITE) == {"box", "other:6030"}


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("ws://box:1/x", True),
        ("wss://BOX./", True),
        ("ws://other:6030", True),
        ("ws://other:6031", False),
        ("wss://other", False),
        ("wss://secure", True),
        ("ws://secure", False),
        ("ws://box@evil:6030", False),
        ("ws://box.evil", False),
        ("ws://[fd00::1]:6030", True),
        ("ws://[fd00::2]:6030", True),
        ("ws://[fd00::2]:6031", False),
    ],
)
def test_a_host_is_compared_whole_and_with_its_port_where_one_is_listed(
    url: str, allowed: bool
) -> None:
    hosts = frozenset({"box", "other:6030", "secure:443", "fd00::1", "[fd00::2]:6030"})
    assert is_among(url, hosts) is allowed
