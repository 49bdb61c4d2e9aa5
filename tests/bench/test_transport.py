import pytest

from appliance.bench.transport import measure_pacing

pytestmark = pytest.mark.e2e


async def test_the_benchmark_holds_its_calls_and_tells_what_they_saw() -> None:
    pacing = await measure_pacing(calls=5, seconds=0.5)
    assert pacing.calls == 5
    assert pacing.frames >= 5 * 10
    assert 0 < pacing.gap_p50_ms <= pacing.gap_p95_ms <= pacing.gap_p99_ms <= pacing.gap_max_ms
    assert pacing.cores >= 1
