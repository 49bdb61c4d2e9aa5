"""The table of engine kinds."""

from importlib import import_module

import pytest

from appliance.weights.kinds import KINDS, EngineKind

pytestmark = pytest.mark.engine


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.engine], ids=lambda kind: kind.name
)
def test_the_engine_of_a_kind_is_there_and_can_be_loaded(kind: EngineKind) -> None:
    module, _, name = kind.engine.partition(":")
    assert callable(getattr(import_module(module), name).load)
