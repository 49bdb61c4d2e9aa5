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
from dataclasses import dataclass
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
RTP_PORTS: Final = 40
READY_S: Final = 30.0
_numbers = itertools.count()

CONFIG = """
poll_method epoll
sip_listen 127.0.0.1:{sip}
rtp_ports {home.rtp_ports.start}-{rtp_end}
rtp_timeout 0
rtp_stats no
jitter_buffer_type fixed
jitter_buffer_delay 3-10
audio_player aubridge,sink
audio_source aufile,{home.folder}/line-silence.wav
audio_alert aubridge,sink
ausrc_srate {home.rate_hz}
auplay_srate {home.rate_hz}
ausrc_channels 1
auplay_channels 1
ausrc_format s16
auplay_format s16
audio_buffer 20-160
opus_stereo no
opus_sprop_stereo no
snd_path {home.folder}
module_path {modules}
module g711.so
module g722.so
module opus.so
module aufile.so
module aubridge.so
module sndfile.so
module srtp.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{home.control_port}
"""
TRUST = """
sip_cafile {trusts}
sip_verify_server yes
"""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a phone lives: its folder, its ports."""

    folder: Path
    registrar: str
    rate_hz: int
    """At which it plays and records."""
    control_port: int
    rtp_ports: range
    """Where its sound arrives."""
    transport: str = "udp"

    @classmethod
    def make(cls, pbx: Pbx, number: str, rate_hz: int, transport: str) -> Home:
        """A folder with baresip's configuration in it, and silence to begin with."""
        index = next(_numbers)
        folder = pbx.folder / f"phone-{number}-{index}"
        folder.mkdir()
        rtp = 26000 + RTP_PORTS * (index % 50)
        home = cls(
            folder,
            f"127.0.0.1:{pbx.tls_port if transport == 'tls' else pbx.sip_port}",
            rate_hz,
            free_port(),
            range(rtp, rtp + RTP_PORTS),
            transport,
        )
        modules = pbx.tree.root / "usr/lib/baresip/modules"
        config = CONFIG.format(home=home, sip=free_port(), rtp_end=rtp + 38, modules=modules)
        (folder / "config").write_text(config)
        home.write_line("silence", np.zeros(0, np.int16))
        return home

    def trust(self, certificate: Path) -> None:
        """Talk to nobody who does not show ``certificate``."""
        with (self.folder / "config").open("a") as file:
            file.write(TRUST.format(trusts=certificate))

    def write_line(self, name: str, pcm: Pcm) -> None:
        """A line to speak, silence behind it."""
        with wave.open(str(self.folder / f"line-{name}.wav"), "wb") as file:
            file.setparams((1, 2, self.rate_hz, 0, "NONE", ""))
            file.writeframes(pcm.astype("<i2").tobytes())
            file.writeframes(bytes(2 * self.rate_hz * SILENCE_S))

    @property
    def log(self) -> str:
        """What the program printed."""
        return (self.folder / "baresip.log").read_text(errors="replace")


class Phone:
    """A registered phone. Made by ``phone()``."""

    def __init__(self, home: Home, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.home = home
        self.events: list[str] = []
        """The kinds of what happened: CALL_ESTABLISHED, CALL_CLOSED ..."""
        self._reader = reader
        self._writer = writer
        self._replies: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def dial(self, number: str) -> None:
        """Call ``number`` and wait until it is answered."""
        await self.invite(number)
        await self.happens("CALL_ESTABLISHED")

    async def invite(self, number: str) -> None:
        """Call ``number``."""
        await self.command(
            "dial", f"sip:{number}@{self.home.registrar};transport={self.home.transport}"
        )

    async def say(self, line: str) -> None:
        """Speak what ``prepare()`` has made, from its beginning."""
        await self.command("ausrc", f"aufile,{self.home.folder}/line-{line}.wav")

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
        return self.home.log

    def prepare(self, line: str, wav: Path) -> None:
        """Make ``line`` of a WAV file."""
        pcm, rate_hz = read_wav(wav)
        self.home.write_line(line, resample(pcm, rate_hz, self.home.rate_hz))

    def heard(self, rate_hz: int = 8000) -> Pcm:
        """All that came out of the phone in calls that are over, at ``rate_hz``, silence between
        packets left out."""
        sounds = []
        for path in sorted(self.home.folder.glob("dump-*-dec.wav")):
            with suppress(AudioFileError):  # its length is written when the call is over
                pcm, phone_hz = read_wav(path)
                sounds.append(resample(pcm, phone_hz, rate_hz))
        return np.concatenate(sounds) if sounds else np.zeros(0, np.int16)

    async def command(self, name: str, params: str = "") -> None:
        """Give a command of baresip's menu; AssertionError when it refuses."""
        message = json.dumps({"command": name, "params": params}).encode()
        self._writer.write(b"%d:%s," % (len(message), message))
        async with asyncio.timeout(10):
            reply = await self._replies.get()
        assert reply["ok"], (name, params, reply)

    async def listen(self) -> None:
        """Take in what the program says; runs until it is cancelled."""
        try:
            while True:
                size = await self._reader.readuntil(b":")
                message = json.loads(await self._reader.readexactly(int(size[:-1])))
                await self._reader.readexactly(1)
                if message.get("event"):
                    self.events.append(message["type"])
                else:
                    self._replies.put_nowait(message)
        except asyncio.IncompleteReadError:
            return  # it has ended

    async def forget(self, listening: asyncio.Task[None]) -> None:
        """Nobody listens any more."""
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
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
    encrypts: bool = True,
    trusts: Path | None = None,
) -> AsyncIterator[Phone]:
    """Start a phone with ``number``; the body runs when it has registered, or was refused.

    Over ``tls`` it also ``encrypts`` its sound; ``trusts``: another certificate than the box's.
    """
    name, rate_hz = CODECS[codec]
    home = Home.make(pbx, number, rate_hz, transport)
    if transport == "tls":
        home.trust(trusts or pbx.certificate)
    secure = ";mediaenc=srtp-mand" if transport == "tls" and encrypts else ""
    account = (
        f"<sip:{number}@{home.registrar};transport={transport}>;auth_user={number};"
        f"auth_pass={password or pbx.passwords[number]};audio_codecs={name};regint=600;"
        f"answermode={'auto' if answers else 'manual'}{secure}\n"
    )
    (home.folder / "accounts").write_text(account)
    give_away(home.folder)
    command = pbx.tree.command("usr/bin/baresip", "-f", home.folder)
    process = await start(command, home.folder / "baresip.log", home.folder)
    try:

        async def registered() -> bool:
            assert process.returncode is None, home.log
            return any(each in home.log for each in ("200 OK", "401", "verify_handler"))

        await eventually(registered, READY_S)
        self = Phone(home, *await asyncio.open_connection("127.0.0.1", home.control_port))
        listening = asyncio.create_task(self.listen())
        try:
            yield self
        finally:
            await self.forget(listening)
    finally:
        await stop(process)
