"""How long a caller is waited for who has asked for a moment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.call.patience import Patience

pytestmark = pytest.mark.unit


@given(hold_s=st.floats(1, 100), began_s=st.floats(0, 1000))
def test_it_passes_once_and_not_before_its_time(hold_s: float, began_s: float) -> None:
    patience = Patience(hold_s)
    assert not patience.passed(began_s)
    patience.begin(began_s)
    assert patience.waiting
    assert not patience.passed(began_s + hold_s - 0.5)
    assert patience.passed(began_s + hold_s + 0.5)
    assert not patience.passed(began_s + hold_s + 1.0)
    assert not patience.waiting


def test_a_second_moment_counts_anew_and_a_caller_who_is_back_ends_it() -> None:
    patience = Patience(30.0)
    patience.begin(0.0)
    patience.begin(20.0)
    assert not patience.passed(40.0)
    patience.end()
    assert not patience.passed(60.0)
