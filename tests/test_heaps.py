"""What glibc keeps: in a process of its own, because it is set once."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.unit

PROGRAM = """
import threading
from appliance.heaps import give_back, share_heaps

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

if {shared}:
    share_heaps()

def work(barrier, kept):
    blocks = [bytearray(60_000) for _ in range(300)]  # below the size that is mapped by itself
    kept.append(blocks[-1])  # on top of the heap: what lies under it stays
    barrier.wait()
    del blocks

barrier, kept = threading.Barrier(8), []
threads = [threading.Thread(target=work, args=(barrier, kept)) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
give_back()
print(resident())
"""


def run(shared: bool) -> int:
    """Bytes resident after eight threads have come and gone."""
    program = PROGRAM.format(shared=shared)
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return int(told.stdout)


def test_freed_memory_of_threads_goes_back_to_the_system() -> None:
    assert run(shared=True) < 60_000_000  # 8 * 18 MB were in use
