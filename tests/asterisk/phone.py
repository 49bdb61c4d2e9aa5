"""A SIP phone: baresip, registered with digest authentication, worked over its control socket.

It speaks what a WAV file holds and records what it hears. What it hears is *not* on the wall clock:
its recording leaves out the silence between packets, so timing is measured in the RTP (``rtp.py``).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

import numpy as np

from appliance.audio.frame import Pcm
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.errors import AudioFileError
from tests.asterisk.pbx import Pbx, free_port
from tests.asterisk.tree import give_away, start, stop
from tests.fakes.waiting import eventually

CODECS: Final = {
    "ulaw": ("PCMU/8000/1", 8000),
    "alaw": ("PCMA/8000/1", 8000),
    "g722": ("G722/16000/1", 16000),
    "opus": ("opus/48000/1", 48000),
}
"""By Asterisk's name: baresip's name, and the rate it plays and records at."""
SILENCE_S: Final = 300
"""Behind every line: a phone goes on sending while its user is silent."""
READY_S: Final = 30.0
_numbers = itertools.count()

CONFIG = """
poll_method epoll
sip_listen 127.0.0.1:{sip}
rtp_ports {rtp}-{rtp_end}
rtp_timeout 0
rtp_stats no
jitter_buffer_type fixed
jitter_buffer_delay 3-10
audio_player aubridge,sink
audio_source aufile,{folder}/line-silence.wav
audio_alert aubridge,sink
ausrc_srate {rate}
auplay_srate {rate}
ausrc_channels 1
auplay_channels 1
ausrc_format s16
auplay_format s16
audio_buffer 20-160
opus_stereo no
opus_sprop_stereo no
snd_path {folder}
module_path {modules}
module g711.so
module g722.so
module opus.so
module aufile.so
module aubridge.so
module sndfile.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{control}
"""


class Phone:
    """A registered phone. Made by ``phone()``."""

    def __init__(
        self, number: str, folder: Path, rate_hz: int, log: Path, registrar: str, rtp_ports: range
    ) -> None:
        self._registrar = registrar
        self.number = number
        self.rtp_ports = rtp_ports
        """Where its sound arrives."""
        self.events: list[str] = []
        """The kinds of what happened: CALL_ESTABLISHED, CALL_CLOSED ..."""
        self._folder = folder
        self._rate_hz = rate_hz
        self._log = log
        self._replies: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._writer: asyncio.StreamWriter

    async def dial(self, number: str) -> None:
        """Call ``number`` and wait until it is answered."""
        await self.invite(number)
        await self.happens("CALL_ESTABLISHED")

    async def invite(self, number: str) -> None:
        """Call ``number``."""
        await self.command("dial", f"sip:{number}@{self._registrar}")

    async def say(self, line: str) -> None:
        """Speak what ``prepare()`` has made, from its beginning."""
        await self.command("ausrc", f"aufile,{self._folder}/line-{line}.wav")

    async def press(self, key: str) -> None:
        """Press a key and let it go."""
        await self.command("sndcode", key)

    async def hang_up(self) -> None:
        """End the call."""
        await self.command("hangup")
        await self.happens("CALL_CLOSED")

    async def happens(self, event: str, within_s: float = 30.0) -> None:
        """Wait until ``event`` has happened."""

        async def happened() -> bool:
            return event in self.events

        try:
            await eventually(happened, within_s)
        except AssertionError:
            raise AssertionError(f"no {event} but {self.events}:\n{self.log}") from None

    @property
    def log(self) -> str:
        """What the program printed."""
        return self._log.read_text(errors="replace")

    def prepare(self, line: str, wav: Path | None) -> None:
        """Make ``line`` of a WAV file, silence behind it, at the rate that the codec needs."""
        pcm = np.zeros(0, np.int16)
        if wav is not None:
            given, rate_hz = read_wav(wav)
            pcm = resample(given, rate_hz, self._rate_hz)
        with wave.open(str(self._folder / f"line-{line}.wav"), "wb") as file:
            file.setparams((1, 2, self._rate_hz, 0, "NONE", ""))
            file.writeframes(pcm.astype("<i2").tobytes())
            file.writeframes(bytes(2 * self._rate_hz * SILENCE_S))

    def heard(self) -> Pcm:
        """All that came out of the phone in calls that are over, 8 kHz, silence between packets
        left out."""
        sounds = []
        for path in sorted(self._folder.glob("dump-*-dec.wav")):
            with suppress(AudioFileError):  # its length is written when the call is over
                pcm, rate_hz = read_wav(path)
                sounds.append(resample(pcm, rate_hz, 8000))
        return np.concatenate(sounds) if sounds else np.zeros(0, np.int16)

    async def command(self, name: str, params: str = "") -> None:
        """Give a command of baresip's menu; AssertionError when it refuses."""
        message = json.dumps({"command": name, "params": params}).encode()
        self._writer.write(b"%d:%s," % (len(message), message))
        async with asyncio.timeout(10):
            reply = await self._replies.get()
        assert reply["ok"], (name, params, reply)

    async def listen(self, port: int) -> None:
        """Connect to the control socket and take in what it says; runs until it is cancelled."""
        reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            while True:
                size = await reader.readuntil(b":")
                message = json.loads(await reader.readexactly(int(size[:-1])))
                await reader.readexactly(1)
                if message.get("event"):
                    self.events.append(message["type"])
                else:
                    self._replies.put_nowait(message)
        except asyncio.IncompleteReadError:
            return
        finally:
            self._writer.close()


@asynccontextmanager
async def phone(
    pbx: Pbx,
    number: str,
    *,
    codec: str = "ulaw",
    password: str | None = None,
    answers: bool = False,
    transport: str = "udp",
) -> AsyncIterator[Phone]:
    """Start a phone with ``number``; the body runs when it has registered, or was refused."""
    place = pbx.folder / f"phone-{number}-{next(_numbers)}"
    place.mkdir(parents=True)
    name, rate_hz = CODECS[codec]
    control, rtp = free_port(), 26000 + 40 * (next(_numbers) % 50)
    config = CONFIG.format(
        sip=free_port(),
        rtp=rtp,
        rtp_end=rtp + 38,
        folder=place,
        rate=rate_hz,
        modules=pbx.tree.root / "usr/lib/baresip/modules",
        control=control,
    )
    (place / "config").write_text(config)
    (place / "accounts").write_text(
        f"<sip:{number}@127.0.0.1:{pbx.sip_port};transport={transport}>;auth_user={number};"
        f"auth_pass={password or pbx.passwords[number]};audio_codecs={name};regint=600;"
        f"answermode={'auto' if answers else 'manual'}\n"
    )
    self = Phone(
        number,
        place,
        rate_hz,
        place / "baresip.log",
        f"127.0.0.1:{pbx.sip_port}",
        range(rtp, rtp + 40),
    )
    self.prepare("silence", None)
    give_away(place)
    process = await start(
        pbx.tree.command("usr/bin/baresip", "-f", place), place / "baresip.log", place
    )
    listening: asyncio.Task[None] | None = None
    try:

        async def registered() -> bool:
            assert process.returncode is None, self.log
            return "200 OK" in self.log or "reg:" in self.log or "401" in self.log

        await eventually(registered, READY_S)
        listening = asyncio.create_task(self.listen(control))
        await asyncio.sleep(0.1)
        yield self
    finally:
        if listening is not None:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
        await stop(process)
