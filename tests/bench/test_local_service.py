"""The real program as a child process, and how it says that it cannot start."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.bench.local_service import local_service
from appliance.errors import SettingsError
from appliance.settings import Settings

pytestmark = pytest.mark.e2e


async def test_a_service_that_cannot_start_says_why_in_one_line(tmp_path: Path) -> None:
    settings = Settings(agents_file=tmp_path / "none.yaml")
    with pytest.raises(SettingsError, match=r"did not start: .*none\.yaml: cannot be read") as told:
        async with local_service(settings):
            pass
    assert "\n" not in told.value.message
