"""The report of a conversation held elsewhere: differences line by line, in one run."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from appliance.bench.figures import conditions, spread
from appliance.bench.remote import IN_PROCESS, RemoteReport, Way, _way
from appliance.bench.report import print_remote
from appliance.config.settings import Settings

pytestmark = pytest.mark.unit


def test_what_is_added_is_counted_line_by_line_where_both_were_answered() -> None:
    way = _way("speech to speech", [0.52, None, 0.70], [0.50, 0.40, 0.60])
    assert way.unanswered == 1
    assert way.added is not None
    assert way.added.count == 2
    assert way.added.p50_ms == 60.0


def test_nothing_is_added_to_what_is_compared_with() -> None:
    assert _way(IN_PROCESS, [0.5], [0.5]).added is None


def test_the_report_shows_the_difference_with_its_conditions() -> None:
    ways = (
        Way(IN_PROCESS, spread([0.5, 0.6]), None, 0),
        Way("speech to speech", spread([0.52]), spread([0.02]), 1),
    )
    text = io.StringIO()
    report = RemoteReport(conditions(Settings()), 1, 2, ways)
    print_remote(Console(file=text, width=100), report)
    shown = text.getvalue()
    assert "voice to voice, in process" in shown
    assert "added to in process" in shown
    assert "cores" in shown
    assert "speech to speech: 1 of 2 lines unanswered" in shown
