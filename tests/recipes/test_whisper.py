"""How the small Whisper is made: its pieces, its examples, its batches, and what is exported."""

import pytest
from faster_whisper.tokenizer import Tokenizer as WhisperTokenizer

from models.recipes.whisper.tokens import (
    END,
    NO_TIMES,
    NOT_UNDERSTOOD,
    TIMES,
    Pieces,
    understood,
)

pytestmark = pytest.mark.unit

WORDS = "yes no please hello what's don't o'clock i a monday appointment quiz xylophone".split()
KNOWN = frozenset(WORDS)


@pytest.mark.parametrize("text", ["hello", "what's a quiz", "yes ... o'clock", "xylophone monday"])
def test_what_is_encoded_word_by_word_is_decoded_again(pieces: Pieces, text: str) -> None:
    ids = [number for word in text.split() for number in pieces.encode(word)]
    assert pieces.tokenizer.decode(ids) == f" {text}"
    assert pieces.tokenizer.encode(f" {text}").ids == ids


def test_words_of_another_domain_become_three_dots() -> None:
    assert understood("yes a purple camel please", KNOWN) == ["yes", "a", "...", "please"]
    assert understood("purple camel", KNOWN) == ["..."]
    assert understood("yes yes", KNOWN) == ["yes", "yes"]


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
