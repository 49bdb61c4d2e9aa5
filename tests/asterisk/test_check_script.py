"""The script that an administrator runs on his PBX, against the real one."""

from __future__ import annotations

import asyncio
import os
import shlex

import pytest

from appliance.bench.local_service import Service
from tests.asterisk.pbx import SHIPPED, Pbx

pytestmark = [pytest.mark.asterisk, pytest.mark.asyncio(loop_scope="session")]


async def check(pbx: Pbx) -> tuple[int | None, str]:
    """Exit status and output of the script."""
    command = shlex.join(pbx.tree.command("usr/sbin/asterisk", "-C", pbx.config))
    process = await asyncio.create_subprocess_exec(
        SHIPPED / "freepbx/check-appliance.sh",
        env={**os.environ, "ASTERISK": command},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode, output.decode()


async def test_where_all_is_there_the_script_says_so(pbx: Pbx, service: Service) -> None:
    await pbx.use(service)
    status, output = await check(pbx)
    assert status == 0, output
    assert "MISSING" not in output
    assert output.count("ok  ") == 6


async def test_what_is_missing_is_named_with_its_mend(pbx: Pbx) -> None:
    await pbx.set_global("APPLIANCE_HUMAN", "4711")
    await pbx.cli("module unload func_curl.so")
    try:
        status, output = await check(pbx)
    finally:
        await pbx.cli("module load func_curl.so")
    assert status == 1
    assert "MISSING  module func_curl is not loaded" in output
    assert "MISSING  nothing answers at http://127.0.0.1:1/ready" in output
    assert "MISSING  the AudioSocket port 127.0.0.1:1 cannot be reached" in output
    assert "MISSING  APPLIANCE_HUMAN: there is no 4711@phones" in output
    assert output.count("->") == 4
