"""Many calls at once: SIPp, with digest authentication, each call sending speech."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Final

from appliance.audio.g711 import encode
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from tests.asterisk.pbx import Pbx, free_port
from tests.asterisk.tree import give_away, start, stop

SILENCE_S: Final = 6
"""Between two times that a caller speaks; after 8 s the agent would ask whether he is there."""
_numbers = itertools.count()

SCENARIO = """<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="talks to the agent">
  <send retrans="500"><![CDATA[
    INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: <sip:{user}@[remote_ip]:[remote_port]>;tag=[call_number]
    To: <sip:[service]@[remote_ip]:[remote_port]>
    Call-ID: [call_id]
    CSeq: 1 INVITE
    Contact: <sip:{user}@[local_ip]:[local_port]>
    Max-Forwards: 70
    Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=- 1 1 IN IP4 [local_ip]
    s=-
    c=IN IP4 [media_ip]
    t=0 0
    m=audio [rtpstream_audio_port] RTP/AVP 0
    a=rtpmap:0 PCMU/8000
    a=ptime:20
  ]]></send>
  <recv response="100" optional="true"/>
  <recv response="401" auth="true"/>
  <send><![CDATA[
    ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: <sip:{user}@[remote_ip]:[remote_port]>;tag=[call_number]
    To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
    Call-ID: [call_id]
    CSeq: 1 ACK
    Max-Forwards: 70
    Content-Length: 0
  ]]></send>
  <send retrans="500"><![CDATA[
    INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: <sip:{user}@[remote_ip]:[remote_port]>;tag=[call_number]
    To: <sip:[service]@[remote_ip]:[remote_port]>
    Call-ID: [call_id]
    CSeq: 2 INVITE
    Contact: <sip:{user}@[local_ip]:[local_port]>
    [authentication username={user} password={password}]
    Max-Forwards: 70
    Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=- 1 1 IN IP4 [local_ip]
    s=-
    c=IN IP4 [media_ip]
    t=0 0
    m=audio [rtpstream_audio_port] RTP/AVP 0
    a=rtpmap:0 PCMU/8000
    a=ptime:20
  ]]></send>
  <recv response="100" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rrs="true"/>
  <send><![CDATA[
    ACK [next_url] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: <sip:{user}@[remote_ip]:[remote_port]>;tag=[call_number]
    To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
    Call-ID: [call_id]
    CSeq: 2 ACK
    Max-Forwards: 70
    Content-Length: 0
  ]]></send>
  <nop><action><exec rtp_stream="{sound},-1,0"/></action></nop>
  <pause milliseconds="{duration_ms}"/>
  <send retrans="500"><![CDATA[
    BYE [next_url] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: <sip:{user}@[remote_ip]:[remote_port]>;tag=[call_number]
    To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
    Call-ID: [call_id]
    CSeq: 3 BYE
    Max-Forwards: 70
    Content-Length: 0
  ]]></send>
  <recv response="200"/>
</scenario>
"""


async def many_calls(
    pbx: Pbx, user: str, number: str, wav: Path, *, calls: int, at_once: int, duration_s: float
) -> None:
    """``calls`` calls of ``duration_s`` to ``number``, so many ``at_once``, each saying ``wav``
    over and over.

    AssertionError, with SIPp's own words, when a single one has failed.
    """
    place = pbx.folder / f"sipp-{next(_numbers)}"
    place.mkdir()
    pcm, rate_hz = read_wav(wav)
    sound = place / "speech.ulaw"
    sound.write_bytes(encode(resample(pcm, rate_hz, 8000), "ulaw") + b"\xff" * 8000 * SILENCE_S)
    scenario = place / "scenario.xml"
    scenario.write_text(
        SCENARIO.format(
            user=user,
            password=pbx.passwords[user],
            sound=sound,
            duration_ms=round(duration_s * 1000),
        )
    )
    give_away(place)
    options = f"-i 127.0.0.1 -mi 127.0.0.1 -p {free_port()} -s {number} -m {calls} -l {at_once}"
    options += f" -r 10 -min_rtp_port 28000 -max_rtp_port 29999 -timeout {calls * 3 + 60}"
    options += " -timeout_error -trace_err -nostdin -recv_timeout 20000"
    target = f"127.0.0.1:{pbx.sip_port}"
    command = pbx.tree.command("usr/bin/sipp", target, "-sf", scenario, *options.split())
    log = place / "sipp.log"
    process = await start(command, log, place)
    try:
        status = await process.wait()
    finally:
        await stop(process)
    errors = "".join(path.read_text() for path in place.glob("*errors.log"))
    assert status == 0, f"sipp ended with {status}\n{errors[-2000:]}\n{log.read_text()[-1500:]}"
