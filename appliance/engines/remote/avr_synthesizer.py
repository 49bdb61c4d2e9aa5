"""An AVR TTS service as the voice: one text up, its sound down."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Final

import numpy as np

from appliance.audio.voiced import Trimmer
from appliance.config.url import with_path
from appliance.engines.base import Speech, Urgency
from appliance.engines.remote.pcm_stream import PcmStream
from appliance.engines.remote.peer import BROKEN, Peer
from appliance.errors import RemoteError

NAME: Final = "avr-tts"
PATH: Final = "/text-to-speech-stream"
MAX_SPEECH_S: Final = 120.0
"""Of one text: three times as long as the longest piece takes a slow voice."""
PIECE_S: Final = 0.1
"""Sound is passed on in so much: whole Frames, so that nothing is put between them."""


class AvrSynthesizer:
    """One TTS service; implements ``base.StreamingSynthesizer``. Event loop only."""

    name = NAME
    rate_hz = 8000
    """What AVR's services send; a WAV may say otherwise, and its Speech then does too."""

    def __init__(self, url: str, *, silence_s: float) -> None:
        self._peer = Peer(NAME, with_path(url, PATH), silence_s=silence_s)

    async def synthesize(
        self, text: str, *, call_id: str = "", urgency: Urgency = "next"
    ) -> Speech:
        """As ``base.Synthesizer``. A sound that broke off is asked for once more. Cancelling closes
        the connection, which tells the service to stop. Raises RemoteError."""
        try:
            pieces = [piece async for piece in self.stream(text, call_id=call_id)]
        except RemoteError as error:
            if error.code != BROKEN:
                raise
            pieces = [piece async for piece in self.stream(text, call_id=call_id)]
        pcm = np.concatenate([np.zeros(0, np.int16), *(piece.pcm for piece in pieces)])
        rate_hz = pieces[0].rate_hz if pieces else self.rate_hz
        return Speech(pcm, rate_hz, text)

    async def stream(self, text: str, *, call_id: str = "") -> AsyncGenerator[Speech]:
        """As ``base.StreamingSynthesizer``, in pieces of ``PIECE_S``. Raises RemoteError."""
        stream, held, heard = PcmStream(), np.zeros(0, np.int16), 0
        trimmer: Trimmer | None = None
        async with self._peer.post({"text": text}, call_id=call_id) as response:
            if response.content_type.startswith("text/") or "json" in response.content_type:
                raise self._peer.fault(f"answered with {response.content_type} in place of sound")
            async for data in response.content.iter_any():
                pcm = stream.feed(data)
                heard += pcm.size
                if heard > MAX_SPEECH_S * stream.rate_hz:
                    raise self._peer.fault(f"sent more than {MAX_SPEECH_S:.0f} s of sound")
                trimmer = trimmer or (Trimmer(stream.rate_hz) if pcm.size else None)
                if trimmer is None:
                    continue
                held = np.concatenate([held, trimmer.feed(pcm)])
                size = round(PIECE_S * stream.rate_hz)
                cut = held.size // size * size
                if cut:
                    yield Speech(held[:cut], stream.rate_hz, "")
                    held = held[cut:]
        if not heard:
            raise self._peer.fault("answered without sound")
        rest = held if trimmer is None else np.concatenate([held, trimmer.flush()])
        if rest.size:
            yield Speech(rest, stream.rate_hz, "")

    async def warm_up(self) -> None:
        """See whether anybody is there. Raises RemoteError."""
        await self._peer.probe()

    async def close(self) -> None:
        """Close the connections. Idempotent."""
        await self._peer.close()
