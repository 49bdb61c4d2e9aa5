"""One exchange, and one cancel scope: from the caller's pause to the last word of the answer.

A turn begins as a guess, at the caller's pause: transcript, answer and the first sound are
made ahead, and nothing is said. ``commit()`` says that the pause was the end of the caller's turn;
then it speaks. When the caller goes on instead, the turn is dropped and has left no trace.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

import numpy as np

from appliance.agents.voice import as_clip
from appliance.audio.frame import Pcm
from appliance.call.reply import FixedReply, Reply
from appliance.call.timeline import Timeline
from appliance.call.utterances import utterances
from appliance.call.wanted_value import WantedValue
from appliance.engines.base import Speech
from appliance.text.heard import heard_text
from appliance.text.sentences import utterances_of

if TYPE_CHECKING:
    from appliance.agents.voice import Clip, Voice
    from appliance.call.first_half import Before
    from appliance.call.segment import Segment
    from appliance.clock import Clock
    from appliance.turns.playout import Playout, Sink

LAST_WORDS_MS: Final = 200
"""Silence between the last sound and a hang-up: jitter buffers of phones hold 60-200 ms, and a
hang-up throws away what is in them."""
FILLER: Final = object()
"""Tag of sound that is no part of the answer."""


def last_words(rate_hz: int) -> Pcm:
    """LAST_WORDS_MS of silence."""
    return np.zeros(rate_hz * LAST_WORDS_MS // 1000, np.int16)


class Turn:
    """What the agent says next. Event loop only; its words come from the turn's task."""

    def __init__(
        self, voice: Voice, playout: Playout, clock: Clock, last_voice: float, call_id: str
    ) -> None:
        self._voice = voice
        self._playout = playout
        self._clock = clock
        self._call_id = call_id
        self.timeline = Timeline(last_voice)
        self.text = ""
        """What the caller said."""
        self.prompt = ""
        """The same as the language model gets it."""
        self.plan: Reply | None = None
        self.confirmed: WantedValue | None = None
        """What the caller's words confirm of what they dictated before."""
        self.task: asyncio.Task[None] | None = None
        self.segments: tuple[Segment, ...] = ()
        """The caller's speech that it answers."""
        self.first_half: Turn | None = None
        """An answer that came too early: the caller went on, and this one answers both halves."""
        self.before: Before | None = None
        """What was known before it was remembered."""
        self.taken_back = ""
        """What the caller heard of answers to a half of ``text``."""
        self.lasting = False
        """Whether it has done something that cannot be undone."""
        self.interrupted = False
        self.settled = False
        self.told = False
        """Whether those who follow the call know what the caller said."""
        self._committed = asyncio.Event()
        self._done = asyncio.Event()
        self._sink: Sink | None = None
        self._answering = False
        self._before = ""
        """The utterance that was spoken last."""

    @property
    def committed(self) -> bool:
        """Whether it may speak."""
        return self._committed.is_set()

    @property
    def sounding(self) -> bool:
        """Whether the caller has begun to hear something of it."""
        return self.timeline.first_frame is not None

    @property
    def answering(self) -> bool:
        """Whether sound of the answer itself is there (a filler is none)."""
        return self._answering

    def commit(self) -> None:
        """The caller's turn is over: speak as soon as there is sound. Idempotent."""
        if self.committed:
            return
        self.timeline.endpoint = self._clock.now()
        self._sink = self._playout.open_sink(on_audible=self._audible, on_done=self._done.set)
        self._committed.set()

    async def say(self, reply: FixedReply) -> None:
        """Speak fixed words; more may follow until ``finish()``. Raises SynthesizerError,
        EngineBusy.

        Before an action there is some silence, so that what a phone has buffered is heard too.
        """
        spoke = False
        voice = self._voice.slower if reply.slower else self._voice
        whole = voice.kept(reply.text, self._playout.rate_hz) is not None
        for utterance in [reply.text] if whole else utterances_of(reply.text, voice.language):
            spoke = await self._speak(utterance, voice) or spoke
        if not spoke:
            await self.until_committed()
            self._answering = True
        if reply.action is not None and self._sink is not None:
            self._sink.add(last_words(self._playout.rate_hz), FILLER)

    async def until_committed(self) -> None:
        """Returns when it may speak, and do what cannot be undone."""
        await self._committed.wait()

    async def stream(
        self,
        deltas: AsyncIterator[str | Speech],
        *,
        max_tokens: int,
        allowed: Callable[[str], bool],
        on_first_utterance: Callable[[float], None],
    ) -> bool:
        """Speak what the language model writes, utterance by utterance, while it writes, and play
        the sound that it sends; False when that was nothing. More may follow until ``finish()``.

        It ends at an utterance that is not ``allowed``. Raises EngineError.
        """
        spoke = False
        async with aclosing(
            utterances(deltas, max_tokens, self._wrote, language=self._voice.language)
        ) as written:
            async for utterance in written:
                if self.timeline.first_utterance is None:
                    self.timeline.first_utterance = now = self._clock.now()
                    on_first_utterance(now - (self.timeline.first_token or now))
                if isinstance(utterance, Speech):
                    spoke = True
                    await self._sound(as_clip(utterance, self._playout.rate_hz))
                elif allowed(utterance):
                    spoke = await self._speak(utterance, self._voice) or spoke
                else:
                    break
        return spoke

    @property
    def moved_at(self) -> float:
        """When the answer last came a step nearer."""
        line = self.timeline
        steps = (line.last_voice, line.final, line.first_token, line.first_utterance)
        return max(step for step in steps if step is not None)

    def fill(self, clip: Clip) -> None:
        """Say ``clip`` now, while the answer is being made."""
        if self._sink is not None and not self._answering:
            self._before = clip.text
            self._sink.add(clip.pcm, FILLER)

    @property
    def said(self) -> str:
        """The answer so far, cut at the word the caller heard last."""
        if self._sink is None:
            return ""
        parts = []
        for heard in self._sink.heard():
            if heard.tag is FILLER:
                continue
            clip: Clip = heard.tag  # type: ignore[assignment]  # what _sound() added
            if heard.heard_ms >= heard.total_ms:
                parts.append(clip.text)
                continue
            rest = heard_text(clip.spoken, clip.word_ends, clip.duration_s, heard.heard_ms / 1000)
            parts.append(rest)
            break
        return " ".join(part.strip() for part in parts if part.strip())

    def _wrote(self) -> None:
        """The language model has begun."""
        if self.timeline.first_token is None:
            self.timeline.first_token = self._clock.now()

    async def _speak(self, text: str, voice: Voice) -> bool:
        """Say ``text`` as its sound comes; False when there is nothing in it to say."""
        spoke = False
        parts = voice.parts(
            text,
            self._playout.rate_hz,
            call_id=self._call_id,
            urgency="next" if self._answering else "first",
        )
        async with aclosing(parts) as clips:
            async for clip in clips:
                if clip.pcm.size:
                    await self._sound(clip, begins=not spoke)
                    spoke = True
        if spoke:
            self._before = text
        return spoke

    async def _sound(self, clip: Clip, *, begins: bool = False) -> None:
        """Add ``clip``; if it ``begins`` an utterance, behind the pause that belongs there. A pause
        that the caller has heard already, because the utterance comes late, is not made longer."""
        if self.timeline.first_pcm is None:
            self.timeline.first_pcm = self._clock.now()
        await self._committed.wait()
        assert self._sink is not None
        self._answering = True
        if begins and self._playout.pending_ms:
            silence = round(self._voice.pause_after_s(self._before) * self._playout.rate_hz)
            self._sink.add(np.zeros(silence, np.int16), FILLER)
        self._sink.add(clip.pcm, clip)

    async def finish(self) -> None:
        """Nothing more is added; returns when all was heard."""
        assert self._sink is not None
        self._sink.finish()
        await self._done.wait()

    def _audible(self, tag: object) -> None:
        """An utterance can be heard now."""
        now, timeline = self._clock.now(), self.timeline
        if timeline.first_frame is None:
            timeline.first_frame = now
        if timeline.answer is None and tag is not FILLER:
            timeline.answer = now
