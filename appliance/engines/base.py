"""What the call needs of an engine, as Protocols.

Two kinds of object, never confused: an *engine* holds weights, is loaded once and is shared by all
calls; a *session* is what one call holds of it. Every method here is called on the event loop and
returns at once or is awaited; the work itself runs on the engine's own threads (``worker.py``).
Every failure is an ``EngineError`` of the engine's kind.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from appliance.audio.frame import Pcm


@dataclass(frozen=True, slots=True)
class Transcript:
    """Words a recogniser heard."""

    text: str
    """Lower or mixed case as the engine gives it; empty when nothing was understood."""
    final: bool = False
    confidence: float = 1.0
    """0..1, the engine's own; 1.0 when the engine tells none."""


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool that a language model may ask for."""

    name: str
    description: str
    parameters: Mapping[str, Any]
    """A JSON Schema of type ``object``."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A language model's wish to use a tool."""

    name: str
    arguments: Mapping[str, Any]
    """As the model wrote them: not checked yet."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a reply is drawn."""

    max_tokens: int = 80
    temperature: float = 0.0
    """0 = always the likeliest token."""
    seed: int = 0
    tools: tuple[ToolSpec, ...] = ()
    """What the model may ask for instead of answering."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The sound of one Utterance."""

    pcm: Pcm
    """Mono int16 at ``rate_hz``; empty when the text had nothing to say."""
    rate_hz: int
    text: str
    """What was spoken."""
    word_ends: tuple[tuple[int, float], ...] = field(default=())
    """(index into ``text`` just behind a word, seconds from the start at which that word is over);
    empty when the voice gives no timing. Rising in both."""


class RecognizerSession(Protocol):
    """Speech recognition for one call. Not thread-safe: use it from the event loop alone."""

    redecodes: bool
    """Whether a segment may be fed again, to be decoded as one with what followed a short pause;
    not where words come from elsewhere in their own time."""
    again_s: float
    """How many seconds of sound may be fed again at once."""

    def expect(self, hint: str) -> None:
        """What is said next is probably of such a kind ("0, 1, 2 ..."), for a recogniser that can
        be told; empty: anything. Holds for the segments that end from now on."""

    def feed(self, pcm: Pcm) -> None:
        """Queue samples (int16, the recogniser's ``rate_hz``, any length). Returns at once.

        The first samples after ``open()`` or ``finish()`` start a new segment. Raises EngineBusy
        when the queue (seconds of audio) is full, RecognizerError when the engine failed on earlier
        samples.
        """

    def prepare(self) -> None:
        """The caller may have paused: work ahead on what was fed, if that makes ``finish()``
        quicker. More may be fed behind it; a ``finish()`` soon after says that it was silence."""

    @property
    def partial(self) -> Transcript:
        """What the current segment sounds like so far; empty for engines that only give finals."""

    def finish(self) -> Coroutine[Any, Any, Transcript]:
        """End the current segment; awaited, its final transcript.

        The call itself ends it, so what is fed behind it belongs to the next one, be the words
        awaited or not.
        An empty segment gives an empty text. Cancelling it leaves the session usable.
        """

    async def close(self) -> None:
        """Give everything back. Idempotent; safe during ``finish()``."""


class Recognizer(Protocol):
    """Speech recognition weights, shared by all calls."""

    name: str
    """As in metrics: ``vosk``, ``whisper``."""
    rate_hz: int
    """The rate of the samples its sessions want."""

    async def open(
        self,
        *,
        grammar: Sequence[str] | None = None,
        hotwords: Sequence[str] = (),
        call_id: str = "",
    ) -> RecognizerSession:
        """A session for one call; ``grammar`` limits what can be heard to these phrases,
        ``hotwords`` are names that callers are likely to say: each for engines that can (others
        ignore it). ``call_id`` is told to engines that are services elsewhere.
        Raises EngineBusy, RecognizerError."""

    async def warm_up(self) -> None:
        """Run once on made-up sound, so that the first call finds everything loaded."""

    async def close(self) -> None:
        """End the threads and free the weights."""


class LanguageSession(Protocol):
    """One call's conversation with the language model: its own KV cells. Event loop only."""

    async def prefill(self, messages: Sequence[Message]) -> None:
        """Evaluate ``messages`` ahead of a reply, as far as they are not yet in the KV cells.

        Meant for guesses: cancelling it stops within one small batch, and a wrong guess costs only
        its own tail. Raises LanguageModelError.
        """

    def reply(
        self, messages: Sequence[Message], sampling: Sampling
    ) -> AsyncGenerator[str | Speech | ToolCall]:
        """Text deltas of the answer to ``messages`` (the first may be the system message, the last
        is the user's); in between a Speech, where a service answers with sound of its own; or a
        ToolCall, which ends it, when ``sampling`` offers tools. Closing
        the iterator (``aclose()``) or cancelling its reader stops the work within one token. Too
        long a history is trimmed at its oldest turns, never an error. A new reply or prefill takes
        the place of an earlier one. Raises LanguageModelError."""

    async def close(self, *, keep: bool = False) -> None:
        """Free the KV cells. Idempotent. ``keep``: the same call may open another session soon, so
        the cells may stay until somebody else needs their place."""


class LanguageModel(Protocol):
    """Language model weights, shared by all calls."""

    name: str
    native_tools: bool
    """Whether it is told of tools in a form of its own; otherwise the system message must."""

    async def open(self, opening: Sequence[Message], *, call_id: str = "") -> LanguageSession:
        """A session for one call, the KV cells of the ``opening`` (the messages that every call of
        an agent begins with) shared or copied, not evaluated again. ``call_id`` is told to
        engines that are services elsewhere. Raises EngineBusy when there is no room for another
        conversation."""

    async def warm_up(self, openings: Sequence[Sequence[Message]]) -> None:
        """Evaluate each opening once and draw one token, so that calls start warm."""

    async def close(self) -> None:
        """End the threads and free the weights."""


Urgency = Literal["first", "next", "ahead"]
"""What a sound is wanted for. ``first``: a caller hears nothing until it is there; ``next``: they
still hear what comes before it; ``ahead``: nobody has asked for it yet."""


class Synthesizer(Protocol):
    """A voice, shared by all calls."""

    name: str
    """As in metrics: ``piper``."""
    rate_hz: int

    async def synthesize(
        self, text: str, *, call_id: str = "", urgency: Urgency = "next"
    ) -> Speech:
        """The sound of ``text`` (already speakable), leading and trailing silence trimmed to 30 ms.

        Requests of different ``call_id`` take turns, behind those of a higher ``urgency``.
        Cancelling drops the request. Raises SynthesizerError, EngineBusy.
        """

    async def warm_up(self) -> None:
        """Speak once to nobody."""

    async def close(self) -> None:
        """End the threads and free the weights."""


@runtime_checkable
class StreamingSynthesizer(Synthesizer, Protocol):
    """A voice whose sound can be played while it is still being made: one that is elsewhere."""

    def stream(self, text: str, *, call_id: str = "") -> AsyncGenerator[Speech]:
        """The sound of ``text`` in pieces, each whole Frames long but the last, all of one rate,
        each without a text; silence trimmed as ``synthesize`` does. Closing it ends the work.
        Raises SynthesizerError, EngineBusy."""
