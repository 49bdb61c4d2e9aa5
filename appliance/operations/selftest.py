"""A real call through this machine's Asterisk, placed and judged without a telephone.

A file in Asterisk's spool starts it, which needs no account of the manager interface and no open
port: only the right to write into that one folder. The dialplan's context ``appliance-selftest``
plays the telephone and hands its sound to us; its other end goes the way of every call through
``appliance`` in the dialplan to the service.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from appliance.caller.answered import Answering, answering
from appliance.caller.line import load_line
from appliance.caller.result import LineResult
from appliance.caller.script import Manners, Script
from appliance.caller.service_client import ServiceClient, service_client
from appliance.errors import ApplianceError
from appliance.operations.demo import demo_conversation

SPOOL: Final = Path("/var/spool/asterisk/outgoing")
TAKEN_S: Final = 15.0
"""Asterisk looks into its spool every second; a busy machine takes longer."""
NO_CALL: Final = "no_call"
"""Code of the error when none came about in that time."""
KEY_S: Final = 10.0
ANSWER_S: Final = 15.0
"""Until the key is answered. By default the language model does it, and takes its time on a busy
machine."""
BARGE_IN_MS: Final = 700
"""So much of the first answer is heard before the second line interrupts it."""

CALL_FILE: Final = """\
Channel: Local/s@appliance-selftest/n
Context: appliance
Extension: s
Priority: 1
MaxRetries: 0
WaitTime: 10
CallerID: "selftest" <0>
Setvar: APPLIANCE_TO={to}
Setvar: APPLIANCE_SELFTEST={uuid}
Setvar: SELFTEST_PORT={port}
Setvar: SELFTEST_FIRST={first}
Setvar: SELFTEST_SECOND={second}
Setvar: SELFTEST_KEY={key}
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the test call shall do."""

    url: str
    """The service's HTTP interface."""
    to: str = ""
    """The number that is dialled; empty: the default agent's."""
    spool: Path = SPOOL
    key: str = "9"
    """Pressed at the end; one that transfers nobody."""
    line: Path | None = None
    """A question with a long answer; a line of the demo's caller when None."""
    interruption: Path | None = None
    """What interrupts the answer; likewise."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the call showed."""

    name: str
    ok: bool
    detail: str
    ms: int | None = None
    """How long it took, where that says something."""


@dataclass(frozen=True, slots=True)
class Observed:
    """All that was measured in one call."""

    greeting_s: float | None
    lines: tuple[LineResult, ...]
    key_s: float | None
    """From the key's release to the first sound of the answer; None without one."""
    record: dict[str, Any]


async def selftest_in(tries: int, plan: Plan, say: Callable[[str], None]) -> list[Step]:
    """The steps of the first of ``tries`` calls that goes well, or of the last.

    A machine that is overloaded for a while (one that is being installed, that compiles or copies)
    can miss a key or be late to fall silent; a version that does not work fails every time. ``say``
    is told of each call that went wrong and is repeated.

    Raises ApplianceError when no call comes about at all.
    """
    for _ in range(tries - 1):
        try:
            steps = await selftest(plan, say)
        except ApplianceError as error:
            if error.code != NO_CALL:  # the same again, however often
                raise
            fault = error.message
        else:
            fault = "; ".join(f"{step.name}: {step.detail}" for step in steps if not step.ok)
            if not fault:
                return steps
        say(f"that call went wrong ({fault}; {_load()}); once more")
    return await selftest(plan, say)


async def selftest(plan: Plan, say: Callable[[str], None]) -> list[Step]:
    """Place the call and judge it; takes about 20 seconds. ``say`` is told each step.

    Raises ApplianceError when no call comes about at all.
    """
    async with service_client(plan.url) as service:
        state = await service.readiness()
        if not state["ready"]:
            raise ApplianceError(
                f"the appliance at {plan.url} takes no call now: {state['reason']}"
            )
        return judge(plan, await _call(plan, service, say))


def judge(plan: Plan, seen: Observed) -> list[Step]:
    """The verdict on each part of the call.

    That the agent was interrupted, and that it answered the key, counts by the service's own record
    as well: on an overloaded machine we ourselves may be too late to hear it. What we heard gives
    the time.
    """
    turns: list[dict[str, Any]] = seen.record["turns"]
    first = seen.lines[0] if seen.lines else None
    second = seen.lines[1] if len(seen.lines) > 1 else None
    keyed = [turn for turn in turns if turn["heard"] == plan.key]
    answer_s = None if second is None else second.voice_to_voice_s
    reaction_s = None if second is None else second.reaction_s
    outcome = seen.record["outcome"]
    return [
        Step(
            "greeting", seen.greeting_s is not None, seen.record["greeting"], _ms(seen.greeting_s)
        ),
        Step(
            "answer",
            first is not None and bool(turns) and answer_s is not None,
            "; ".join(f"{turn['heard']!r} -> {turn['said']!r}" for turn in turns[:2]),
            _ms(answer_s),
        ),
        Step(
            "barge-in",
            second is not None and any(turn["interrupted"] for turn in turns),
            "the agent falls silent when the caller speaks",
            _ms(reaction_s),
        ),
        Step(
            "key",
            bool(keyed) and (seen.key_s is not None or any(turn["said"] for turn in keyed)),
            "a key reaches the agent and is answered",
            _ms(seen.key_s),
        ),
        Step("hang-up", outcome == "caller_hangup", f"the service notes: {outcome}"),
    ]


async def _call(plan: Plan, service: ServiceClient, say: Callable[[str], None]) -> Observed:
    uuid, first, second = uuid4(), uuid4(), uuid4()
    async with answering() as here:
        say("asking Asterisk for a call to the agent")
        values = {"to": plan.to, "uuid": uuid, "port": here.port, "key": plan.key}
        file = place_call_file(
            plan.spool, CALL_FILE.format(**values, first=first, second=second), str(uuid)
        )
        try:
            conversation = await _talk(plan, here, first, file, say)
        finally:
            file.unlink(missing_ok=True)
        say("pressing a key")
        key_s = await _after_the_key(here, second)
    record = await service.record(str(uuid))
    if record is None:
        raise ApplianceError(_not_ours(service.url))
    return Observed(conversation.greeting_s, tuple(conversation.results), key_s, record)


async def _talk(
    plan: Plan, here: Answering, uuid: UUID, file: Path, say: Callable[[str], None]
) -> Script:
    demo = demo_conversation().parent
    lines = [
        load_line(plan.line or demo / "price.wav"),
        load_line(plan.interruption or demo / "address.wav", barge_in_ms=BARGE_IN_MS),
    ]
    script = Script(lines, Manners())
    try:
        call = await here.call(uuid, TAKEN_S)
    except TimeoutError:
        raise ApplianceError(_why_not(file), code=NO_CALL) from None
    say("listening to the greeting, asking, interrupting")
    try:
        await call.talk(script)
    finally:
        await call.give_back()
    return script


async def _after_the_key(here: Answering, uuid: UUID) -> float | None:
    """Seconds until the agent was heard after the key; None when it was not."""
    script = Script([], Manners(greeting_timeout_s=ANSWER_S))
    with suppress(TimeoutError):
        call = await here.call(uuid, KEY_S)
        try:
            await call.talk(script)
        finally:
            await call.close()
    return script.greeting_s


def place_call_file(spool: Path, text: str, name: str) -> Path:
    """Put a call file where Asterisk takes it, whole from its first moment.

    Raises ApplianceError.
    """
    draft, file = spool.parent / f".selftest-{name}", spool / f"selftest-{name}.call"
    try:
        draft.write_text(text, encoding="ascii")
        if os.geteuid() == 0:
            owner = spool.stat()
            os.chown(draft, owner.st_uid, owner.st_gid)
        shutil.move(draft, file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ApplianceError(
            f"cannot put a call into {spool}: {error.strerror}; run it as root or as the user"
            " asterisk, on the machine of Asterisk (another folder: --spool)",
            code="no_spool",
        ) from error
    return file


def _why_not(file: Path) -> str:
    if file.exists():
        return (
            f"Asterisk does not take calls out of {file.parent}: is it running, and is pbx_spool "
            "loaded? See: asterisk -rx 'module show like pbx_spool'"
        )
    return (
        "Asterisk took the call and did not connect it: is extensions_appliance.conf in its "
        "dialplan? See: asterisk -rx 'dialplan show appliance-selftest'"
    )


def _not_ours(url: str) -> str:
    return (
        f"the call did not reach the appliance at {url}; see APPLIANCE_HOST and the ports in "
        "Asterisk's [globals]: asterisk -rx 'dialplan show globals'"
    )


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
