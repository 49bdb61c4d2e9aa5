"""The real program as a child process, and how it says that it cannot start."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from appliance.bench.local_service import _environment, local_service
from appliance.config.settings import Settings
from appliance.errors import SettingsError

pytestmark = pytest.mark.e2e


async def test_a_service_that_cannot_start_says_why_in_one_line(tmp_path: Path) -> None:
    settings = Settings(agents_file=tmp_path / "none.yaml")
    with pytest.raises(SettingsError, match=r"did not start: .*none\.yaml: cannot be read") as told:
        async with local_service(settings):
            pass
    assert "\n" not in told.value.message


def test_the_child_gets_our_secrets_and_tells_nobody_of_its_calls(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:3000/webhooks")
    settings = Settings(
        webhook_url="http://127.0.0.1:3000/webhooks", ami_secret=SecretStr("sesame")
    )
    environ = _environment(settings, tmp_path, 1, 2)
    assert environ["AMI_PASSWORD"] == "sesame"
    assert environ["APPLIANCE_KEEP_WORDS"] == "false"
    assert "WEBHOOK_URL" not in environ


def test_a_measurement_that_is_ended_takes_its_service_with_it() -> None:
    command = [sys.executable, "-m", "appliance", "bench", "turns"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as bench:
        children = Path(f"/proc/{bench.pid}/task/{bench.pid}/children")
        while not (started := children.read_text().split()):
            assert bench.poll() is None, bench.communicate()
            time.sleep(0.001)
        bench.terminate()
        printed, _ = bench.communicate(timeout=60)
    assert bench.returncode == 130, printed
    assert not any(Path("/proc", pid).exists() for pid in started)
