"""What the libraries read from the environment is set before they read it."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.unit


def test_numpy_starts_no_threads_and_the_hub_library_stays_offline() -> None:
    code = """if True:
        import os, sys
        os.environ["HF_HUB_OFFLINE"] = "0"
        import appliance.engines.offline
        import numpy
        numpy.ones((500, 500)) @ numpy.ones((500, 500))
        threads = len(os.listdir("/proc/self/task"))
        sys.exit(f"{threads} threads" if threads > 1 else os.environ["HF_HUB_OFFLINE"] != "1")
    """
    subprocess.run([sys.executable, "-c", code], check=True)
