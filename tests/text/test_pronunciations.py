"""A site's own pronunciations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.text.pronunciations import Pronunciations, faults

pytestmark = pytest.mark.unit

SAY = {"Quay": "kee", "VAT": "V A T", "St Ives": "saint ives", "C++": "see plus plus"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Quay Dental", "kee Dental"),
        ("the QUAY, the quay's", "the kee, the kee's"),
        ("**Quay**_vat_", "**kee**_V A T_"),
        ("Quayside and private", "Quayside and private"),
        ("in st  ives", "in saint ives"),
        ("C++ and C", "see plus plus and C"),
    ],
)
def test_whole_words_are_replaced_in_any_case(written: str, said: str) -> None:
    assert Pronunciations(SAY).in_place(written) == said


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.just("x"), max_size=5), st.text())
def test_any_word_may_be_given(say: dict[str, str], text: str) -> None:
    Pronunciations(say).in_place(text)


def test_without_any_the_text_stays() -> None:
    assert Pronunciations({}).in_place("Quay") == "Quay"


def test_what_could_never_be_said_is_told() -> None:
    assert faults(SAY) == {}
    assert set(faults({"...": "x", "a": " ", "Quay": "kee", "QUAY": "key"})) == {"...", "a", "QUAY"}
