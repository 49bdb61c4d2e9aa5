"""The site's agents with another recogniser or voice, for a measurement."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.bench.other_models import with_models
from appliance.config.agents_file import read_agents
from appliance.config.settings import Settings
from appliance.errors import WeightsError
from appliance.weights.catalogue import models_root

pytestmark = pytest.mark.unit

AGENTS = """
default: desk
agents:
  night:
    persona: You are tired.
    greeting: Good night.
  desk:
    extensions: ["0815", "5001"]
    persona: You are kind 😀.
    greeting: "Good day: how can I help?"
    asr_url: http://elsewhere:6010
    partial_recognizer: vosk-demo-en
    ambient_noise_file: hum.wav
    max_reply_tokens: 40
    speaking_rate: 1.20
    knowledge:
      - id: hours
        questions: ["no", "when"]
        answer: At nine.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    path = tmp_path / "agents.yaml"
    path.write_text(AGENTS)
    return Settings(agents_file=path, asr_url="http://elsewhere:6010")


def test_without_a_wish_nothing_is_changed(settings: Settings) -> None:
    with with_models(settings, None, None) as chosen:
        assert chosen is settings


def test_the_default_agent_gets_the_models_and_keeps_the_rest(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(models_root())
    with with_models(settings, "vosk-demo-en", "demo/piper-en") as chosen:
        before, after = read_agents(settings.agents_file), read_agents(chosen.agents_file)
    desk = after.default
    assert (desk.recognizer, desk.asr_url, chosen.asr_url) == ("vosk-demo-en", None, None)
    assert desk.partial_recognizer is None
    assert Path(desk.voice).is_absolute()
    assert Path(desk.voice).suffix == ".onnx"
    assert desk.ambient_noise_file == tmp_path / "hum.wav"
    assert desk.persona == before.default.persona
    assert desk.extensions == ("0815", "5001")
    assert (desk.max_reply_tokens, desk.speaking_rate) == (40, 1.2)
    assert desk.knowledge == before.default.knowledge
    assert after.by_name["night"] == before.by_name["night"]
    assert not chosen.agents_file.exists()


def test_a_model_that_is_not_there_is_told_before_anything_starts(settings: Settings) -> None:
    with (
        pytest.raises(WeightsError, match="there is no model called 'vsk'"),
        with_models(settings, "vsk", None),
    ):
        pass
