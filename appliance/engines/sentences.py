"""Vectors of sentences: two that mean the same lie near each other, whatever their words.

A BERT as an int8 CTranslate2 encoder (``weights/sentence_encoder.py`` makes it). One sentence of
ten words takes about 3 ms of a core: short, but too long for the event loop while other callers'
frames are due, so it has a thread of its own, which keeps the process's priority, because the
caller waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from appliance.engines.worker import EngineThread
from appliance.errors import EngineError, WeightsError

NAME: Final = "embedding"
LONGEST: Final = 64
"""Tokens of a sentence that count; more was no question."""
BATCH: Final = 16
"""Sentences at once; their questions when a site's agents are loaded."""

Vectors = NDArray[np.float32]
"""A row of length 1 for each sentence: the product of two is their cosine."""


class SentenceEncoder:
    """The encoder of one model, shared by all agents. Event loop only."""

    def __init__(
        self, encoder: Any, tokenizer: Any, on_wait: Callable[[float], None] | None
    ) -> None:
        self._encoder = encoder
        self._tokenizer = tokenizer
        self._thread = EngineThread(NAME, nice=0, on_wait=on_wait)

    @classmethod
    async def load(cls, path: Path, *, on_wait: Callable[[float], None] | None = None) -> Self:
        """The model in the folder ``path``. Raises WeightsError."""
        encoder, tokenizer = _open(path)
        return cls(encoder, tokenizer, on_wait)

    async def vectors(self, sentences: Sequence[str]) -> Vectors:
        """A row for each of ``sentences``. Raises EngineError, EngineBusy."""
        if not sentences:
            return np.zeros((0, 1), np.float32)
        return await self._thread.run(self._all, list(sentences), urgent=True)

    async def warm_up(self) -> None:
        """Run it once. Raises EngineError."""
        await self.vectors(["hello"])

    async def close(self) -> None:
        """End its thread. Idempotent."""
        await self._thread.close()

    def _all(self, sentences: list[str]) -> Vectors:
        parts = range(0, len(sentences), BATCH)
        return np.concatenate([self._some(sentences[at : at + BATCH]) for at in parts])

    def _some(self, sentences: list[str]) -> Vectors:
        ids = [each.ids for each in self._tokenizer.encode_batch(sentences)]
        try:
            output = self._encoder.forward_batch(ids).last_hidden_state
        except (RuntimeError, ValueError) as error:
            raise EngineError(NAME, f"no vectors: {error}") from error
        states = np.array(output, np.float32)
        for row, tokens in enumerate(ids):
            states[row, len(tokens) :] = 0.0  # padding
        sums = states.sum(axis=1)
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), np.float32)


def _open(path: Path) -> tuple[Any, Any]:
    import ctranslate2
    from tokenizers import Tokenizer

    try:
        encoder = ctranslate2.Encoder(
            str(path), compute_type="int8", inter_threads=1, intra_threads=1
        )
        tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
    except Exception as error:  # the tokenizers library raises Exception itself
        raise WeightsError(f"{path}: not an encoder of sentences: {error}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return encoder, tokenizer
