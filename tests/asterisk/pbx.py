"""A real Asterisk on loopback with the configuration that the product ships.

Its configuration folder is a Debian box's: the files that the package brings, those of
``asterisk-conf/`` in the place of their namesakes, and what a site would write itself: ports,
passwords, where the appliance is. All but the last are links: nothing is copied or changed, but for
the place of the certificate.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from appliance.bench.local_service import Service
from tests.asterisk.skipping import not_here
from tests.asterisk.tree import Tree, give_away, start, stop, unprivileged
from tests.fakes.waiting import eventually

SHIPPED: Final = Path(__file__).parents[2] / "asterisk-conf"
PHONES: Final = ("1001", "1002", "1003")
SECURE_PHONE: Final = "1004"
"""It encrypts what it says (SRTP)."""
RTP_PORTS: Final = 400
START_S: Final = 60.0
CLI_S: Final = 20.0
_given: set[int] = set()
"""Ports given to somebody who may not have opened them yet."""
BOX: Final[Mapping[str, str | Path]] = {
    "extensions_site.conf": """
APPLIANCE_PORT = 1
APPLIANCE_HTTP_PORT = 1
APPLIANCE_RECORD_DIR = FOLDER/recorded
[site]
exten => 700,1,Gosub(appliance,s,1)
 same => n,Set(GLOBAL(RETURNED)=${APPLIANCE_RESULT})
 same => n,Answer()
 same => n,Hangup()
include => phones
[from-internal]
include => phones
"""
}
"""A stand-alone box where nobody listens until a test says so, with a dialplan that wants its
callers back (phone 1003 lives in it)."""
DIRECTORIES: Final = {
    "astetcdir": "etc",
    "astvarlibdir": "var",
    "astdbdir": "var",
    "astkeydir": "var",
    "astspooldir": "spool",
    "astrundir": "run",
    "astlogdir": "log",
    "astcachedir": "cache",
}


@dataclass(frozen=True, slots=True)
class Pbx:
    """A running Asterisk."""

    tree: Tree
    folder: Path
    sip_port: int
    passwords: dict[str, str]
    pid: int

    async def cli(self, command: str) -> str:
        """What ``asterisk -rx COMMAND`` prints."""
        line = self.tree.command("usr/sbin/asterisk", "-C", self.config, "-rx", command)
        process = await asyncio.create_subprocess_exec(
            *line,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={"HOME": str(self.folder), "TERM": "dumb"},
            **unprivileged(),
        )
        try:
            async with asyncio.timeout(CLI_S):
                output, _ = await process.communicate()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise
        return output.decode(errors="replace")

    @property
    def config(self) -> Path:
        return self.folder / "etc/asterisk.conf"

    @property
    def tls_port(self) -> int:
        return self.sip_port + 1

    @property
    def certificate(self) -> Path:
        """What phones trust that use TLS."""
        certificate = self.folder / "keys/appliance.crt"
        if not certificate.exists():
            not_here("a certificate for TLS is made with openssl: apt-get install openssl")
        return certificate

    @property
    def log(self) -> str:
        """Notices, warnings and errors so far."""
        return (self.folder / "log/messages.log").read_text(errors="replace")

    async def set_global(self, name: str, value: str) -> None:
        """Change a value of extensions.conf's [globals] until the next reload."""
        # an empty value is only taken in quotes
        await self.cli(f'dialplan set global {name} "{value}"')

    async def use(self, service: Service) -> None:
        """Let the dialplan call ``service``."""
        http_port = service.client.url.rsplit(":", 1)[1]
        await self.set_global("APPLIANCE_PORT", str(service.port))
        await self.set_global("APPLIANCE_HTTP_PORT", http_port)

    async def reset(self) -> None:
        """The dialplan and its values as they are in the files."""
        await self.cli("dialplan reload")

    async def falls_silent(self) -> None:
        """Wait until no call is left; end what is left, and complain."""
        try:
            await eventually(self.silent, 15.0)
        except AssertionError:
            left = await self.channels()
            await self.cli("channel request hangup all")
            raise AssertionError(f"calls that did not end: {left}") from None

    async def channels(self) -> list[list[str]]:
        """The live channels, as ``core show channels concise`` has them, cut at ``!``."""
        shown = await self.cli("core show channels concise")
        return [line.split("!") for line in shown.splitlines() if line.count("!") > 8]

    async def silent(self) -> bool:
        """Whether no call is left."""
        return not await self.channels()

    async def codec_of(self, phone: str) -> str:
        """The format in which ``phone`` sends, in Asterisk's words."""
        for channel in await self.channels():
            if channel[0].startswith(f"PJSIP/{phone}-"):
                shown = await self.cli(f"core show channel {channel[0]}")
                return str(re.search(r"NativeFormats: \((.*)\)", shown)[1])  # type: ignore[index]
        raise AssertionError(f"phone {phone} is in no call")

    async def agents_call(self, phone: str = "1001") -> UUID:
        """The UUID of the call in which ``phone`` is connected to the agent; waits for it."""
        found: list[UUID] = []

        async def connected() -> bool:
            for channel in await self.channels():
                match = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", " ".join(channel))
                if match and channel[0].startswith(f"PJSIP/{phone}-"):
                    found.append(UUID(match[0]))
            return bool(found)

        await eventually(connected, 20.0)
        return found[0]


@asynccontextmanager
async def asterisk(tree: Tree, site: Mapping[str, str | Path] = BOX) -> AsyncIterator[Pbx]:
    """Start an Asterisk, wait until it is up, stop it at the end.

    ``site``: the files that the site itself adds, text or what to link.
    """
    folder = Path(tempfile.mkdtemp(prefix="asterisk-"))
    try:
        sip_port = free_port()
        passwords = configure(tree, folder, sip_port, site)
        give_away(folder)
        command = tree.command("usr/sbin/asterisk", "-f", "-C", folder / "etc/asterisk.conf")
        process = await start(command, folder / "asterisk.out", folder)
        try:
            pbx = Pbx(tree, folder, sip_port, passwords, process.pid)

            async def up() -> bool:
                assert process.returncode is None, (folder / "asterisk.out").read_text()
                return "fully booted" in await pbx.cli("core waitfullybooted")

            await eventually(up, START_S)
            yield pbx
        finally:
            await stop(process)
    finally:
        shutil.rmtree(folder)


def configure(
    tree: Tree, folder: Path, sip_port: int, site: Mapping[str, str | Path]
) -> dict[str, str]:
    """Lay out the folders of an Asterisk in ``folder``; the phones' passwords."""
    for name in {*DIRECTORIES.values(), "spool/outgoing", "spool/monitor", "spool/tmp", "recorded"}:
        (folder / name).mkdir(parents=True, exist_ok=True)
    etc = folder / "etc"
    files = {file.name: file for file in (tree.root / "etc/asterisk").glob("*.conf")}
    files |= {file.name: file for file in SHIPPED.glob("*.conf")}
    del files["asterisk.conf"]
    for name, file in files.items():
        put(file, etc / name)
    put(SHIPPED / "asterisk.conf", etc / "asterisk_shipped.conf")
    places = {name: folder / place for name, place in DIRECTORIES.items()}
    places |= {"astmoddir": tree.asterisk_modules, "astdatadir": tree.root / "usr/share/asterisk"}
    lines = [f"{name} = {place}" for name, place in places.items()]
    (etc / "asterisk.conf").write_text(
        "\n".join(["[directories]", *lines, f'#include "{etc}/asterisk_shipped.conf"', ""])
    )
    (etc / "pjsip_site.conf").write_text(
        f"[transport-udp](+)\nbind = 127.0.0.1:{sip_port}\n"
        f"[transport-tcp](+)\nbind = 127.0.0.1:{sip_port}\n"
        f"{transport_tls(folder, sip_port + 1)}"
        "[1002](+)\ncontext = from-internal\n[1003](+)\ncontext = site\n"
    )
    first = random.randrange(12000, 25000, 2)
    (etc / "rtp_site.conf").write_text(f"rtpstart = {first}\nrtpend = {first + RTP_PORTS - 1}\n")
    for name, content in site.items():
        (etc / name).unlink(missing_ok=True)
        if isinstance(content, Path):
            put(content, etc / name)
        else:
            (etc / name).write_text(content.replace("FOLDER", str(folder)))
    (etc / "voicemail_site.conf").write_text("100 => 4815,Reception\n")
    phones = "".join(
        subprocess.run(
            [SHIPPED / "make-phones", *arguments], capture_output=True, text=True, check=True
        ).stdout
        for arguments in (PHONES, ("--secure", SECURE_PHONE))
    )
    (etc / "pjsip_phones.conf").write_text(phones)
    found = re.findall(r"username = (\d+)\npassword = (\w+)", phones)
    return dict(found)


def transport_tls(folder: Path, port: int) -> str:
    """A certificate, the shipped transport with its place, and what the site says of it; nothing of
    all that where there is no openssl."""
    tls = folder / "etc/pjsip_tls.conf"
    shipped = tls.read_text()
    tls.unlink()
    if shutil.which("openssl") is None:
        return ""
    make_certificate(folder / "keys", "127.0.0.1")
    # a copy, because Asterisk's files know no variables
    tls.write_text(shipped.replace("/etc/asterisk/keys", str(folder / "keys")))
    return f"[transport-tls](+)\nbind = 127.0.0.1:{port}\n"


def make_certificate(folder: Path, *names: str) -> None:
    """As an administrator makes it: ``appliance.crt`` and ``appliance.key`` in ``folder``."""
    subprocess.run([SHIPPED / "make-certificate", folder, *names], capture_output=True, check=True)


def put(file: Path, place: Path) -> None:
    """Link ``file`` to ``place``; a copy where Asterisk's user may not look into its folder, as in
    a checkout below root's home."""
    real = file.resolve()
    closed = [folder for folder in real.parents if not folder.stat().st_mode & 0o001]
    if os.geteuid() == 0 and (closed or not real.stat().st_mode & 0o004):
        shutil.copyfile(real, place)
    else:
        place.symlink_to(file)


def free_port() -> int:
    """A port of loopback that was free a moment ago, for UDP and TCP, and the next one too (SIP
    over TLS takes it); below those that the kernel gives away."""
    for _ in range(100):
        port = random.randrange(9000, 12000, 2)
        if port in _given:
            continue
        with ExitStack() as stack, suppress(OSError):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                for number in (port, port + 1):
                    stack.enter_context(socket.socket(type=kind)).bind(("127.0.0.1", number))
            _given.add(port)
            return port
    raise OSError("no port is free for both UDP and TCP")
