"""The simulated caller: Asterisk's side of AudioSocket, talking in real time.

Like Asterisk with a telephone behind it, it sends the UUID and then one 20 ms frame after the other
on absolute deadlines, silence included, and ends the call by closing the connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import numpy as np

from appliance.audio.frame import (
    FRAME_S,
    Pcm,
    pcm_from_bytes,
    pcm_to_bytes,
    rms_dbfs,
)
from appliance.audio.wav import write_stereo
from appliance.audiosocket.protocol import (
    Audio,
    Decoder,
    Hangup,
    encode_audio,
    encode_digit,
    encode_identify,
)
from appliance.caller.line import Line
from appliance.caller.result import CallResult
from appliance.caller.script import Manners, Script
from appliance.caller.track import Track
from appliance.clock import Clock, MonotonicClock
from appliance.errors import ApplianceError, AudioFileError, ProtocolError

READ_BYTES: Final = 4096
CONNECT_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Echo:
    """A telephone that plays the agent's voice back into the microphone."""

    level_db: float = -20.0
    delay_s: float = 0.12


@dataclass(frozen=True, slots=True)
class Target:
    """Where to call, and what happens besides talking."""

    host: str = "127.0.0.1"
    port: int = 5001
    uuid: UUID = field(default_factory=uuid4)
    echo: Echo | None = None
    record: Path | None = None
    """A stereo WAV to write: caller left, agent right."""
    max_call_s: float = 600.0


async def place_call(
    target: Target,
    lines: Sequence[Line],
    manners: Manners | None = None,
    clock: Clock | None = None,
    settled: Callable[[], float] | None = None,
) -> CallResult:
    """Call ``target``, say ``lines`` at their rate, measure. Takes as long as the
    conversation does. ``settled`` as ``Script`` has it.

    Raises ApplianceError when nothing answers at the address, ProtocolError when what answers does
    not speak AudioSocket, AudioFileError when the recording cannot be written.
    """
    if target.record is not None and not target.record.absolute().parent.is_dir():
        raise AudioFileError(f"cannot write {target.record}: there is no such folder")
    try:
        async with asyncio.timeout(CONNECT_S):
            reader, writer = await asyncio.open_connection(target.host, target.port)
    except OSError as error:  # TimeoutError among them
        raise ApplianceError(
            f"nothing answers at {target.host}:{target.port}: start it with `appliance serve`",
            code="no_connection",
        ) from error
    script = Script(lines, manners or Manners(), settled)
    caller = _Caller(target, script, reader, writer, clock or MonotonicClock())
    try:
        await caller.run()
    finally:
        writer.close()
        with suppress(ConnectionError):  # the agent may have been quicker
            await writer.wait_closed()
    if target.record is not None:
        write_stereo(target.record, caller.said(), caller.track.samples(), script.rate_hz)
    return caller.result()


class _Caller:
    """One connection: a task that listens, and the loop that talks."""

    def __init__(
        self,
        target: Target,
        script: Script,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        clock: Clock,
    ) -> None:
        self.track: Final = Track(script.rate_hz)
        self._rate_hz = script.rate_hz
        self._target = target
        self._script = script
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._origin_s = 0.0
        self._said: list[Pcm] = []
        self._outcome = ""
        self._failure: ProtocolError | None = None
        self._frames = 0
        self._last_frame_s = 0.0
        self._worst_gap_s = 0.0

    async def run(self) -> None:
        """The whole call; afterwards ``result()`` is complete. Raises ProtocolError."""
        self._writer.write(encode_identify(self._target.uuid))
        self._origin_s = self._clock.now()
        async with asyncio.TaskGroup() as tasks:
            listening = tasks.create_task(self._listen())
            await self._talk(listening)
            listening.cancel()
        if self._failure is not None:
            raise self._failure
        self._script.finish()

    def said(self) -> Pcm:
        """Everything sent, from the moment of the UUID on."""
        return np.concatenate(self._said) if self._said else np.zeros(0, dtype=np.int16)

    def result(self) -> CallResult:
        target = self._target
        heard_nothing = self._script.voice.last_audible_s is None
        refused = self._outcome in ("agent_hung_up", "reset") and heard_nothing
        return CallResult(
            uuid=str(target.uuid),
            outcome="refused" if refused else self._outcome,
            duration_s=round(len(self._said) * FRAME_S, 3),
            greeting_s=self._script.greeting_s,
            lines=tuple(self._script.results),
            frames_received=self._frames,
            worst_gap_s=round(self._worst_gap_s, 4),
            recording=None if target.record is None else str(target.record),
        )

    async def _talk(self, listening: asyncio.Task[None]) -> None:
        """Frame number n leaves at (n + 1) * 20 ms: when its last sample has been spoken."""
        while not listening.done():
            due_s = (len(self._said) + 1) * FRAME_S
            await asyncio.sleep(max(0.0, self._origin_s + due_s - self._clock.now()))
            pcm, key = self._script.frame(self._now())
            if self._script.over:
                self._outcome = self._outcome or "caller_hung_up"
                return
            if due_s > self._target.max_call_s:
                self._outcome = "too_long"
                return
            pcm = self._with_echo(pcm)
            self._said.append(pcm)
            sound = encode_audio(pcm_to_bytes(pcm), self._rate_hz)
            self._writer.write((encode_digit(key) if key else b"") + sound)

    async def _listen(self) -> None:
        decoder = Decoder()
        try:
            while data := await self._reader.read(READ_BYTES):
                at_s = self._now()
                for message in decoder.feed(data):
                    if isinstance(message, Hangup):
                        self._outcome = "agent_hung_up"
                        return
                    if isinstance(message, Audio):
                        self._heard(at_s, message)
        except ConnectionResetError:
            self._outcome = "reset"
        except ProtocolError as error:
            self._failure = error
        else:
            self._outcome = "agent_hung_up"

    def _heard(self, at_s: float, audio: Audio) -> None:
        if audio.rate_hz != self._rate_hz:
            raise ProtocolError(
                f"the agent sends {audio.rate_hz} Hz; this caller hears {self._rate_hz} Hz"
            )
        pcm = pcm_from_bytes(audio.payload)
        self.track.put(at_s, pcm)
        self._script.heard(at_s, rms_dbfs(pcm))
        if self._frames:
            self._worst_gap_s = max(self._worst_gap_s, at_s - self._last_frame_s)
        self._frames += 1
        self._last_frame_s = at_s

    def _with_echo(self, pcm: Pcm) -> Pcm:
        echo = self._target.echo
        if echo is None:
            return pcm
        start = len(self._said) * pcm.size - int(echo.delay_s * self._rate_hz)
        gain = 10.0 ** (echo.level_db / 20.0)
        mixed = pcm + gain * self.track.cut(start, pcm.size).astype(np.float64)
        heard: Pcm = np.clip(mixed, -32768, 32767).astype(np.int16)
        return heard

    def _now(self) -> float:
        return self._clock.now() - self._origin_s
