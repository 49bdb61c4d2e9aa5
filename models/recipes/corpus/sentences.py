"""What is said: in training, and in the tests that no training ever sees.

A sentence belongs to the tests for ever by its own checksum, so that no bookkeeping is needed:
whoever draws for training passes over it. The questions that the demo agent answers are exempt,
else it would never hear some of them.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML

from models.recipes.corpus.templates import Templates

RECEPTIONIST: Final = Path("appliance/agents/receptionist.yaml")
STRANGE: Final = Path(__file__).with_name("strange.txt")
DICTIONARY: Final = Path("/usr/share/festival/dicts/cmu/cmudict-0.4.out")
"""Of Debian's festlex-cmu; ``("word" part-of-speech (phones))`` a line."""

QUESTION_SHARE = 0.12
POLITE_SHARE = 0.08
POLITE = (
    "hello",
    "hi",
    "please",
    "okay",
    "yes",
    "sorry",
    "um",
    "so",
    "well",
    "and",
    "good morning",
)


def is_held_out(sentence: str, questions: frozenset[str] = frozenset()) -> bool:
    """Whether ``sentence`` is for tests only: an eighth of all of three words and more."""
    if sentence in questions or len(sentence.split()) < 3:
        return False
    return zlib.crc32(sentence.encode()) % 8 == 0


class Sentences:
    """Front-desk sentences and words, drawn with a seed."""

    def __init__(self, templates: Templates, questions: Sequence[str]) -> None:
        self._templates = templates
        self._questions = tuple(questions)
        self.questions = frozenset(questions)
        """Of the demo agent; never held out."""
        said = " ".join(questions).split()
        self.vocabulary = tuple(sorted({*templates.words(), *said}))
        """Every word a sentence can have."""

    @classmethod
    def load(cls) -> Sentences:
        """The front desk's templates and the demo agent's questions; from the repository's root."""
        agents = YAML(typ="safe").load(RECEPTIONIST)["agents"].values()
        asked = [
            question
            for agent in agents
            for entry in agent["knowledge"]
            for question in entry["questions"]
            if re.fullmatch(r"[a-z' ]+", question)  # others are keys of the telephone
        ]
        return cls(Templates.load(), asked)

    def training(self, draw: random.Random) -> Iterator[str]:
        """Sentences for training, without end."""
        yield from (text for text in self._all(draw) if not is_held_out(text, self.questions))

    def tests(self, draw: random.Random) -> Iterator[str]:
        """Held-out sentences, without end."""
        yield from (text for text in self._all(draw) if is_held_out(text, self.questions))

    def spoken(self, draw: random.Random, dictionary: Sequence[str]) -> Iterator[str]:
        """What the training voices say, without end: besides sentences, words of the vocabulary in
        any order and alone (so that every one is heard often), and words of a large ``dictionary``
        (so that sounds are learned, not only sentences)."""
        sentences = self.training(draw)
        while True:
            kind = draw.choices(("sentence", "words", "word", "dictionary"), (50, 15, 10, 25))[0]
            if kind == "sentence":
                yield next(sentences)
            elif kind == "word":
                yield draw.choice(self.vocabulary)
            else:
                words = self.vocabulary if kind == "words" else dictionary
                text = " ".join(draw.choice(words) for _ in range(draw.randint(2, 5)))
                if not is_held_out(text, self.questions):
                    yield text

    def spelled(self, draw: random.Random) -> Iterator[str]:
        """Spelled names and the like for training, without end: single letters are what is hardest
        to tell apart."""
        while True:
            text = self._templates.phrase("spelling", draw)
            if not is_held_out(text, self.questions):
                yield text

    def alone(self, draw: random.Random) -> Iterator[str]:
        """Single words, sometimes two, without end."""
        while True:
            yield " ".join(draw.choices(self.vocabulary, k=draw.choice((1, 1, 1, 2))))

    def _all(self, draw: random.Random) -> Iterator[str]:
        while True:
            if draw.random() < QUESTION_SHARE:
                text = draw.choice(self._questions)
            else:
                text = self._templates.sentence(draw)
            if draw.random() < POLITE_SHARE:
                text = f"{draw.choice(POLITE)} {text}"
            yield text


def dictionary_words() -> list[str]:
    """Some 60,000 words and names of three to eight letters."""
    text = DICTIONARY.read_text(encoding="latin-1")
    return re.findall(r'^\("([a-z]{3,8})" nil', text, re.MULTILINE)


def strange_sentences(draw: random.Random) -> Iterator[str]:
    """Sentences that no front desk expects, without end."""
    templates = Templates.load(STRANGE)
    while True:
        yield templates.sentence(draw)
