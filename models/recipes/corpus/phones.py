"""The phones of American English as flite, festival and the CMU dictionary name them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

SILENCE: Final = "SIL"
SPOKEN: Final = tuple(
    "aa ae ah ao aw ax ay b ch d dh eh er ey f g hh ih iy jh k l m n ng ow oy p r s sh t th "
    "uh uw v w y z zh".split()
)
PHONES: Final = (SILENCE, *SPOKEN)

_OTHER_NAMES: Final = {
    "pau": SILENCE, "brth": SILENCE, "h#": SILENCE, "ssil": SILENCE,
    "axr": "er", "dx": "t", "en": "n", "em": "m", "el": "l", "hv": "hh", "nx": "n", "ix": "ih",
}  # fmt: skip


def known(phones: Iterable[str]) -> tuple[str, ...]:
    """``phones`` under the names of ``PHONES``."""
    return tuple(_OTHER_NAMES.get(phone, phone) for phone in phones)
