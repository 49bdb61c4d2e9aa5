"""The certificate that HTTP is served with: read, looked at, and read again when it changes.

Whoever renews certificates replaces the files and tells nobody. So the files are looked at, and a
new handshake gets the new certificate; connections that are open keep theirs. Files that do not fit
together are told, and the certificate that was there stays in use.
"""

from __future__ import annotations

import asyncio
import calendar
import logging
import os
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from appliance.errors import SettingsError

LOOK_S: Final = 10.0
"""How often the files are looked at."""
SOON_S: Final = 14 * 24 * 3600.0
"""Before its end: whoever renews it should have done so."""
_KEYS: Final = "http_tls_certificate and http_tls_key"
_BEGIN: Final = "-----BEGIN CERTIFICATE-----"
_END: Final = "-----END CERTIFICATE-----"
_FORMATS: Final = {0x17: "%y%m%d%H%M%SZ", 0x18: "%Y%m%d%H%M%SZ"}
"""UTCTime and GeneralizedTime of RFC 5280."""

log = logging.getLogger(__name__)


def certificate_of(certificate: Path | None, key: Path | None) -> Certificate | None:
    """Of the settings; None: HTTP is served without TLS. Raises SettingsError."""
    if certificate is not None:
        return Certificate(certificate, key)
    if key is not None:
        raise SettingsError(
            f"http_tls_key: {key} belongs to no certificate; name it in http_tls_certificate"
        )
    return None


class Certificate:
    """One certificate and its key, in their files. Event loop only."""

    def __init__(self, certificate: Path, key: Path | None) -> None:
        """Raises SettingsError: a file is missing, no certificate, or the key is another's."""
        self._files = (certificate, key)
        self._marks = _marks(*self._files)
        self._current = load(certificate, key)
        self._told = ""
        self.context: Final = load(certificate, key)
        """For a server. Every handshake gets what is current then."""
        self.context.sni_callback = self._hand_out
        self._tell(problem(certificate))

    async def watch(self) -> None:
        """Look at the files for as long as the service runs."""
        while True:
            await asyncio.sleep(LOOK_S)
            self.look()

    def look(self) -> None:
        """Take a changed file into use. One that cannot be used is told once and changes
        nothing."""
        marks = _marks(*self._files)
        if marks != self._marks:
            self._marks = marks
            try:
                self._current = load(*self._files)
            except SettingsError as error:
                self._tell(f"{error.message}; the certificate from before stays in use")
                return
            log.info("%s: read again", self._files[0])
        self._tell(problem(self._files[0]))

    def _tell(self, what: str) -> None:
        if what and what != self._told:
            log.error("%s", what)
        self._told = what

    def _hand_out(self, connection: Any, name: str | None, context: ssl.SSLContext) -> None:
        """OpenSSL asks before each handshake, whether a name was sent or not."""
        connection.context = self._current


def load(certificate: Path, key: Path | None) -> ssl.SSLContext:
    """A server's context. Raises SettingsError, one line with the mend."""
    for path in (certificate, *([key] if key else [])):
        try:
            path.read_bytes()
        except OSError as error:
            raise SettingsError(
                f"{path}: cannot be read: {error.strerror}; {_KEYS} name files that the service's"
                " user may read"
            ) from error
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key, password=_no_passphrase)
    except ssl.SSLError as error:
        raise SettingsError(f"{key or certificate}: {_reason(error, certificate, key)}") from error
    return context


def problem(certificate: Path, now_s: float | None = None) -> str:
    """What is wrong with when it is valid, in one line; empty when nothing is."""
    now_s = time.time() if now_s is None else now_s
    begins_s, ends_s = validity(certificate)
    if ends_s < now_s:
        return f"{certificate}: expired on {_date(ends_s)}: clients refuse it; renew it"
    if begins_s > now_s:
        return (
            f"{certificate}: not valid before {_date(begins_s)}: clients refuse it; set the clock"
            " of this machine, or wait"
        )
    if ends_s < now_s + SOON_S:
        return f"{certificate}: expires on {_date(ends_s)}; renew it"
    return ""


def validity(certificate: Path) -> tuple[float, float]:
    """From when to when the first certificate of a file is valid, in seconds since 1970. Raises
    SettingsError."""
    try:
        text = certificate.read_text(encoding="ascii", errors="replace")
        pem = text[text.index(_BEGIN) : text.index(_END) + len(_END)]
        return _dates(ssl.PEM_cert_to_DER_cert(pem))
    except (OSError, ValueError, IndexError) as error:
        raise SettingsError(f"{certificate}: no certificate in it (PEM)") from error


def _dates(der: bytes) -> tuple[float, float]:
    """RFC 5280: of a certificate, its first part; of that, behind version, number, algorithm and
    issuer, two dates."""
    _, whole = next(_parts(der))
    _, signed = next(_parts(whole))
    parts = [part for part in _parts(signed) if part[0] != 0xA0]  # a version may stand first
    begins, ends = _parts(parts[3][1])
    return _time(*begins), _time(*ends)


def _parts(der: bytes) -> Iterator[tuple[int, bytes]]:
    """(tag, contents) one after the other."""
    at = 0
    while at < len(der):
        tag, length, at = der[at], der[at + 1], at + 2
        if length & 0x80:
            digits = length & 0x7F
            length, at = int.from_bytes(der[at : at + digits]), at + digits
        yield tag, der[at : at + length]
        at += length


def _time(tag: int, text: bytes) -> float:
    if tag not in _FORMATS:
        raise ValueError("no date")
    return float(calendar.timegm(time.strptime(text.decode("ascii"), _FORMATS[tag])))


def _date(moment_s: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(moment_s))


def _marks(certificate: Path, key: Path | None) -> tuple[tuple[int, ...] | None, ...]:
    """What changes with the files."""
    return tuple(_mark(path) for path in (certificate, key) if path is not None)


def _mark(path: Path) -> tuple[int, ...] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _no_passphrase() -> str:
    """Without it OpenSSL asks at the terminal."""
    return ""


def _reason(error: ssl.SSLError, certificate: Path, key: Path | None) -> str:
    if error.reason == "KEY_VALUES_MISMATCH":
        return f"the key of another certificate than {certificate}; name two that belong together"
    if b"ENCRYPTED" in (key or certificate).read_bytes():
        return "the key has a passphrase; write it without one: openssl pkey -in KEY -out NEW"
    return f"no certificate and key in PEM that fit ({error.reason or 'PEM'}); {_KEYS} name them"
