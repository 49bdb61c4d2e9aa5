"""An AVR TTS service as the voice: one text up, its sound down."""

from __future__ import annotations

from typing import Final

import numpy as np

from appliance.audio.voiced import trimmed
from appliance.engines.base import Speech
from appliance.engines.remote.pcm_stream import PcmStream
from appliance.engines.remote.peer import BROKEN, Peer
from appliance.errors import RemoteError
from appliance.url import with_path

NAME: Final = "avr-tts"
PATH: Final = "/text-to-speech-stream"
MAX_SPEECH_S: Final = 120.0
"""Of one text: three times as long as the longest piece takes a slow voice."""


class AvrSynthesizer:
    """One TTS service; implements ``base.Synthesizer``. Event loop only."""

    name = NAME
    rate_hz = 8000
    """What AVR's services send; a WAV may say otherwise, and its Speech then does too."""

    def __init__(self, url: str, *, silence_s: float) -> None:
        self._peer = Peer(NAME, with_path(url, PATH), silence_s=silence_s)

    async def synthesize(self, text: str, *, call_id: str = "") -> Speech:
        """As ``base.Synthesizer``. A sound that broke off is asked for once more: nothing of it has
        been played. Cancelling closes the connection, which tells the service to stop. Raises
        RemoteError."""
        try:
            return await self._ask(text, call_id)
        except RemoteError as error:
            if error.code != BROKEN:
                raise
            return await self._ask(text, call_id)

    async def warm_up(self) -> None:
        """See whether anybody is there. Raises RemoteError."""
        await self._peer.probe()

    async def close(self) -> None:
        """Close the connections. Idempotent."""
        await self._peer.close()

    async def _ask(self, text: str, call_id: str) -> Speech:
        stream = PcmStream()
        async with self._peer.post({"text": text}, call_id=call_id) as response:
            if response.content_type.startswith("text/") or "json" in response.content_type:
                raise self._peer.fault(f"answered with {response.content_type} in place of sound")
            pieces, samples = [], 0
            async for data in response.content.iter_any():
                pieces.append(stream.feed(data))
                samples += pieces[-1].size
                if samples > MAX_SPEECH_S * stream.rate_hz:
                    raise self._peer.fault(f"sent more than {MAX_SPEECH_S:.0f} s of sound")
            pieces.append(stream.flush())
        pcm = np.concatenate(pieces)
        if not pcm.size:
            raise self._peer.fault("answered without sound")
        return Speech(trimmed(pcm, stream.rate_hz), stream.rate_hz, text)
