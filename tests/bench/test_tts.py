"""What ``bench tts`` measures of a voice, and what it says when it cannot measure all."""

import importlib.util
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from appliance.bench import tts
from appliance.bench.figures import Spread
from appliance.bench.tts import Understood, VoiceReport, measure_voice, print_voice

VOICE = Path(__file__).parents[2] / "models/demo/piper-en"
QUICK = Spread(3, 5.0, 9.0, 9.0)


def report(understood: Understood | None, why_not: str = "") -> VoiceReport:
    levels = (-20.3, -20.0, -19.8)
    return VoiceReport(Path("v"), 22050, 0.1, 0.01, QUICK, QUICK, None, levels, understood, why_not)


def printed(found: VoiceReport) -> str:
    out = StringIO()
    print_voice(Console(file=out, width=200), found)
    return out.getvalue()


@pytest.mark.unit
def test_every_figure_is_a_line_with_its_unit() -> None:
    text = printed(report(Understood(287, 0.052, 0.275)))
    assert "real-time factor            0.0100" in text
    assert "short text                  p50 5 ms, p95 9 ms" in text
    assert "long text in one piece" not in text
    assert "level at 8 kHz              -20.0 dBFS, by sentence -20.3 to -19.8" in text
    assert "0.052 wide band, 0.275 at 8 kHz (PocketSphinx, 287 words)" in text


@pytest.mark.unit
def test_what_was_not_measured_is_said_with_its_reason() -> None:
    text = printed(report(None, "the recogniser knows English only"))
    assert "word error rate             not measured: the recogniser knows English only" in text


@pytest.mark.unit
def test_words_are_not_counted_without_a_recogniser_or_in_another_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert tts._why_not("en") == ""
    assert "English only" in tts._why_not("de")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert "pip install pocketsphinx" in tts._why_not("en")


@pytest.mark.engine
async def test_a_voice_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tts, "SENTENCES", tts.SENTENCES[:3])
    found = await measure_voice(VOICE, runs=2)
    assert found.rate_hz == 22050
    assert 0.0 < found.real_time_factor < 1.0
    assert -21.0 < found.levels_dbfs[0] <= found.levels_dbfs[2] < -19.0
    assert found.short_text is not None
    assert found.short_text.count == 2
    assert found.understood is not None
    assert found.understood.wide_band < 0.3
