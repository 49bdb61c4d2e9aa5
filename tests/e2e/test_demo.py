"""``appliance demo``: two callers at once, with the appliance's own models and the small ones."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from appliance.caller.conversation import load_conversation
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS, read_settings
from appliance.operations.demo import demo_conversation, run_demo
from appliance.text.canonical import canonical

pytestmark = pytest.mark.e2e


async def test_both_callers_are_understood_and_answered_with_the_appliances_own_models(
    tmp_path: Path,
) -> None:
    settings = read_settings(overrides={"small_models": False})
    lines = load_conversation(demo_conversation())
    result = await run_demo(settings, lines, tmp_path / "call.wav", lambda step: None)
    assert result.models == {
        "recognizer": "faster-whisper-base",
        "language_model": "smollm2-135m-instruct",
        "voice": "en_US-joe-medium",
    }
    assert result.passed
    david, anna = result.calls
    heard = [turn["heard"] for each in result.calls for turn in each.record["turns"]]
    assert [canonical(words) for words in heard] == [canonical(line.words) for line in lines]
    assert [turn["interrupted"] for turn in david.record["turns"]] == [False, True, False]
    assert "Quay Street" in david.record["turns"][2]["said"]
    assert len(anna.record["greeting"]) < len(david.record["greeting"]), "she did not wait"
    unknown = read_agents(SHIPPED_AGENTS).default.phrases.unknown
    assert [turn["said"] for turn in anna.record["turns"]][0] == unknown
    assert anna.call.outcome == "agent_hung_up"
    assert [Path(str(each.call.recording)).name for each in result.calls] == [
        "call-david.wav",
        "call-anna.wav",
    ]


async def test_the_small_models_answer_them_as_well(tmp_path: Path) -> None:
    settings = read_settings(overrides={"max_calls": 1})
    lines = load_conversation(demo_conversation())
    told: list[str] = []
    result = await run_demo(settings, lines, tmp_path / "call.wav", told.append)
    assert result.models["recognizer"] == "vosk-demo-en"
    assert result.passed, "one after the other: there is room for one call"
    with wave.open(str(tmp_path / "call-anna.wav")) as file:
        assert file.getnchannels() == 2
    assert not any("stand in" in step for step in told), "they were asked for"
