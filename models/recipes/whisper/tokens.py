"""The tokeniser: every word of the front desk is one piece, and what is no such word is "...".

A decoder that knows each word as one piece needs one step a word and can spell nothing that it was
never taught. Words of other domains are in the training sound on purpose, and their text is the
three dots with which Whisper itself marks what it could not understand, so that strange speech
becomes dots and not a plausible sentence.

The special pieces are Whisper's, in Whisper's order, because faster-whisper looks them up by name
and counts on two rules: every id from ``<|endoftext|>`` on is no text, and the 1501 times follow
``<|notimestamps|>``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

NOT_UNDERSTOOD = "..."
END, START, NO_SPEECH, NO_TIMES = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
SPECIAL = (
    END, START, "<|en|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>",
    NO_SPEECH, NO_TIMES,
)  # fmt: skip
TIME_STEP_S = 0.02
TIMES = tuple(f"<|{step * TIME_STEP_S:.2f}|>" for step in range(1501))


def build(vocabulary: Sequence[str]) -> Tokenizer:
    """A byte-level tokeniser in which every word of ``vocabulary``, with the space before it, is
    one piece."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=100_000,  # until nothing is left to be merged
        min_frequency=1,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    pieces = [" " + word for word in (*sorted(vocabulary), NOT_UNDERSTOOD)]
    tokenizer.train_from_iterator(pieces, trainer)
    # Learnt without a rule where pieces end, so that each word became one; used word by word.
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(" ", "merged_with_next"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in SPECIAL])
    tokenizer.add_tokens([AddedToken(time, special=False) for time in TIMES])
    broken = [piece for piece in pieces if len(tokenizer.encode(piece).ids) != 1]
    if broken:
        raise ValueError(f"not one piece: {broken[:5]}")
    return tokenizer


@dataclass(frozen=True, slots=True)
class Pieces:
    """What training asks of a tokeniser."""

    words: dict[str, int]
    """The id of each word; of ``NOT_UNDERSTOOD`` too."""
    end: int
    start: int
    no_speech: int
    no_times: int
    first_time: int
    count: int

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """Of the ``tokenizer.json`` at ``path``."""
        tokenizer = Tokenizer.from_file(str(path))
        ids = tokenizer.get_vocab(with_added_tokens=True)
        end = ids[END]
        words = {piece[1:]: at for piece, at in ids.items() if piece[0] == "Ġ" and at < end}
        special = (end, ids[START], ids[NO_SPEECH], ids[NO_TIMES], ids[TIMES[0]])
        return cls(words, *special, count=len(ids))

    def encode(self, text: str, vocabulary: frozenset[str]) -> list[int]:
        """One id a word; words that are not in ``vocabulary`` become one ``NOT_UNDERSTOOD`` for
        each run of them."""
        known = (word if word in vocabulary else NOT_UNDERSTOOD for word in text.split())
        runs = ((word, len(list(same))) for word, same in groupby(known))
        return [
            self.words[word]
            for word, times in runs
            for _ in range(1 if word == NOT_UNDERSTOOD else times)
        ]
