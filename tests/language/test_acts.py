"""What callers do with their words, in every language: by phrases of their own kind
(``acts_said.tsv``) and by those of an author who does not know the rules (``tests/data/sets``)."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from appliance.language.acts import Act, act_of
from appliance.language.registry import LANGUAGES, language_of
from appliance.text.canonical import canonical

pytestmark = pytest.mark.unit

SAID = Path(__file__).parent / "acts_said.tsv"
INDEPENDENT = Path(__file__).parents[1] / "data" / "sets" / "acts.tsv"
CODES = sorted({code[:2] for code in LANGUAGES})
FLOOR = 0.95
"""Share of the independent set that must be read right (docs/languages.md)."""
LOOKED_AT = {"de": ("dev", "held"), "en": ("dev", "held"), "nl": ("dev", "held")}
"""The parts of the set that the rules of a language were written with, where not ``dev`` alone."""


def act(text: str, language: str, *, asked: bool = True) -> Act:
    words = canonical(text, language)
    mark = text.rstrip().endswith("?")
    return act_of(words, language_of(language), asked=asked, question_mark=mark)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def said() -> list[tuple[str, str, str]]:
    lines = SAID.read_text(encoding="utf-8").splitlines()
    return [(code, kind, text) for code, kind, text in (line.split("\t") for line in lines)]


@pytest.mark.parametrize("code", CODES)
def test_every_phrase_of_ours_is_read_right(code: str) -> None:
    wrong = [
        (text, got.kind, kind)
        for language, kind, text in said()
        if language == code
        and (got := act(text, code, asked=kind not in ("repeat", "slower", "hold", "help"))).kind
        != kind
    ]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_phrases_of_somebody_else_are_read_right(code: str) -> None:
    parts = LOOKED_AT.get(code, ("dev",))
    cases = [row for row in rows(INDEPENDENT) if row["language"] == code and row["part"] in parts]
    right, against_their_will = 0, 0
    for row in cases:
        kind = act(row["text"], code, asked=bool(row["question"])).kind
        wanted = row["act"].replace("no_but_question", "question")
        right += kind == wanted
        against_their_will += kind == "yes" and wanted in ("no", "yes_later", "question")
    assert against_their_will == 0
    assert right / len(cases) >= FLOOR


NO = {"en": "no", "de": "nein", "fr": "non", "es": "no", "it": "no", "nl": "nee", "pt": "não"}
BUT = {"en": "but", "de": "aber", "fr": "mais", "es": "pero", "it": "ma", "nl": "maar", "pt": "mas"}


@pytest.mark.parametrize("code", CODES)
def test_a_no_behind_any_yes_is_no_yes(code: str) -> None:
    agreed = [text for language, kind, text in said() if language == code and kind == "yes"]
    for text in agreed:
        for turned in (f"{text} {NO[code]}", f"{text}, {BUT[code]} {NO[code]}"):
            assert act(turned, code).kind != "yes", turned


PUTS_OFF = {
    "en": (
        *("after the weekend", "once my wife is back", "when you're done explaining"),
        *("but I need to know the price first", "but I'd rather call back", "just not tonight"),
        *("but I'm driving", "but not before Friday", "if you leave out the price"),
    ),
    "nl": (
        *("na het weekend", "zodra mijn vrouw terug is", "als u klaar bent met uitleggen"),
        *("maar eerst wil ik iets vragen", "maar ik bel liever zelf", "alleen vanavond niet"),
        *("maar ik zit in de auto", "maar niet voor vrijdag"),
    ),
    "de": (
        *("nach dem Wochenende", "sobald meine Frau da ist", "wenn Sie fertig erklärt haben"),
        *("aber erst möchte ich was fragen", "aber ich rufe lieber selbst an", "nur heute nicht"),
        *("aber ich sitze im Auto", "aber nicht vor Freitag"),
    ),
}


@pytest.mark.parametrize("code", PUTS_OFF)
def test_what_comes_before_a_yes_takes_effect_makes_it_no_yes(code: str) -> None:
    agreed = [text for language, kind, text in said() if language == code and kind == "yes"]
    taken = [
        f"{text} {behind}"
        for text in agreed
        for behind in PUTS_OFF[code]
        if act(f"{text} {behind}", code).kind == "yes"
    ]
    assert taken == []


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_all_acts(code: str) -> None:
    kinds = Counter(kind for language, kind, _ in said() if language == code)
    assert set(kinds) == {
        *("yes", "no", "yes_later", "question", "repeat", "slower"),
        *("hold", "help", "correct", "other"),
    }


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("okay but first where are you", "en", "where are you"),
        ("no but when are you open", "en", "when are you open"),
        ("no I meant Tuesday", "en", "tuesday"),
        ("ja, aber was kostet das", "de", "was kostet das"),
        ("oui mais vous fermez à quelle heure", "fr", "vous fermez à quelle heure"),
        ("sí, pero ¿cuánto cuesta?", "es", "cuánto cuesta"),
        ("sì ma dove siete", "it", "dove siete"),
        ("ja maar waar zit u", "nl", "waar zit u"),
        ("sim, mas onde ficam", "pt", "onde ficam"),
    ],
)
def test_what_is_to_be_answered_is_left_over(text: str, code: str, rest: str) -> None:
    assert act(text, code).rest == rest


@pytest.mark.parametrize("code", [each for each in CODES if each != "en"])
def test_no_english_word_decides_in_another_language(code: str) -> None:
    english = [
        ("yes please", "yes"),
        ("sure", "yes"),
        ("certainly not", "no"),
        ("not really", "no"),
        ("hold on a second", "hold"),
        ("can you repeat that", "repeat"),
        ("what can i ask", "help"),
        ("more slowly", "slower"),
    ]
    for text, kind in english:
        assert act(text, "en").kind == kind
        if text.split()[0] not in ("yes", "hold"):  # some say "yes" and "hold on" in any language
            assert act(text, code).kind == "other", text


def test_accents_that_were_left_out_make_no_difference() -> None:
    assert act("si claro", "es").kind == act("sí claro", "es").kind == "yes"
    assert act("nao obrigado", "pt").kind == act("não obrigado", "pt").kind == "no"


def test_a_question_mark_of_the_recogniser_makes_a_question() -> None:
    assert act("No, breakfast included?", "en") == Act("question", "breakfast included")
    assert act("no breakfast included", "en").kind == "no"
