"""An agent's voice: text in, sound for the wire out, and what has been said before is kept.

Greetings, prompts and knowledge answers are the same words in every call, so their sound is made
once and shared by all calls; what the language model says is made once and forgotten with its
oldest peers. What is prepared is kept as the voice spoke it: a call at another rate than those
before costs no synthesis.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from appliance.audio.frame import WIRE_RATE_HZ, Pcm
from appliance.audio.resample import resample
from appliance.engines.base import Speech, StreamingSynthesizer, Synthesizer, Urgency
from appliance.text.heard import heard_text
from appliance.text.pronunciations import Pronunciations
from appliance.text.sentences import goes_on, pause_after_s, utterances_of
from appliance.text.speakable import MOST_CHARS, speakable

CACHE_SECONDS: Final = 600.0
"""Sound kept per voice, as calls have asked for it: 600 s * 8000 Hz * 2 bytes = 9.6 MB."""
CHARS_PER_S: Final = 15.0
"""How fast a voice speaks that has not been heard yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One piece of speech, ready for the wire."""

    text: str
    """As written; what was heard of it goes into the dialogue."""
    pcm: Pcm
    """int16 at ``rate_hz``."""
    rate_hz: int
    spoken: str = ""
    """As spoken: ``text`` made speakable; ``word_ends`` index into this."""
    word_ends: tuple[tuple[int, float], ...] = ()

    @property
    def duration_s(self) -> float:
        """Seconds of sound."""
        return len(self.pcm) / self.rate_hz


def as_clip(speech: Speech, rate_hz: int) -> Clip:
    """``speech`` for a wire of ``rate_hz``."""
    pcm = resample(speech.pcm, speech.rate_hz, rate_hz)
    return Clip(speech.text, pcm, rate_hz, speech.text, speech.word_ends)


def _part(text: str, pcm: Pcm, rate_hz: int) -> Clip:
    return Clip(text, pcm, rate_hz, text)


class Voice:
    """One synthesizer, its cache and the language it speaks. Event loop only."""

    def __init__(
        self,
        synthesizer: Synthesizer,
        language: str,
        say: Mapping[str, str] | None = None,
        pause_rate: float = 1.0,
        slower: Synthesizer | None = None,
    ) -> None:
        """``language`` as in an agent; ``say``: what is said instead of a word; ``pause_rate`` 2.0:
        pauses between utterances twice as long as usual. ``slower``: the same voice for what is
        said again to a caller who did not understand it; None where it has one pace."""
        self.language = language
        self.slower: Voice = self if slower is None else Voice(slower, language, say, pause_rate)
        self._synthesizer = synthesizer
        self._pronunciations = Pronunciations(say or {})
        self._pause_rate = pause_rate
        speakable("1", language)  # what a language needs is loaded now, and not in a call
        self._prepared: dict[str, Speech] = {}
        self._clips: OrderedDict[tuple[str, int], Clip] = OrderedDict()
        self._kept_s = 0.0
        self._chars_per_s = CHARS_PER_S

    def kept(self, text: str, rate_hz: int) -> Clip | None:
        """The sound of ``text`` if it is there already."""
        clip = self._clips.get((text, rate_hz))
        if clip is not None:
            self._clips.move_to_end((text, rate_hz))
        elif text in self._prepared:
            clip = self._keep(text, self._prepared[text], rate_hz)
        return clip

    def pause_after_s(self, utterance: str) -> float:
        """The silence between ``utterance`` and what follows it."""
        return pause_after_s(utterance) * self._pause_rate

    async def speak(
        self, text: str, rate_hz: int, *, call_id: str = "", urgency: Urgency = "next"
    ) -> Clip:
        """The sound of ``text``; an empty clip when nothing in it can be spoken.

        Raises SynthesizerError, EngineBusy. Cancelling drops the work if it has not begun.
        """
        kept = self.kept(text, rate_hz)
        if kept is not None:
            return kept
        words = self._words(text)
        if not words:
            return Clip(text, np.zeros(0, np.int16), rate_hz)
        speech = await self._synthesizer.synthesize(words, call_id=call_id, urgency=urgency)
        return self._keep(text, speech, rate_hz)

    async def parts(
        self, text: str, rate_hz: int, *, call_id: str = "", urgency: Urgency = "next"
    ) -> AsyncGenerator[Clip]:
        """The sound of ``text`` as it comes: in several clips from a voice that streams at the
        wire's rate, in one from others and when it is there already.

        Which words are in which clip is reckoned by how fast the voice has spoken so far. Raises as
        ``speak``.
        """
        voice, words = self._synthesizer, self._words(text)
        streams = isinstance(voice, StreamingSynthesizer) and voice.rate_hz == rate_hz
        if not words or not streams or self.kept(text, rate_hz) is not None:
            yield await self.speak(text, rate_hz, call_id=call_id, urgency=urgency)
            return
        assert isinstance(voice, StreamingSynthesizer)
        sound: list[Pcm] = []
        told, said_s = "", 0.0
        async with aclosing(voice.stream(words, call_id=call_id)) as pieces:
            async for piece in pieces:
                sound.append(resample(piece.pcm, piece.rate_hz, rate_hz))
                if len(sound) == 1:
                    continue  # the last one gets all words that are left, so one is held back
                said_s += len(sound[-2]) / rate_hz
                upto = heard_text(text, (), len(text) / self._chars_per_s, said_s)
                yield _part(upto[len(told) :].strip(), sound[-2], rate_hz)
                told = upto
        if sound:
            yield _part(text[len(told) :].strip(), sound[-1], rate_hz)
            whole = Speech(np.concatenate(sound), rate_hz, words)
            self._chars_per_s = len(text) * rate_hz / whole.pcm.size
            self._keep(text, whole, rate_hz)

    async def prepare(self, texts: Iterable[str], urgency: Urgency = "ahead") -> None:
        """Make the sound of ``texts`` ahead, one after another, for telephone lines at once and
        for wider ones without the synthesizer."""
        for text in texts:
            words = self._words(text)
            if words and text not in self._prepared:
                self._prepared[text] = await self._synthesizer.synthesize(words, urgency=urgency)
                self.kept(text, WIRE_RATE_HZ)

    async def borrow(self, text: str, synthesizer: Synthesizer) -> None:
        """Have ``text`` prepared by another voice. Raises SynthesizerError, EngineBusy."""
        words = self._words(text)
        self._prepared[text] = await synthesizer.synthesize(words)

    def _words(self, text: str) -> str:
        """What the synthesizer is given: of a piece that is only part of a sentence, its comma
        too, or it would sound like an end."""
        text = self._pronunciations.in_place(text)
        pieces = [text] if len(text) <= MOST_CHARS else utterances_of(text, self.language)
        words = " ".join(speakable(piece, self.language) for piece in pieces)
        return f"{words}," if words and goes_on(text) else words

    def _keep(self, text: str, speech: Speech, rate_hz: int) -> Clip:
        clip = replace(as_clip(speech, rate_hz), text=text)
        self._clips[text, rate_hz] = clip
        self._kept_s += clip.duration_s
        while self._kept_s > CACHE_SECONDS and len(self._clips) > 1:
            _, oldest = self._clips.popitem(last=False)
            self._kept_s -= oldest.duration_s
        return clip
