"""``appliance selftest``, as an administrator runs it, through a real Asterisk."""

from __future__ import annotations

import asyncio
import json
import os
import sys

import pytest

from appliance.bench.local_service import Service
from tests.asterisk.pbx import Pbx

pytestmark = [pytest.mark.asterisk, pytest.mark.asyncio(loop_scope="session")]


async def selftest(pbx: Pbx, service: Service, *options: str) -> tuple[int | None, str, str]:
    """Exit status, standard output and error of the command."""
    spool = pbx.folder / "spool/outgoing"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "appliance", "selftest", "--spool", str(spool), *options),
        env={**os.environ, "HTTP_PORT": service.client.url.rsplit(":", 1)[1]},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def test_a_working_box_passes(pbx: Pbx, service: Service) -> None:
    await pbx.use(service)
    status, out, err = await selftest(pbx, service, "--json")
    assert status == 0, out + err
    steps = {step["name"]: step for step in json.loads(out)}
    assert list(steps) == ["greeting", "answer", "barge-in", "key", "hang-up"]
    assert "an appointment cost" in steps["answer"]["detail"]
    assert "12 Quay Street" in steps["answer"]["detail"]
    assert all(steps[name]["ms"] for name in ("greeting", "answer", "barge-in"))


async def test_a_dialplan_that_calls_elsewhere_is_told(pbx: Pbx, service: Service) -> None:
    status, _, err = await selftest(pbx, service)  # the dialplan knows no service here
    assert status == 1
    assert "the call did not reach the appliance" in err


async def test_a_spool_that_is_not_there_is_told(pbx: Pbx, service: Service) -> None:
    status, _, err = await selftest(pbx, service, "--spool", "/nowhere/outgoing")
    assert status == 1
    assert "cannot put a call into /nowhere/outgoing" in err
