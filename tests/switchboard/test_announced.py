"""Calls announced and not yet arrived."""

from uuid import UUID, uuid4

import pytest

from appliance.switchboard.announced import MOST, Announcement, Announcements, Announcer

pytestmark = pytest.mark.unit

CALL = UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427")


def test_what_was_announced_is_handed_out_once() -> None:
    waiting = Announcements(keep_s=60)
    waiting.put(CALL, Announcement({"to": 5001}, "ws://other"), 0.0)
    taken = waiting.take(CALL, 60.0)
    assert (taken.extension, taken.sts_url) == ("5001", "ws://other")
    assert waiting.take(CALL, 60.0) == Announcement()


def test_a_second_announcement_replaces_the_first() -> None:
    waiting = Announcements(keep_s=60)
    waiting.put(CALL, Announcement({"to": "1"}), 0.0)
    waiting.put(CALL, Announcement({"to": "2"}), 1.0)
    assert waiting.take(CALL, 2.0).extension == "2"


def test_an_announcement_grows_stale() -> None:
    waiting = Announcements(keep_s=60)
    waiting.put(CALL, Announcement({"to": "1"}), 0.0)
    assert waiting.take(CALL, 60.1).extension is None


def test_the_oldest_makes_room() -> None:
    waiting = Announcements(keep_s=60)
    waiting.put(CALL, Announcement({"to": "1"}), 0.0)
    for _ in range(MOST):
        waiting.put(uuid4(), Announcement({"to": "2"}), 1.0)
    assert waiting.take(CALL, 1.0).extension is None


PBX = Announcer("192.168.1.10", trusted=True)
STRANGERS = [Announcer(f"10.0.{n // 250}.{n % 250}", trusted=False) for n in range(3 * MOST)]


def test_whoever_announced_the_most_makes_room() -> None:
    waiting = Announcements(keep_s=60)
    waiting.put(CALL, Announcement({"to": "1"}), 0.0, Announcer("192.168.1.11"))
    for _ in range(2 * MOST):
        waiting.put(uuid4(), Announcement({"to": "2"}), 1.0, PBX)
    assert waiting.take(CALL, 1.0).extension == "1"


def test_strangers_from_many_addresses_push_out_nobody_who_is_trusted() -> None:
    waiting = Announcements(keep_s=60)
    real = [uuid4() for _ in range(MOST // 2)]
    for uuid in real:
        waiting.put(uuid, Announcement({"to": "1"}), 0.0, PBX)
    for stranger in STRANGERS:
        waiting.put(uuid4(), Announcement({"to": "2"}), 1.0, stranger)
    assert {waiting.take(uuid, 1.0).extension for uuid in real} == {"1"}


def test_a_stranger_has_no_room_where_those_who_are_trusted_fill_it() -> None:
    waiting = Announcements(keep_s=60)
    for _ in range(MOST):
        waiting.put(uuid4(), Announcement(), 0.0, PBX)
    waiting.put(CALL, Announcement({"to": "2"}), 1.0, STRANGERS[0])
    assert waiting.take(CALL, 1.0) == Announcement()


def test_the_addresses_of_one_network_of_ipv6_are_one_source() -> None:
    one, other = Announcer("fd00:1:2:3::1%eth0"), Announcer("fd00:1:2:3:ffff::2")
    assert one.source == other.source != Announcer("fd00:1:2:4::1").source


@pytest.mark.parametrize("dialled", [None, ["5001"], {"to": 1}])
def test_what_is_no_number_is_no_extension(dialled: object) -> None:
    assert Announcement({"to": dialled}).extension is None
