"""Quantiles, expositions and process figures."""

from __future__ import annotations

import math
import os

import pytest

from appliance.bench.figures import (
    Exposition,
    bucket_quantile,
    conditions,
    process_state,
    spread,
)
from appliance.config.settings import Settings
from appliance.metrics import Metrics

pytestmark = pytest.mark.unit


def test_a_spread_is_in_milliseconds_and_passes_over_what_is_missing() -> None:
    found = spread([0.1, None, 0.3, 0.2])
    assert found is not None
    assert (found.count, found.p50_ms, found.max_ms) == (3, 200.0, 300.0)
    assert found.p95_ms == pytest.approx(290.0)


def test_nothing_measured_is_no_spread() -> None:
    assert spread([None]) is None


def test_a_quantile_of_buckets_counts_only_what_came_in_between() -> None:
    metrics = Metrics()
    metrics.playout_late(0.2)
    before = Exposition(metrics.render().decode())
    for _ in range(99):
        metrics.playout_late(0.0001)
    metrics.playout_late(0.004)
    after = Exposition(metrics.render().decode())
    name = "appliance_playout_lateness_seconds"
    assert bucket_quantile(before.buckets(name), after.buckets(name), 0.99) == 0.0005
    assert bucket_quantile(before.buckets(name), after.buckets(name), 1.0) == 0.005
    assert bucket_quantile(after.buckets(name), after.buckets(name), 0.99) is None


def test_a_quantile_above_the_last_bound_is_infinite() -> None:
    assert bucket_quantile({}, {0.1: 0.0, math.inf: 3.0}, 0.5) == math.inf


def test_totals_add_up_the_samples_with_these_labels() -> None:
    metrics = Metrics()
    metrics.barge_in("taken")
    metrics.barge_in("resumed")
    found = Exposition(metrics.render().decode())
    assert found.total("appliance_bargein_total") == 2
    assert found.total("appliance_bargein_total", outcome="taken") == 1
    assert found.total("appliance_none_total") == 0


def test_the_state_of_a_process_comes_from_proc() -> None:
    state = process_state(os.getpid())
    assert state.peak_mb >= state.rss_mb > 1
    assert state.threads >= 1
    assert state.files >= 1


def test_conditions_name_the_processor_the_models_and_the_settings() -> None:
    found = conditions(Settings(), ["vosk-demo-en"])
    assert found.cores >= 1
    assert found.models == ("vosk-demo-en",)
    assert found.settings["max_calls"]


def told(*agents: tuple[str, bool]) -> Exposition:
    metrics = Metrics()
    for name, default in agents:
        models = {"recognizer": f"{name}-ear", "language_model": "m", "voice": "v"}
        metrics.agent_runs(name, models, default=default)
    return Exposition(metrics.render().decode())


def test_a_service_tells_what_its_default_agent_runs_with() -> None:
    before = conditions(Settings())
    ours = before.of_service(told(("clerk", False), ("host", True)), own=True)
    assert ours.models == ("host-ear", "m", "v")
    assert ours.settings == before.settings
    theirs = before.of_service(told(), own=False)
    assert theirs.models == ("not told by this service",)
    assert theirs.settings == {}
