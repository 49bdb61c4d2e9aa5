"""OpenSSH signatures of a bundle: who made it is known before a byte of it is unpacked.

``ssh-keygen`` does the work: it is on every administrator's machine, also where neither this
appliance nor Python is, and its keys may lie on a hardware token.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import IO, Final

from appliance.errors import ArchiveError

NAME: Final = "appliance-bundle"
"""Namespace of the signature, and the name that the file of signers calls the signer by."""


def signature_of(bundle: Path) -> Path:
    """Where the signature of ``bundle`` lies."""
    return bundle.with_name(bundle.name + ".sig")


def make_key(file: Path) -> Path:
    """Make the key pair ``file`` and ``file.pub``; returns ``file.signers``, for the verifiers.

    The private key has no passphrase (the bundle may be made by a timer) and mode 0600. Raises
    ArchiveError when one of the files is there already.
    """
    public, signers = (file.with_name(file.name + end) for end in (".pub", ".signers"))
    for path in (file, public, signers):
        if path.exists():
            raise ArchiveError(f"{path} is there already, and no key is overwritten; name another")
    if not file.parent.is_dir():
        raise ArchiveError(f"{file.parent}: there is no such folder for the key")
    options = ("-q", "-t", "ed25519", "-N", "", "-C", NAME)
    _must(f"making {file}", _ssh_keygen(*options, "-f", str(file)))
    kind, key, *_ = public.read_text(encoding="ascii").split()
    signers.write_text(f'{NAME} namespaces="{NAME}" {kind} {key}\n', encoding="ascii")
    return signers


def sign(file: Path, key: Path, signature: Path) -> None:
    """Sign ``file`` into ``signature``; asks for a passphrase at the terminal if the key has one.

    Raises ArchiveError with ssh-keygen's reason; then there is no ``signature``.
    """
    if not key.is_file():
        raise ArchiveError(f"{key}: there is no such key; make one: appliance bundle key {key}")
    with file.open("rb") as source:
        done = _ssh_keygen("-q", "-Y", "sign", "-f", str(key), "-n", NAME, stdin=source)
    signature.write_bytes(_must("signing", done))


def check_signature(file: IO[bytes], bundle: Path, signers: Path) -> None:
    """Raise ArchiveError unless ``bundle.sig`` is a signature over ``file`` by one of ``signers``.

    ``signers`` is in the format of ssh-keygen(1), section ALLOWED SIGNERS.
    """
    signature = signature_of(bundle)
    if not signature.is_file():
        raise ArchiveError(f"{bundle}: not signed ({signature.name} is not beside it); refused")
    if not signers.is_file():
        raise ArchiveError(f"{signers}: there is no such file of signers; whoever made it has one")
    arguments = ("-I", NAME, "-n", NAME, "-f", str(signers), "-s", str(signature))
    if _ssh_keygen("-Y", "verify", *arguments, stdin=file).returncode:
        raise ArchiveError(
            f"{bundle}: not signed by anyone in {signers}, or changed after it was signed; refused"
        )


def _ssh_keygen(
    *arguments: str, stdin: IO[bytes] | None = None
) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise ArchiveError("ssh-keygen is missing; install it: apt-get install openssh-client")
    return subprocess.run([program, *arguments], stdin=stdin, capture_output=True, check=False)


def _must(doing: str, done: subprocess.CompletedProcess[bytes]) -> bytes:
    """What it printed; raises ArchiveError with its reason when it failed."""
    if done.returncode:
        reason = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
        raise ArchiveError(f"{doing}: ssh-keygen: {reason[-1] if reason else 'failed'}")
    return done.stdout
