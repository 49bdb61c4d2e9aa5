"""What a site writes into files of its own counts, whatever the shipped ones say."""

from __future__ import annotations

import re

import pytest

from tests.asterisk.pbx import Pbx

pytestmark = [pytest.mark.asterisk, pytest.mark.asyncio(loop_scope="session")]


async def test_the_ports_of_the_sound_are_the_sites(pbx: Pbx) -> None:
    written = dict(re.findall(r"(\w+) = (\d+)", (pbx.folder / "etc/rtp_site.conf").read_text()))
    shown = dict(re.findall(r"Port (start|end): +(\d+)", await pbx.cli("rtp show settings")))
    assert shown == {"start": written["rtpstart"], "end": written["rtpend"]}
