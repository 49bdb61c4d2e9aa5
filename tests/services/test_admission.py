"""Who may use which stage: calls first, others within bounds."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest

from appliance.errors import CallRefused, SynthesizerError
from appliance.services.admission import PROMPTS_PER_CALL, TEXTS_PER_CALL, Stage
from tests.fakes.stages import ScriptedStages
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit


def test_streams_of_sound_get_what_calls_leave() -> None:
    stages = ScriptedStages(max_calls=3)
    stages.calls = 1
    with stages.admission.place("asr"), stages.admission.place("asr"):
        with pytest.raises(CallRefused) as refused, stages.admission.place("asr"):
            pass
        assert refused.value.code == "call_refused_full"
    with stages.admission.place("asr"):
        pass  # their places are free again


@pytest.mark.parametrize(("stage", "most"), [("llm", PROMPTS_PER_CALL), ("tts", TEXTS_PER_CALL)])
def test_those_who_wait_for_model_or_voice_are_bounded(stage: Stage, most: int) -> None:
    admission = ScriptedStages(max_calls=1).admission
    with ExitStack() as stack:
        for _ in range(most):
            stack.enter_context(admission.place(stage))
        with pytest.raises(CallRefused), admission.place(stage):
            pass


@pytest.mark.parametrize("reason", ["full", "draining"])
@pytest.mark.parametrize("stage", ["asr", "llm", "tts"])
def test_where_no_call_would_be_taken_nobody_else_is_served(stage: Stage, reason: str) -> None:
    stages = ScriptedStages()
    stages.refusal = reason
    with pytest.raises(CallRefused) as refused, stages.admission.place(stage):
        pass
    assert refused.value.reason == reason


def test_what_becomes_of_clients_is_counted() -> None:
    stages = ScriptedStages(max_calls=1)
    with stages.admission.place("tts"):
        assert b'appliance_stage_clients{stage="tts"} 1.0' in stages.metrics.render()
    with pytest.raises(SynthesizerError), stages.admission.place("tts"):
        raise SynthesizerError("scripted", "broken")
    with pytest.raises(ConnectionResetError), stages.admission.place("tts"):
        raise ConnectionResetError
    with pytest.raises(asyncio.CancelledError), stages.admission.place("tts"):
        raise asyncio.CancelledError
    stages.refusal = "draining"
    with pytest.raises(CallRefused), stages.admission.place("tts"):
        pass
    counted = stages.metrics.render().decode()
    for outcome, times in (("served", 1), ("failed", 1), ("left", 2), ("refused_draining", 1)):
        line = f'appliance_stage_requests_total{{outcome="{outcome}",stage="tts"}} {times}.0'
        assert line in counted
    assert 'appliance_stage_clients{stage="tts"} 0.0' in counted


def test_draining_waits_for_the_last_client() -> None:
    async def drain() -> list[str]:
        admission, seen = ScriptedStages().admission, []

        async def client() -> None:
            with admission.place("asr"):
                await asyncio.sleep(5.0)
                seen.append("left")

        served = asyncio.create_task(client())
        await asyncio.sleep(0.1)
        await admission.drained()
        seen.append("drained")
        await served
        return seen

    assert run(drain()) == ["left", "drained"]


def test_draining_can_be_cut_short() -> None:
    async def drain() -> None:
        admission = ScriptedStages().admission
        with admission.place("asr"):
            asyncio.get_running_loop().call_later(1.0, admission.stop_waiting)
            await admission.drained()

    run(drain())
