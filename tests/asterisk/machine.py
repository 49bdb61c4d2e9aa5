"""How much of this machine others used meanwhile: what no program under test can be blamed for."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Others:
    """All processes but ours; a hypervisor's other guests among them."""

    share: float = 0.0
    """Of the time of all cores, 0..1; known when the body of ``others()`` has run."""


@contextmanager
def others(pids: Sequence[int]) -> Iterator[Others]:
    """Measure while the body runs. Ours are this process, its children that end meanwhile, and
    ``pids``."""
    seen = Others()
    began_s, busy_s, ours_s = time.monotonic(), _busy_s(), _ours_s(pids)
    yield seen
    passed_s = (time.monotonic() - began_s) * (os.cpu_count() or 1)
    seen.share = max(0.0, (_busy_s() - busy_s) - (_ours_s(pids) - ours_s)) / passed_s


def _busy_s() -> float:
    """Seconds of all cores together that were not idle since the start of the machine."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields)
    return float(user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _ours_s(pids: Sequence[int]) -> float:
    own = os.times()
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # utime, stime
    return sum(own[:4]) + ticks / os.sysconf("SC_CLK_TCK")
