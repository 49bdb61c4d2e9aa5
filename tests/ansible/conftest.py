"""One machine for all tests of a module: booted bare, set up once, then put through its life.

It needs root, Debian's tools and ansible-core. Where they are missing the tests are skipped and say
why; with ``TESTS_STRICT=1`` in the environment, as in CI, a skip is a failure.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.ansible.box import HERE, Box, Debian, booted
from tests.ansible.bundles import ROOT, Signer, altered, create, make_signer, nothing
from tests.ansible.playing import Playbook, Played
from tests.asterisk.skipping import not_here

BUILD_S = 900
BARE_TO_CALL_S = 15 * 60
"""On two cores, from a bundle: what docs/install.md promises at most."""
LAYOUT = b"debs by release"
"""Of a bundle; one that is kept and has another is made anew."""


@pytest.fixture(scope="session")
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Writes a line that is seen whether a test fails or not: a figure."""
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    assert capture is not None

    def written(line: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{line}", file=sys.stderr, flush=True)

    return written


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return make_signer(tmp_path_factory.mktemp("signer"))


@pytest.fixture(scope="module")
def debian(request: pytest.FixtureRequest) -> Debian:
    """The one that the module's tests are about: its ``DEBIAN``."""
    found: Debian = request.module.DEBIAN
    return found


@pytest.fixture(scope="module")
def built(debian: Debian) -> None:
    """The tree, or the reason why there is none."""
    if os.geteuid() != 0:
        not_here("a Debian is booted for the tests of the playbook: that needs root")
    if find_spec("ansible") is None:
        not_here("ansible-core is missing: python3 bootstrap.py --tests")
    done = subprocess.run(
        [HERE / "build-box.sh", debian.suite],
        capture_output=True,
        text=True,
        timeout=BUILD_S,
        check=False,
        env={**os.environ, "HOME": str(Path.home())},
    )
    if done.returncode:
        not_here(f"tests/ansible/build-box.sh: {done.stderr.strip().splitlines()[-1:]}")


@pytest.fixture(scope="module")
def bundle(
    debian: Debian, built: None, signer: Signer, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A bundle with this checkout, signed.

    What it carries besides is fetched once (`appliance bundle create`) and kept for as long as
    the lock files are the same.
    """
    folder = debian.folder
    kept, stamp = folder / "bundle.tar", folder / "bundle.stamp"
    locks = b"".join(path.read_bytes() for path in sorted((ROOT / "requirements").glob("*.txt")))
    key = hashlib.sha256(locks + (folder / "stamp").read_bytes() + LAYOUT).hexdigest()
    if not (kept.exists() and stamp.exists() and stamp.read_text() == key):
        create(kept, signer, debian)
        stamp.write_text(key)
    out = tmp_path_factory.mktemp("bundle") / "appliance-bundle.tar"
    return altered(kept, out, signer, "1.0.0", nothing, everything=True)


@pytest.fixture(scope="module")
def box(debian: Debian, built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("box")
    with booted(folder, debian) as machine:
        yield machine
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def playbook(box: Box, signer: Signer, tmp_path_factory: pytest.TempPathFactory) -> Playbook:
    return Playbook(box, signer, tmp_path_factory.mktemp("ansible"))


@pytest.fixture(scope="module")
def provisioned(playbook: Playbook, bundle: Path, say: Callable[[str], None]) -> Played:
    """The machine after the first run, which ends with a call."""
    began = time.monotonic()
    played = playbook.run(bundle)
    took_s = time.monotonic() - began
    assert played.rc == 0, played.text[-6000:]
    assert "all is well" in played.text, "the run ends with a call through Asterisk"
    say(f"from a bare machine to an answered call: {took_s:.0f} s")
    assert took_s < BARE_TO_CALL_S
    return played
