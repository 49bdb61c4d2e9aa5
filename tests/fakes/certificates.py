"""Real certificates, made by openssl."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Made:
    """A certificate and its key."""

    certificate: Path
    key: Path

    def replace(self, other: Made) -> None:
        """As a program that renews certificates does it."""
        for mine, new in ((self.certificate, other.certificate), (self.key, other.key)):
            new.replace(mine)


def make_certificate(
    folder: Path,
    name: str = "127.0.0.1",
    *,
    begins: str = "20200101000000Z",
    ends: str = "20990101000000Z",
    passphrase: str = "",
) -> Made:
    """A self-signed one for ``name``; dates as ``openssl ca`` takes them."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Made(folder / "cert.pem", folder / "key.pem")
    lock = ["-aes256", "-pass", f"pass:{passphrase}"] if passphrase else []
    _openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256",
             *lock, "-out", str(made.key))  # fmt: skip
    (folder / "index").touch()
    (folder / "serial").write_text("01\n")
    (folder / "ca.conf").write_text(
        f"[ca]\ndefault_ca=d\n[d]\ndatabase={folder}/index\nserial={folder}/serial\n"
        f"new_certs_dir={folder}\ndefault_md=sha256\npolicy=p\nx509_extensions=e\n"
        f"unique_subject=no\n[p]\ncommonName=supplied\n[e]\nsubjectAltName=IP:127.0.0.1\n"
    )
    request, given = folder / "request.pem", ["-passin", f"pass:{passphrase}"]
    _openssl("req", "-new", "-key", str(made.key), *given, "-subj", f"/CN={name}",
             "-out", str(request))  # fmt: skip
    _openssl("ca", "-batch", "-selfsign", "-config", str(folder / "ca.conf"), *given,
             "-keyfile", str(made.key), "-in", str(request), "-out", str(made.certificate),
             "-startdate", begins, "-enddate", ends)  # fmt: skip
    return made


def _openssl(*arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
