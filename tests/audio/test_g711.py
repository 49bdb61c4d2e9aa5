import hashlib

import numpy as np
import pytest

from appliance.audio import g711
from appliance.audio.g711 import Law

pytestmark = pytest.mark.unit

EVERY_SAMPLE = np.arange(-32768, 32768).astype(np.int16)
EVERY_CODE = bytes(range(256))


@pytest.mark.parametrize(
    ("law", "code", "sample"),
    [
        ("ulaw", 0x00, -32124),
        ("ulaw", 0x80, 32124),
        ("ulaw", 0xFF, 0),
        ("ulaw", 0x7F, 0),
        ("ulaw", 0xEF, 132),
        ("alaw", 0xD5, 8),
        ("alaw", 0x55, -8),
        ("alaw", 0x2A, -32256),
        ("alaw", 0xAA, 32256),
    ],
)
def test_codes_decode_to_the_values_of_the_recommendation(law: Law, code: int, sample: int) -> None:
    assert g711.decode(bytes([code]), law).tolist() == [sample]


@pytest.mark.parametrize(
    ("law", "decoded", "encoded"),
    [
        ("ulaw", "3dab54339e520bb2", "81d633c9e6972a18"),
        ("alaw", "e04788d110e58ff8", "38488f6fd710f468"),
    ],
)
def test_every_value_both_ways_is_that_of_audioop(law: Law, decoded: str, encoded: str) -> None:
    """Digests of audioop's answers for every code and every sample; it left Python with 3.13."""
    samples = g711.decode(EVERY_CODE, law).astype("<i2").tobytes()
    assert hashlib.sha256(samples).hexdigest()[:16] == decoded
    assert hashlib.sha256(g711.encode(EVERY_SAMPLE, law)).hexdigest()[:16] == encoded


@pytest.mark.parametrize("law", ["ulaw", "alaw"])
def test_a_decoded_code_encodes_to_itself(law: Law) -> None:
    again = g711.encode(g711.decode(EVERY_CODE, law), law)
    differing = [a for a, b in zip(EVERY_CODE, again, strict=True) if a != b]
    assert differing == ([0x7F] if law == "ulaw" else [])  # mu-law has two zeros


@pytest.mark.parametrize("law", ["ulaw", "alaw"])
def test_nothing_in_gives_nothing_out(law: Law) -> None:
    assert g711.encode(np.empty(0, dtype=np.int16), law) == b""
    assert g711.decode(b"", law).size == 0


def test_a_view_with_gaps_encodes_like_its_copy() -> None:
    every_second = EVERY_SAMPLE[::2]
    assert g711.encode(every_second, "alaw") == g711.encode(every_second.copy(), "alaw")
