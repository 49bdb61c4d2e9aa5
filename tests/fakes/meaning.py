"""An encoder whose meaning is the words themselves, with a few that mean the same."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from appliance.errors import EngineBusy
from appliance.knowledge.words import tokens
from appliance.language.english import ENGLISH

WIDTH = 4096
WEIGHTS = ENGLISH.questions.weights
SAME = {"automobile": "car", "dough": "price", "pooch": "dog"}


class WordEncoder:
    """A direction for each word, as long as it tells something; ``busy`` has it refuse."""

    def __init__(self) -> None:
        self.busy = False
        self.asked: list[str] = []

    async def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        if self.busy:
            raise EngineBusy("embedding", "64 requests are waiting already")
        self.asked += sentences
        rows = np.zeros((len(sentences), WIDTH), np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for word in tokens(sentence) or [sentence]:
                row[zlib.crc32(SAME.get(word, word).encode()) % WIDTH] = WEIGHTS.get(word, 1.0)
            row /= np.linalg.norm(row)
        return rows
