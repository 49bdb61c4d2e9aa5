"""The RTP on loopback, with the kernel's own time stamps: when a phone really heard what.

Needs the right to look at packets (root, or CAP_NET_RAW).
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from appliance.audio.frame import rms_dbfs
from appliance.audio.g711 import decode

SO_TIMESTAMPNS: Final = 35
ETH_P_IP: Final = 0x0800
AUDIBLE_DBFS: Final = -45.0
PCMU: Final = 0


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet of G.711 mu-law."""

    at_s: float
    """The kernel's time."""
    port: int
    """UDP port it goes to."""
    audible: bool


class Capture:
    """What goes by while it runs."""

    def __init__(self) -> None:
        self.packets: list[Packet] = []

    def to(self, ports: Sequence[int]) -> list[Packet]:
        """The packets to one of ``ports``."""
        return [packet for packet in self.packets if packet.port in ports]

    def read(self, source: socket.socket) -> None:
        """Take in what has come."""
        while True:
            try:
                data, ancillary, _, address = source.recvmsg(2048, 256)
            except BlockingIOError:
                return
            if address[2] == socket.PACKET_OUTGOING:
                continue  # loopback shows every packet twice
            stamps = [each[2] for each in ancillary if each[1] == SO_TIMESTAMPNS]
            packet = _parse(data, *struct.unpack("qq", stamps[0]))
            if packet is not None:
                self.packets.append(packet)


def _parse(data: bytes, seconds: int, nanoseconds: int) -> Packet | None:
    """An IPv4 packet of mu-law RTP, else None."""
    header = 4 * (data[0] & 15)
    if data[9] != socket.IPPROTO_UDP or len(data) < header + 8 + 12 + 80:
        return None
    rtp = data[header + 8 :]
    if rtp[0] != 0x80 or rtp[1] & 0x7F != PCMU:
        return None
    pcm = decode(rtp[12:], "ulaw")
    port = int.from_bytes(data[header + 2 : header + 4], "big")
    return Packet(seconds + nanoseconds / 1e9, port, bool(rms_dbfs(pcm) > AUDIBLE_DBFS))


@asynccontextmanager
async def capture() -> AsyncIterator[Capture]:
    """Look at the packets of loopback. Raises PermissionError."""
    loop = asyncio.get_running_loop()
    taken = Capture()
    with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP)) as source:
        source.bind(("lo", ETH_P_IP))
        source.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        source.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        source.setblocking(False)
        loop.add_reader(source, taken.read, source)
        try:
            yield taken
        finally:
            loop.remove_reader(source)


def onset_s(packets: Sequence[Packet]) -> float:
    """When the first audible packet went by."""
    return next(packet.at_s for packet in packets if packet.audible)


def last_audible_s(packets: Sequence[Packet], after_s: float) -> float:
    """The last audible packet before the first silence of 300 ms that ends after ``after_s``."""
    last = 0.0
    for packet in packets:
        if packet.at_s - last > 0.3 and packet.at_s > after_s and last > 0:
            return last
        if packet.audible:
            last = packet.at_s
    return last
