"""Who may pass the gate: hosts, pages of other sites, networks, keys and what they are for."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network

import pytest

from appliance.access.gate import AccessRefused, Gate, Visitor, is_loopback
from appliance.access.keys import SCOPES, ApiKey, Scope, digest_of, new_secret

pytestmark = pytest.mark.unit

HERE = Visitor("127.0.0.1", "localhost:6001", None, None)
PBX = replace(HERE, address="192.168.1.10", host="192.168.1.20:6001")
STRANGER = replace(PBX, address="192.168.1.77")
SECRET = new_secret()
GATE = Gate(["box", "telephone.example."], [ip_network("192.168.1.10/32")])


def key(*scopes: Scope) -> ApiKey:
    return ApiKey("prometheus", digest_of(SECRET), frozenset(scopes), 0.0)


def refused(visitor: Visitor, scope: Scope | None, *keys: ApiKey, changes: bool = False) -> str:
    with pytest.raises(AccessRefused) as error:
        GATE.admit(visitor, scope, keys, changes=changes)
    assert error.value.status in (401, 403)
    return error.value.code


@pytest.mark.parametrize("visitor", [HERE, PBX, replace(PBX, address="::ffff:192.168.1.10")])
@pytest.mark.parametrize("scope", [None, *SCOPES])
def test_this_machine_and_trusted_networks_need_no_key(
    visitor: Visitor, scope: Scope | None
) -> None:
    assert GATE.admit(visitor, scope, (), changes=True) is None


@pytest.mark.parametrize("address", ["192.168.1.77", "fe80::1%eth0", "", "somebody"])
@pytest.mark.parametrize("scope", SCOPES)
def test_everybody_else_needs_a_key(address: str, scope: Scope) -> None:
    assert refused(replace(PBX, address=address), scope) == "key_missing"


def test_what_is_open_is_open_to_everybody() -> None:
    assert GATE.admit(STRANGER, None, (), changes=False) is None


@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_opens_what_it_is_for_and_nothing_else(scope: Scope) -> None:
    holder = replace(STRANGER, secret=SECRET)
    assert GATE.admit(holder, scope, [key(scope)], changes=True) == key(scope)
    others = tuple(other for other in SCOPES if other != scope)
    assert refused(holder, scope, key(*others)) == "scope_missing"


@pytest.mark.parametrize("visitor", [HERE, PBX, STRANGER])
def test_a_key_that_nobody_handed_out_is_refused_even_where_none_is_needed(
    visitor: Visitor,
) -> None:
    assert refused(replace(visitor, secret="appl_guess"), "read", key("read")) == "key_unknown"


@pytest.mark.parametrize("visitor", [HERE, PBX])
def test_call_control_is_locked_to_all_once_a_key_for_it_exists(visitor: Visitor) -> None:
    assert refused(visitor, "control", key("control")) == "key_missing"
    assert GATE.admit(visitor, "control", [key("metrics")], changes=True) is None
    assert GATE.admit(visitor, "services", [key("control")], changes=True) is None


@pytest.mark.parametrize(
    "host",
    ["", "localhost", "LOCALHOST:6001", "127.0.0.1:6001", "[::1]:6001", "10.0.0.5", "box:6001",
     "telephone.example", "telephone.example.:6001"],
)  # fmt: skip
def test_every_address_and_the_names_of_this_machine_are_hosts(host: str) -> None:
    assert GATE.admit(replace(HERE, host=host), None, (), changes=True) is None


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:6001", "[", "127.0.0.1.x"]
)
def test_another_name_is_refused_whoever_asks_for_it(host: str) -> None:
    """A name of the attacker's that points at this machine is same-origin to their page."""
    assert refused(replace(HERE, host=host), None) == "host_refused"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:8080", "http://[", "file://"]
)
def test_a_page_of_another_site_changes_nothing(origin: str) -> None:
    assert refused(replace(HERE, origin=origin), "control", changes=True) == "origin_refused"


def test_a_page_of_our_own_may() -> None:
    own = replace(HERE, origin="http://localhost:6001")
    assert GATE.admit(own, "control", (), changes=True) is None


def test_a_secret_is_long_and_no_two_are_alike() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(each) > 40 and digest_of(each) not in each for each in made)


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("192.168.1.20", False), ("box", False)],
)  # fmt: skip
def test_loopback_is_told_from_what_others_reach(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
