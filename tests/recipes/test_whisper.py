"""How the small Whisper is made: its pieces, its examples, its batches, and what is exported."""

import numpy as np
import pytest
from faster_whisper.tokenizer import Tokenizer as WhisperTokenizer

from models.recipes.corpus.utterance import Utterance
from models.recipes.whisper.tokens import (
    END,
    NO_TIMES,
    NOT_UNDERSTOOD,
    TIMES,
    Pieces,
    written,
)
from models.recipes.whisper.word_places import word_spans

pytestmark = pytest.mark.unit

WORDS = "yes no please hello what's don't o'clock i a monday appointment quiz xylophone".split()
KNOWN = frozenset(WORDS)


@pytest.mark.parametrize("text", ["hello", "what's a quiz", "yes ... o'clock", "xylophone monday"])
def test_what_is_encoded_word_by_word_is_decoded_again(pieces: Pieces, text: str) -> None:
    ids = [number for word in text.split() for number in pieces.encode(word)]
    assert pieces.tokenizer.decode(ids) == f" {text}"
    assert pieces.tokenizer.encode(f" {text}").ids == ids


def test_words_of_another_domain_become_three_dots() -> None:
    assert written("yes a purple camel please", KNOWN) == [
        ("yes", 0, 0), ("a", 1, 1), ("...", 2, 3), ("please", 4, 4),
    ]  # fmt: skip
    assert written("purple camel", KNOWN) == [("...", 0, 1)]
    assert written("yes yes", KNOWN) == [("yes", 0, 0), ("yes", 1, 1)]


def utterance(text: str, phones: str, silent: str = "SIL") -> Utterance:
    names = (silent, *phones.split(), silent)
    ends = tuple(0.1 * at for at in range(1, len(names) + 1))
    return Utterance(text, "v", np.zeros(100, np.int16), names, ends)


SOUNDS = {
    "yes": "y eh s".split(), "please": "p l iy z".split(), "a": ["ax"], "quiz": "k w ih z".split(),
}  # fmt: skip


def test_words_lie_where_their_phones_are_spoken() -> None:
    spans = word_spans(utterance("yes please", "y eh s p l iy z"), SOUNDS)
    assert np.allclose(spans, [(0.1, 0.4), (0.4, 0.8)])


def test_a_pause_between_words_belongs_to_none() -> None:
    spans = word_spans(utterance("yes please", "y eh s SIL p l iy z"), SOUNDS)
    assert np.allclose(spans, [(0.1, 0.4), (0.5, 0.9)])


def test_words_are_found_though_they_are_pronounced_otherwise() -> None:
    spans = word_spans(utterance("a quiz please", "ey k ih s p ax l iy z"), SOUNDS)
    assert np.allclose(spans, [(0.1, 0.2), (0.2, 0.5), (0.5, 1.0)])


def test_a_word_that_is_swallowed_lies_between_its_neighbours() -> None:
    spans = word_spans(utterance("yes a please", "y eh s p l iy z"), SOUNDS)
    assert np.allclose(spans, [(0.1, 0.4), (0.4, 0.4), (0.4, 0.8)])


def test_a_word_without_known_sounds_gets_what_is_left() -> None:
    spans = word_spans(utterance("yes xylophone please", "y eh s z ay l ax p l iy z"), SOUNDS)
    assert np.allclose(spans, [(0.1, 0.4), (0.4, 0.8), (0.8, 1.2)], atol=0.11)


def test_the_special_pieces_stand_where_faster_whisper_expects_them(pieces: Pieces) -> None:
    ids = pieces.tokenizer.get_vocab(with_added_tokens=True)
    assert pieces.end == ids[END] == min(ids[name] for name in (END, NO_TIMES, *TIMES))
    assert [ids[time] for time in TIMES] == list(range(pieces.no_times + 1, pieces.count))
    assert len(TIMES) == 1501


def test_no_word_begins_with_a_piece_that_faster_whisper_never_says(pieces: Pieces) -> None:
    tokenizer = WhisperTokenizer(pieces.tokenizer, False, task="transcribe", language="en")
    forbidden = set(tokenizer.non_speech_tokens)
    assert forbidden
    for word in (*WORDS, NOT_UNDERSTOOD):
        assert not forbidden & set(pieces.encode(word))
