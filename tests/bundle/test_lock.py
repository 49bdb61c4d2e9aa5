"""The lock files, narrowed to one Python and to the files of a bundle."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.bundle.llama import COMMON, NATIVE_CMAKE_ARGS, NO_AMX
from appliance.bundle.lock import read_lock, relock
from appliance.bundle.wheels import SOURCE_ONLY
from appliance.errors import ArchiveError

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = read_lock(ROOT / "requirements" / "runtime.txt")
LOCK = """# made by a tool
av==18.1.0 ; python_full_version < '3.12' \\
    --hash=sha256:aa \\
    --hash=sha256:ab
av==19.0.2 ; python_full_version >= '3.12' \\
    --hash=sha256:ba
Ruamel.YAML==0.19.1 \\
    --hash=sha256:ca
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:da
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "lock.txt"
    path.write_text(LOCK)
    return path


def test_markers_choose_by_the_python_asked_for_not_by_this_one(lock: Path) -> None:
    for python, av in (("3.11", "18.1.0"), ("3.12", "19.0.2"), ("3.13", "19.0.2")):
        wanted = {pin.name: pin.version for pin in read_lock(lock) if pin.wanted_by(python)}
        assert wanted == {"av": av, "ruamel-yaml": "0.19.1"}


def test_the_bundles_own_lock_names_its_files_alone(lock: Path) -> None:
    text = relock(
        read_lock(lock), {("av", "18.1.0"): ["ab", "ab"], ("ruamel-yaml", "0.19.1"): ["c"]}
    )
    assert text == (
        'av==18.1.0 ; python_full_version < "3.12" \\\n    --hash=sha256:ab\n'
        "ruamel-yaml==0.19.1 \\\n    --hash=sha256:c\n"
    )


def test_a_line_that_pins_nothing_is_named(lock: Path) -> None:
    lock.write_text("numpy>=2,<3\n")
    with pytest.raises(ArchiveError, match=r"lock.txt: 'numpy>=2,<3' is no pinned requirement"):
        read_lock(lock)
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_lock(lock.with_name("absent.txt"))


def test_what_is_built_from_source_is_in_the_lock_with_one_file_each() -> None:
    pins = {pin.name: pin for pin in RUNTIME}
    assert pins.keys() >= SOURCE_ONLY
    assert all(len(pins[name].hashes) == 1 for name in SOURCE_ONLY)


def test_llama_cpp_is_compiled_with_the_flags_of_the_set_up() -> None:
    flags = "".join((ROOT / "bootstrap.py").read_text().split('"\n    "'))
    assert f"{COMMON} -DGGML_NATIVE=ON" in flags
    assert NO_AMX in flags
    assert NATIVE_CMAKE_ARGS.startswith(COMMON)
