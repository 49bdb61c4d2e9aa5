"""What an ASR service's response says, whatever form it has.

AVR's connectors agree on little more than that one write is one utterance: Vosk's writes bare text
without any delimiter, so that the chunks of HTTP are all there is to tell utterances apart; others
end them with a line end; documents show server-sent events, or one JSON body. Markers and notices
that providers put between the words are no words.

Sans-IO: bytes in, text out.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Final

from appliance.errors import ProtocolError

MAX_PIECE_BYTES: Final = 65_536
"""Nobody says so much at once; a service that never ends a chunk must not fill the memory."""
TEXT_KEYS: Final = ("text", "transcript", "transcription")

_MARKERS = re.compile(r"<(?:end|fin)>|\[DONE\]")
_NOTICE = re.compile(r"\[[^\[\]]*\]")
"""``[VAD Service: ...]``, ``[No transcription]``: a service talking about itself."""
_SSE_FIELD = re.compile(r"(?:event|id|retry)?:")


class TranscriptPieces:
    """Cuts one response into texts. One for each response."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def feed(self, data: bytes, *, ends: bool) -> list[str]:
        """The texts complete with ``data``, in order; ``ends`` says that a chunk of HTTP ends here.

        A text keeps one leading space if it had any: some services send pieces of words, and only
        the spaces tell which of them belong together. Raises ProtocolError for a chunk without end.
        """
        self._held += self._decoder.decode(data)
        if len(self._held) > MAX_PIECE_BYTES:
            raise ProtocolError("a text without end")
        return self._take() if ends else []

    def flush(self) -> list[str]:
        """The texts of what is left at the end of the response."""
        self._held += self._decoder.decode(b"", final=True)
        return self._take()

    def _take(self) -> list[str]:
        held, self._held = self._held, ""
        whole = _json_text(held)
        texts = [whole] if whole is not None else [_line_text(line) for line in _lines(held)]
        return [text for text in map(_clean, texts) if text]


def _lines(held: str) -> Iterator[str]:
    """The lines that hold something to say; of server-sent events only the data."""
    lines = held.replace("\r", "\n").split("\n")
    events = any(line.startswith("data:") for line in lines)
    for line in lines:
        if events and line.startswith("data:"):
            yield line.removeprefix("data:").removeprefix(" ")
        elif not (events and _SSE_FIELD.match(line)):
            yield line


def _line_text(line: str) -> str:
    text = _json_text(line)
    return line if text is None else text


def _json_text(text: str) -> str | None:
    """The text inside a JSON object, empty if it holds none; None when it is no JSON object."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return None
    found = [value[key] for key in TEXT_KEYS if isinstance(value.get(key), str)]
    return found[0] if found else ""


def _clean(text: str) -> str:
    text = _MARKERS.sub(" ", text)
    words = " ".join(text.split())
    if not words or _NOTICE.fullmatch(words):
        return ""
    return f" {words}" if text[0] == " " and not _MARKERS.match(text) else words


def joined(texts: list[str]) -> str:
    """The words of one utterance that came as several texts.

    Where one of them begins with a space, the service sends pieces of words and minds the spaces
    itself; else each is whole.
    """
    if any(text.startswith(" ") for text in texts):
        return "".join(texts).strip()
    return " ".join(texts)
