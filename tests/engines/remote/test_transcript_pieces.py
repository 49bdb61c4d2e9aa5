"""Texts out of an ASR service's response, bytes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.engines.remote.transcript_pieces import MAX_PIECE_BYTES, TranscriptPieces, joined
from appliance.errors import ProtocolError

pytestmark = pytest.mark.unit


def chunk(data: bytes) -> list[str]:
    """The texts of one chunk of HTTP."""
    return TranscriptPieces().feed(data, ends=True)


def test_a_chunk_is_a_text_without_any_delimiter(data_dir: Path) -> None:
    body = (data_dir / "avr" / "asr-response-vosk-style.stream.txt").read_bytes().strip()
    first, second = b"i would like to book a table", b"for four people tomorrow"
    assert body == first + second
    pieces = TranscriptPieces()
    assert pieces.feed(first, ends=True) == [first.decode()]
    assert pieces.feed(second, ends=True) == [second.decode()]


def test_chunks_that_a_proxy_has_merged_are_told_apart_by_line_ends(data_dir: Path) -> None:
    body = (data_dir / "avr" / "asr-response.stream.txt").read_bytes()
    assert chunk(body) == ["i would like to book a table", "for four people tomorrow"]


def test_a_text_waits_for_the_end_of_its_chunk() -> None:
    pieces = TranscriptPieces()
    assert pieces.feed(b"i would ", ends=False) == []
    assert pieces.feed(b"like", ends=True) == ["i would like"]


def test_a_character_may_be_cut_by_a_chunk() -> None:
    pieces = TranscriptPieces()
    accent = "é".encode()
    assert pieces.feed(b"caf" + accent[:1], ends=True) == ["caf"]
    assert pieces.feed(accent[1:], ends=True) == ["é"]


def test_what_is_left_at_the_end_is_a_text() -> None:
    pieces = TranscriptPieces()
    pieces.feed(b'{\n "text": "hello"\n}', ends=False)
    assert pieces.flush() == ["hello"]
    assert pieces.flush() == []


@pytest.mark.parametrize(
    "body",
    [
        b"hello",
        b"hello\n",
        b"  hello \r\n"[2:],
        b'{"text": "hello"}',
        b'{"transcript": "hello", "text": "hello"}',
        b'{"transcription": "hello"}\n',
        b"data: hello\n\n",
        b'event: final\nid: 7\ndata: {"text": "hello"}\n\n',
        b"data:hello\n\ndata: [DONE]\n\n",
        b": ping\ndata: hello\n\n",
        b"hello<end>",
        b"<end>hello",
    ],
)
def test_one_word_in_many_forms(body: bytes) -> None:
    assert [text.strip() for text in chunk(body)] == ["hello"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n\n",
        b"<end>",
        b"[DONE]",
        b"[No transcription]",
        b"[VAD Service: Error during transcription process]\n",
        b'{"partial": "hel"}',
        b'{"text": ""}',
        b'{"text": null}',
        b"data: [DONE]\n\n",
    ],
)
def test_what_is_no_text(body: bytes) -> None:
    assert chunk(body) == []


def test_words_that_look_like_a_field_are_words() -> None:
    assert chunk(b"id: four two\n") == ["id: four two"]


def test_pieces_of_words_keep_their_spaces_and_whole_texts_get_some() -> None:
    pieces = [text for data in (b"open", b"ing", b" hours") for text in chunk(data)]
    assert joined(pieces) == "opening hours"
    assert joined(["what are", "your hours"]) == "what are your hours"
    assert joined([]) == ""


def test_a_chunk_without_end_does_not_fill_the_memory() -> None:
    pieces = TranscriptPieces()
    with pytest.raises(ProtocolError):
        pieces.feed(b"x" * (MAX_PIECE_BYTES + 1), ends=False)
