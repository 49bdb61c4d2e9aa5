"""Sound under the agent's voice."""

from pathlib import Path

import numpy as np
import pytest

from appliance.agents.ambience import Ambience, read_ambience
from appliance.audio.frame import pcm_from_bytes, pcm_to_bytes
from appliance.audio.wav import write_wav
from appliance.errors import SettingsError

pytestmark = pytest.mark.unit

RAMP = np.arange(200, dtype=np.int16)


def test_silence_is_the_room_and_it_goes_round() -> None:
    supply = Ambience(RAMP, 8000).under(lambda: None, 8000)
    assert (pcm_from_bytes(supply() or b"") == RAMP[:160]).all()
    assert (pcm_from_bytes(supply() or b"") == np.r_[RAMP[160:], RAMP[:120]]).all()


def test_the_voice_is_above_it_and_loud_sums_do_not_wrap() -> None:
    loud = pcm_to_bytes(np.full(160, 32760, np.int16))
    frame = pcm_from_bytes(Ambience(RAMP, 8000).under(lambda: loud, 8000)() or b"")
    assert frame[0] == 32760
    assert (frame[8:] == 32767).all()


def test_every_call_hears_it_from_the_beginning_at_its_own_rate() -> None:
    room = Ambience(np.full(8000, 1000, np.int16), 8000)
    room.under(lambda: None, 8000)()
    wide = pcm_from_bytes(room.under(lambda: None, 16000)() or b"")
    assert wide.size == 320
    assert abs(int(wide[200:].mean()) - 1000) < 20


def test_a_raw_file_and_a_wav_file_sound_the_same_at_their_level(tmp_path: Path) -> None:
    pcm = np.random.default_rng(1).integers(-5000, 5000, 8000).astype(np.int16)
    write_wav(tmp_path / "room.wav", pcm)
    (tmp_path / "room.raw").write_bytes(pcm_to_bytes(pcm) + b"\0")
    for name in ("room.wav", "room.raw"):
        frame = read_ambience(tmp_path / name, 0.5).under(lambda: None, 8000)()
        assert np.abs(pcm_from_bytes(frame or b"") - pcm[:160] / 2).max() <= 1


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("gone.wav", None, "cannot read .*gone.wav"),
        ("short.raw", bytes(1000), "shorter than 1 s"),
        ("text.wav", b"hello", "not a WAV file"),
    ],
)
def test_a_file_that_will_not_do_is_an_operators_error(
    tmp_path: Path, name: str, content: bytes | None, complaint: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SettingsError, match=f"ambient_noise_file: .*{complaint}"):
        read_ambience(tmp_path / name, 0.1)
