"""Calls announced and not yet arrived."""

from uuid import UUID, uuid4

import pytest

from appliance.switchboard.announced import MOST, Announcement, Announcements

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


@pytest.mark.parametrize("dialled", [None, ["5001"], {"to": 1}])
def test_what_is_no_number_is_no_extension(dialled: object) -> None:
    assert Announcement({"to": dialled}).extension is None
