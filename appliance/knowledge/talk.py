"""What callers say that is no question to the site's knowledge: small talk, and what only a doctor,
a lawyer or a bank may answer. By its meaning; by its words where there is no encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from appliance.language.registry import language_of

Vector = NDArray[np.float32]
"""Of length 1: the product of two is the cosine between them. Or rows of such."""
Topic = Literal["small_talk", "medical", "legal", "payment_card"]

LIKE: Final = {"small_talk": 0.5, "medical": 0.55, "legal": 0.55, "payment_card": 0.6}
"""From which cosine with a shipped sentence on it is that."""


class Encoder(Protocol):
    """``engines/sentences.py``, as it is needed here."""

    async def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """A row of length 1 for each."""


@dataclass(frozen=True, slots=True, eq=False)
class TalkMeaning:
    """The vectors of a language's shipped sentences (``Talk``), a row each."""

    urgent: Vector
    calm: Vector
    elsewhere: Vector
    topics: dict[Topic, Vector]

    def calmest(self, vector: Vector) -> float:
        """How near it is to what is certainly no emergency."""
        return max(
            nearest(self.calm, vector),
            nearest(self.elsewhere, vector),
            nearest(self.topics["small_talk"], vector),
        )

    def topic(self, vector: Vector) -> tuple[Topic | None, float]:
        """What the sentence of ``vector`` is about, if it is about any of that, and how near it
        is."""
        found: tuple[Topic | None, float] = (None, 0.0)
        for name, rows in self.topics.items():
            like = nearest(rows, vector)
            if like >= LIKE[name] and like > found[1]:
                found = (name, like)
        return found


def nearest(rows: Vector, vector: Vector) -> float:
    """The cosine with the nearest of ``rows``; 0 when there are none."""
    return float((rows @ vector).max()) if len(rows) else 0.0


async def learn_talk(encoder: Encoder, language: str) -> TalkMeaning:
    """The vectors of what is shipped for ``language``. Raises EngineError."""
    known = language_of(language).talk
    topics: dict[Topic, tuple[str, ...]] = {
        "small_talk": known.small_talk,
        "medical": known.medical,
        "legal": known.legal,
        "payment_card": known.payment_card,
    }
    return TalkMeaning(
        await encoder.vectors(known.urgent),
        await encoder.vectors(known.calm),
        await encoder.vectors(known.elsewhere),
        {name: await encoder.vectors(sentences) for name, sentences in topics.items()},
    )
