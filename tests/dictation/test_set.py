"""The set of dictated values that somebody wrote who did not write the rules (its words, not its
sound)."""

import csv
from datetime import date
from pathlib import Path

import pytest

from appliance.dictation.reader import read, read_unasked
from appliance.language.dictation_words import Kind

pytestmark = pytest.mark.unit

SET = Path(__file__).parents[1] / "data" / "sets" / "dictation.tsv"
TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("named", "kind", "share"),
    [
        ("number", "digits", 0.95),
        ("name", "name", 0.85),
        ("email", "email", 0.85),
        ("date", "date", 0.9),
        ("code", "code", 0.8),
    ],
)
def test_most_values_are_read_right(named: str, kind: Kind, share: float) -> None:
    with SET.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = [row for row in lines if row["kind"] == named]
    right = 0
    for row in rows:
        said = " ".join(row["spoken"].replace("|", " ").split())
        if row["asked"]:
            found = read(said, kind, "en", today=TODAY)
        else:
            found = read_unasked(said, "en", today=TODAY)
        right += found is not None and found.value == row["written"]
    assert right >= share * len(rows)
