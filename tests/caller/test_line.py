"""Where a line's voice begins and ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from appliance.caller.conversation import (
    by_caller,
    in_turn,
    lines_from_arguments,
    load_conversation,
)
from appliance.caller.line import KEY_MS, load_line, make_line, voice_bounds
from appliance.errors import AudioFileError, SettingsError

pytestmark = pytest.mark.unit

DEMO = Path(__file__).parents[2] / "models/demo/caller/conversation.toml"


def test_the_voice_lies_between_the_silences() -> None:
    pcm = np.concatenate([np.zeros(800), np.tile([4000, -4000], 400), np.zeros(1600)])
    assert voice_bounds(pcm.astype(np.int16)) == (800, 1600)


def test_hiss_far_below_the_voice_is_no_voice() -> None:
    hiss = np.tile([20, -20], 400)  # -64 dBFS
    pcm = np.concatenate([hiss, np.tile([4000, -4000], 400), hiss])
    assert voice_bounds(pcm.astype(np.int16)) == (800, 1600)


def test_a_file_that_ends_within_a_window_ends_there() -> None:
    assert voice_bounds(np.tile([4000, -4000], 425).astype(np.int16)) == (0, 850)


@pytest.mark.parametrize("samples", [0, 1, 8000])
def test_silence_is_refused_with_the_name_of_the_file(samples: int) -> None:
    with pytest.raises(AudioFileError, match=r"quiet\.wav: no voice"):
        make_line("quiet.wav", np.zeros(samples, dtype=np.int16))


def test_the_demo_conversation_has_two_callers_who_do_not_always_wait() -> None:
    lines = load_conversation(DEMO)
    callers = by_caller(lines)
    assert {name: len(said) for name, said in callers.items()} == {"David": 3, "Anna": 2}
    assert callers["Anna"][0].words == "Who called me from 020 ... 7946 ... 0153?"
    assert [line.barge_in_ms for line in lines] == [None, None, 1200, 1600, None]
    assert [line.words for line in in_turn(lines)] == [line.words for line in lines]
    assert {line.barge_in_ms for line in in_turn(lines)} == {None}


@pytest.mark.parametrize(("words", "longest_ms"), [("appointment", 350), ("020", 350)])
def test_callers_of_the_demo_halt_in_mid_sentence(words: str, longest_ms: int) -> None:
    (line,) = (line for line in load_conversation(DEMO) if words in line.words)
    voice = line.pcm[line.voice_start : line.voice_end].astype(np.float64)
    windows = voice[: voice.size // 80 * 80].reshape(-1, 80)  # 10 ms
    quiet = "".join("." if np.abs(each).max() < 100 else "#" for each in windows)
    assert max(len(run) for run in quiet.split("#")) * 10 >= longest_ms


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", r"holds no \[\[line\]\]"),
        ("line = 3", r"holds no \[\[line\]\]"),
        ("[[line]]\nwords = 'x'", r"number 1 needs file"),
        ("[[line]]\nfile = 'a.wav'\nbarge_in_ms = '9'", r"number 1 .* barge_in_ms = 900"),
        ("[[line]]\nfile = 'a.wav'\ncaller = 9", r"number 1 .* caller ="),
        ("[[line]\n", r"c\.toml: "),
    ],
)
def test_a_broken_conversation_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "c.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=complaint):
        load_conversation(path)


def test_a_conversation_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        load_conversation(tmp_path / "none.toml")


def test_keys_can_stand_among_the_arguments() -> None:
    assert lines_from_arguments(["keys:12#"])[0].keys == "12#"
    with pytest.raises(SettingsError, match="telephone keys are"):
        lines_from_arguments(["keys:xyz"])


def test_a_wide_call_has_wide_lines(data_dir: Path) -> None:
    wide = load_line(data_dir / "wide_opening_hours.wav", rate_hz=16000)
    narrow = load_line(data_dir / "wide_opening_hours.wav")
    assert wide.pcm.size == 2 * narrow.pcm.size
    assert wide.voice_start / 16000 == pytest.approx(narrow.voice_start / 8000, abs=0.02)
    assert wide.voice_end / 16000 == pytest.approx(narrow.voice_end / 8000, abs=0.02)
    (keys,) = lines_from_arguments(["keys:12#"], 16000)
    assert keys.pcm.size == 3 * keys.key_samples == 3 * 16000 * KEY_MS // 1000
