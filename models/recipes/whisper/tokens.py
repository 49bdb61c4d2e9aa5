"""The tokeniser: parts of the front desk's words, and "..." for every word that is not one of them.

Parts of words, because a part is heard hundreds of times where a rare word is heard ten times, and
lies where a few sounds are. Words of other domains are in the training sound on purpose, and their
text is the three dots with which Whisper itself marks what it could not understand, so that strange
speech becomes dots and not a plausible sentence.

The special pieces are Whisper's, in Whisper's order, because faster-whisper looks them up by name
and counts on two rules: every id from ``<|endoftext|>`` on is no text, and the 1501 times follow
``<|notimestamps|>``. It also never lets the first piece of " -" be said, the bare space, so every
word must begin with a piece of the space and a letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

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
MERGES = 300
FIRST_MERGES = [f" {letter}" for letter in ascii_lowercase] + [f" {NOT_UNDERSTOOD}"]
TIMES = tuple(f"<|{step * TIME_STEP_S:.2f}|>" for step in range(1501))


def build(vocabulary: Sequence[str]) -> Tokenizer:
    """A byte-level tokeniser whose merges are those that the words of ``vocabulary``, each counted
    once, call for."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=len(alphabet) + len(FIRST_MERGES) + 2 + MERGES,  # and " ." and " .."
        initial_alphabet=alphabet,
        show_progress=False,
    )
    words = [" " + word for word in sorted(vocabulary)]
    tokenizer.train_from_iterator([*words, *(FIRST_MERGES * len(words))], trainer)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(" ", "merged_with_next"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in SPECIAL])
    tokenizer.add_tokens([AddedToken(time, special=False) for time in TIMES])
    broken = [piece for piece in FIRST_MERGES if len(tokenizer.encode(piece).ids) != 1]
    if broken:
        raise ValueError(f"not one piece: {broken}")
    return tokenizer


def written(text: str, vocabulary: frozenset[str]) -> list[tuple[str, int, int]]:
    """The words of ``text`` as they are to be written, and the first and the last word of ``text``
    that each stands for: every run of words that are not in ``vocabulary`` becomes one
    ``NOT_UNDERSTOOD``."""
    words: list[tuple[str, int, int]] = []
    for at, word in enumerate(text.split()):
        if word in vocabulary:
            words.append((word, at, at))
        elif words and words[-1][0] == NOT_UNDERSTOOD:
            words[-1] = (NOT_UNDERSTOOD, words[-1][1], at)
        else:
            words.append((NOT_UNDERSTOOD, at, at))
    return words


@dataclass(frozen=True, slots=True)
class Pieces:
    """What training asks of a tokeniser."""

    tokenizer: Tokenizer
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
        special = (ids[name] for name in (END, START, NO_SPEECH, NO_TIMES, TIMES[0]))
        return cls(tokenizer, *special, count=len(ids))

    def encode(self, word: str) -> list[int]:
        """The pieces of ``word`` with the space before it."""
        ids: list[int] = self.tokenizer.encode(" " + word).ids
        return ids
