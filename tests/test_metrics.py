"""The names that dashboards and alerts are written against."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from appliance.metrics import Metrics

pytestmark = pytest.mark.unit

NAMES = {
    "appliance_turn_voice_to_voice_seconds",
    "appliance_turn_endpoint_delay_seconds",
    "appliance_asr_final_delay_seconds",
    "appliance_llm_first_token_seconds",
    "appliance_llm_prompt_tokens",
    "appliance_llm_tokens_per_second",
    "appliance_text_first_utterance_seconds",
    "appliance_tts_first_audio_seconds",
    "appliance_tts_leading_silence_seconds",
    "appliance_tts_realtime_factor",
    "appliance_bargein",
    "appliance_bargein_reaction_seconds",
    "appliance_playout_underruns",
    "appliance_playout_lateness_seconds",
    "appliance_speculation",
    "appliance_engine_queue_seconds",
    "appliance_event_loop_lag_seconds",
    "appliance_calls_active",
    "appliance_calls",
    "appliance_call_first_audio_seconds",
    "appliance_agent_info",
}


def values(metrics: Metrics) -> dict[tuple[str, tuple[str, ...]], float]:
    """(sample name, label values) -> value."""
    families = text_string_to_metric_families(metrics.render().decode())
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_every_name_is_there_from_the_start() -> None:
    families = text_string_to_metric_families(Metrics().render().decode())
    assert {family.name for family in families} >= NAMES


def test_two_services_in_one_process_do_not_share_figures() -> None:
    first, second = Metrics(), Metrics()
    first.call_started()
    assert values(first)["appliance_calls_active", ()] == 1.0
    assert values(second)["appliance_calls_active", ()] == 0.0


def test_an_agent_is_told_with_its_models() -> None:
    metrics = Metrics()
    models = {"voice": "speaks", "recognizer": "hears", "language_model": "thinks"}
    metrics.agent_runs("desk", models, default=True)
    labels = ("desk", "true", "hears", "thinks", "speaks")
    found = {key: value for key, value in values(metrics).items() if "agent" in key[0]}
    assert sorted(next(iter(found))[1]) == sorted(labels)
    assert list(found.values()) == [1.0]


def test_a_call_is_counted_while_it_lasts_and_by_its_outcome() -> None:
    metrics = Metrics()
    metrics.call_started()
    metrics.call_ended("caller_hung_up")
    metrics.call_refused("full")
    found = values(metrics)
    assert found["appliance_calls_active", ()] == 0.0
    assert found["appliance_calls_total", ("caller_hung_up",)] == 1.0
    assert found["appliance_calls_total", ("refused_full",)] == 1.0


def test_a_turn_leaves_its_times_in_seconds() -> None:
    metrics = Metrics()
    metrics.turn_answered("knowledge", voice_to_voice_s=0.42, endpoint_s=0.24)
    metrics.transcript_final("vosk", 0.2)
    metrics.first_token("llama", 0.05)
    metrics.prompt_tokens(reused=90, evaluated=10)
    metrics.tokens_per_second(55.0)
    metrics.first_utterance(0.1)
    metrics.synthesized("piper", first_audio_s=0.06, leading_silence_s=0.03, realtime_factor=0.05)
    found = values(metrics)
    assert found["appliance_turn_voice_to_voice_seconds_sum", ()] == 0.42
    assert found["appliance_turn_endpoint_delay_seconds_sum", ()] == 0.24
    assert found["appliance_turns_total", ("knowledge",)] == 1.0
    assert found["appliance_asr_final_delay_seconds_count", ("vosk",)] == 1.0
    assert found["appliance_llm_prompt_tokens_total", ("reused",)] == 90.0
    assert found["appliance_llm_prompt_tokens_total", ("evaluated",)] == 10.0
    assert found["appliance_tts_first_audio_seconds_sum", ("piper",)] == 0.06


def test_a_barge_in_that_was_ignored_has_no_reaction_time() -> None:
    metrics = Metrics()
    metrics.barge_in("taken")
    metrics.barge_in_held(0.18)
    metrics.barge_in("ignored")
    found = values(metrics)
    assert found["appliance_bargein_total", ("taken",)] == 1.0
    assert found["appliance_bargein_total", ("ignored",)] == 1.0
    assert found["appliance_bargein_reaction_seconds_count", ()] == 1.0


def test_lateness_is_told_apart_below_the_ten_milliseconds_that_matter() -> None:
    metrics = Metrics()
    metrics.playout_late(0.004)
    metrics.playout_late(0.012)
    metrics.frames_lost(refused=0, dropped=0, underruns=1)
    metrics.loop_lag(0.001)
    metrics.engine_wait("piper", 0.02)
    metrics.speculation("prefill", "kept")
    metrics.call_first_audio(0.03)
    found = values(metrics)
    assert found["appliance_playout_lateness_seconds_bucket", ("0.005",)] == 1.0
    assert found["appliance_playout_lateness_seconds_bucket", ("0.015",)] == 2.0
    assert found["appliance_speculation_total", ("prefill", "kept")] == 1.0


def test_threads_tasks_and_memory_are_told() -> None:
    found = values(Metrics())
    assert found["appliance_threads", ()] >= 1.0
    assert found["appliance_tasks", ()] == 0.0
    assert found["process_resident_memory_bytes", ()] > 1e6


async def test_tasks_are_counted_on_the_loop() -> None:
    assert values(Metrics())["appliance_tasks", ()] >= 1.0
