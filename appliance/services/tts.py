"""Speaking alone: a text in, its sound out, sentence by sentence while the rest is still made."""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Final

from appliance.agents.voice import Voice
from appliance.audio.frame import WIRE_RATE_HZ, Pcm
from appliance.text.sentences import cut

MOST_CHARACTERS: Final = 400
"""Of an utterance. Sentences of people are shorter; thousands of figures without a space would keep
the event loop, which makes words of them, from telephone calls."""


async def speak(
    voice: Voice, text: str, turn: asyncio.Semaphore, call_id: str
) -> AsyncGenerator[Pcm]:
    """The sound of ``text``, 8 kHz; nothing for what cannot be spoken.

    ``turn`` is held for every utterance, so that several who speak take turns. Closing the
    generator stops the work behind the present utterance. Raises SynthesizerError, EngineBusy.
    """
    for utterance in _utterances(text, voice.language):
        async with aclosing(voice.parts(utterance, WIRE_RATE_HZ, call_id=call_id)) as clips:
            while True:
                async with turn:
                    clip = await anext(clips, None)
                if clip is None:
                    break
                if clip.pcm.size:
                    yield clip.pcm


def _utterances(text: str, language: str) -> Iterator[str]:
    for utterance in cut(text, language):
        yield from textwrap.wrap(utterance, MOST_CHARACTERS) or [utterance]
