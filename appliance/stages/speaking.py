"""Speaking alone: a text in, its sound out, sentence by sentence while the rest is still made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from appliance.audio.frame import WIRE_RATE_HZ, Pcm
from appliance.call.voice import Voice
from appliance.text.sentences import SentenceSplitter


async def speak(
    voice: Voice, text: str, turn: asyncio.Semaphore, call_id: str
) -> AsyncGenerator[Pcm]:
    """The sound of ``text``, 8 kHz; nothing for what cannot be spoken.

    ``turn`` is held for every piece, so that several who speak take turns. Closing the generator
    stops the work behind the present piece. Raises SynthesizerError, EngineBusy.
    """
    splitter = SentenceSplitter()
    for piece in [*splitter.push(text), *splitter.flush()]:
        async with aclosing(voice.parts(piece, WIRE_RATE_HZ, call_id=call_id)) as clips:
            while True:
                async with turn:
                    clip = await anext(clips, None)
                if clip is None:
                    break
                if clip.pcm.size:
                    yield clip.pcm
