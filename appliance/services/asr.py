"""Recognition alone: a caller's sound in, their words out, a text for each of their turns.

It is that of a call (``call/recognition.py``) with an agent that never speaks: the same voice
detection, the same judgement of when a turn is over, the same recogniser. Time is audio time, so
sound that comes faster or slower than it was spoken gives the same texts.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable
from datetime import datetime
from typing import Final

from appliance.agents.loaded_agent import LoadedAgent
from appliance.audio.frame import FRAME_S, Pcm, rms_dbfs
from appliance.audio.framing import Framer
from appliance.call.recognition import Recognition, VoiceDetector
from appliance.clock import Clock
from appliance.dictation.progress import progress
from appliance.engines.base import RecognizerSession
from appliance.errors import EngineBusy
from appliance.turns.completeness import judgement
from appliance.turns.endpointer import Floor, SpeechPaused, TurnEnded
from appliance.turns.playout import Playout

LEAD_S: Final = 5.0
"""Sound may come so far ahead of its time; half of what a recogniser lets wait. Faster senders are
read no faster, which is also what keeps one of them from taking the recogniser for himself."""
PIECE_S: Final = 0.2
SEGMENT_S: Final = 15.0
"""A longer recording is cut at the first quiet piece behind this ..."""
LONGEST_SEGMENT_S: Final = 25.0
"""... or here: Whisper hears 30 s at once."""
QUIET_DBFS: Final = -45.0
RETRY_S: Final = 0.01

Tell = Callable[[str], Awaitable[None]]


async def hear(
    loaded: LoadedAgent,
    detector: VoiceDetector,
    sound: AsyncIterable[Pcm],
    tell: Tell,
    clock: Clock,
    call_id: str = "",
) -> None:
    """Await ``tell`` with the text of every turn in ``sound`` (8 kHz, pieces of any length), the
    last one's also when the sound ends within it.

    Raises RecognizerError, EngineBusy, and whatever ``sound`` and ``tell`` raise.
    """
    session = await loaded.recognizer.open(hotwords=loaded.agent.hotwords, call_id=call_id)
    try:
        async with asyncio.TaskGroup() as tasks:
            options, rate_hz = loaded.agent.endpointing, loaded.recognizer.rate_hz
            recognition = Recognition(detector, session, Playout(), options, tasks, rate_hz)
            try:
                await _Listener(loaded, recognition, session, tell, clock).listen(sound)
            finally:
                recognition.close()
    except BaseExceptionGroup as failures:  # of one: segments hand over their errors
        raise failures.exceptions[0] from None
    finally:
        await session.close()


class _Listener:
    """One stream of sound."""

    def __init__(
        self,
        loaded: LoadedAgent,
        recognition: Recognition,
        session: RecognizerSession,
        tell: Tell,
        clock: Clock,
    ) -> None:
        self._loaded = loaded
        self._recognition = recognition
        self._session = session
        self._tell = tell
        self._clock = clock
        self._ahead_s = 0.0
        self._at = clock.now()

    async def listen(self, sound: AsyncIterable[Pcm]) -> None:
        framer = Framer()
        async for pcm in sound:
            for frame in framer.feed(pcm):
                await self._hear(frame)
        for frame in framer.flush():
            await self._hear(frame)
        text = (await self._recognition.words(self._recognition.unanswered)).text
        if self._recognition.endpointer.floor is Floor.SPEECH:
            text = f"{text} {(await self._session.finish()).text}".strip()
        if text:
            await self._tell(text)

    async def _hear(self, frame: Pcm) -> None:
        await self._keep_pace()
        for event in self._recognition.hear(frame):
            if isinstance(event, SpeechPaused):
                text = (await self._recognition.words(self._recognition.unanswered)).text
                language = self._loaded.agent.language
                far = progress(text, language, today=datetime.now().astimezone().date())
                self._recognition.endpointer.judge(judgement(text, language, dictating=far))
            elif isinstance(event, TurnEnded):
                segments = self._recognition.unanswered
                text = (await self._recognition.words(segments)).text
                self._recognition.forget(segments)
                if text:
                    await self._tell(text)

    async def _keep_pace(self) -> None:
        """Also lets others run between any two Frames."""
        now = self._clock.now()
        self._ahead_s = max(0.0, self._ahead_s - (now - self._at)) + FRAME_S
        self._at = now
        await asyncio.sleep(max(0.0, self._ahead_s - LEAD_S))


async def understand(session: RecognizerSession, sound: AsyncIterable[Pcm], rate_hz: int) -> str:
    """The words of a whole recording, pieces of any length at the recogniser's ``rate_hz``.

    Raises RecognizerError, and whatever ``sound`` raises.
    """
    texts: list[str] = []
    size, fed_s = int(PIECE_S * rate_hz), 0.0
    async for pcm in sound:
        for start in range(0, pcm.size, size):
            piece = pcm[start : start + size]
            await _feed(session, piece)
            fed_s += piece.size / rate_hz
            quiet = fed_s > SEGMENT_S and rms_dbfs(piece) < QUIET_DBFS
            if quiet or fed_s > LONGEST_SEGMENT_S:
                texts.append((await session.finish()).text)
                fed_s = 0.0
    texts.append((await session.finish()).text)
    return " ".join(text for text in texts if text)


async def _feed(session: RecognizerSession, pcm: Pcm) -> None:
    """Feed as fast as the engine takes it: a recording does not come in real time."""
    while True:
        try:
            return session.feed(pcm)
        except EngineBusy:
            await asyncio.sleep(RETRY_S)
