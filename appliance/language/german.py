"""German. What callers say to the agent's offers is in ``german_acts.py``."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from appliance.language import other_numbers
from appliance.language.german_acts import ACTS
from appliance.language.language import (
    BuiltInPhrases,
    Language,
    QuestionWords,
    said_in_a_row,
    weights,
)

_SPELLINGS: Final = {
    "ok": "okay", "o k": "okay", "okey": "okay", "mm hm": "mhm", "mmhm": "mhm", "hmm": "hm",
    "aehm": "ähm", "öhm": "ähm", "ehm": "ähm", "eh": "äh", "hab": "habe", "zwo": "zwei",
    "grade": "gerade", "grad": "gerade", "nich": "nicht", "nit": "nicht", "net": "nicht",
    "nem": "einem", "nen": "einen", "mach's": "mach es", "is": "ist", "isses": "ist es",
    "e mail": "email", "mail": "email", "handy nummer": "handynummer", "wiederhörn": "wiederhören",
}  # fmt: skip
_CONTRACTIONS: Final = {
    "gibt's": "gibt es", "geht's": "geht es", "war's": "war es", "ist's": "ist es",
    "hat's": "hat es", "sie's": "sie es", "ich's": "ich es", "macht's": "macht es",
    "vergiss's": "vergiss es", "kann's": "kann es", "hab's": "habe es", "wär's": "wäre es",
    "wie's": "wie es", "wenn's": "wenn es", "so'n": "so ein", "wars": "war es", "gehts": "geht es",
    "gibts": "gibt es", "fürs": "für das", "ins": "in das", "ans": "an das", "durch's": "durch das",
}  # fmt: skip
_QUESTION: Final = (
    r"was|wann|wo|wohin|woher|wer|wem|wen|wie|wieviel|wie viel|welche[rsnm]?|warum|wieso|weshalb"
    r"|womit|wozu|bis wann|ab wann|seit wann|um wie viel|um welche|an wen|bei wem|mit wem|zu wem"
    r"|in welche[rms]?|auf welche[rms]?|für wen|ob"
)
_ASKS: Final = re.compile(
    r"^(?:(?:hallo|guten (?:tag|morgen|abend)|und|also|okay|bitte|entschuldigung|äh|ähm|ja|sagen"
    r" sie"
    r"|sagen sie mal|danke|dann|ich wollte fragen|mal|erstmal|zuerst|erst)\s+)*"
    rf"(?:{_QUESTION}|ist|sind|haben|habt|hat|gibt|kann|können|könnten|darf|dürfen|muss|müssen|soll"
    r"|sollen|werden|wird|wollen|bieten|nehmen|kostet|kosten|brauche|braucht|akzeptieren|liegt"
    r"|macht|machen (?:sie|ihr)|steht|gilt|bekomme|finde|komme|fährt|geht (?:das|es|ein))\b"
    r"|\bich (?:möchte|wollte|würde gern|würde gerne) (?:gern |gerne |mal )?wissen\b"
)
_ABOUT_THE_AGENT: Final = re.compile(
    r"\b(?:wie geht es (?:ihnen|dir)|wer (?:sind sie|bist du)|wie heißen sie|wie ist ihr name"
    r"|wie alt sind sie|sind sie (?:ein|eine|noch|echt|ein mensch|da|müde|glücklich)\b"
    r"|(?:können|könnten) sie (?:mich )?(?:hören|helfen|sprechen|singen|wiederholen)"
    r"|hören sie mich|mögen sie|denken sie|verstehen sie mich|was machen sie so)"
)
_UNFINISHED: Final = frozenset(
    "und oder aber weil dass wenn ob als denn damit sowie mit ohne für von zu zum zur bei nach aus"
    " in"
    " im an am auf um bis ab seit gegen über unter vor zwischen der die das den dem des ein eine"
    " einen"
    " einem einer mein meine meinen meinem meiner unser unsere ihr ihre ihren ich wir ist sind habe"
    " möchte will kann wollte würde hätte brauche äh ähm also wegen welche welcher deren".split()
)
_CLOSED: Final = frozenset(
    "ja nein nee nö jawohl doch genau richtig okay klar danke tschüss wiederhören hallo stopp nie"
    " gern gerne natürlich".split()
)
_UNITS: Final = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
    " sechzehn siebzehn achtzehn neunzehn"
).split()
_TENS: Final = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_DAYS: Final = "montag dienstag mittwoch donnerstag freitag samstag sonntag".split()
_MONTHS: Final = (
    "januar februar märz april mai juni juli august september oktober november dezember"
).split()
_VALUES: Final = (
    {word: str(value) for value, word in enumerate(_UNITS) if value != 1}  # "ein" is an article
    | {"eins": "1"}
    | {word: str(value * 10) for value, word in enumerate(_TENS, start=2)}
    | {
        f"{unit}und{ten}": str(value * 10 + number)
        for value, ten in enumerate(_TENS, start=2)
        for number, unit in enumerate(_UNITS[1:10], start=1)
    }
)
_FIGURE_WORDS: Final = {
    **_VALUES,
    **{f"{day}{ending}": day for day in _DAYS for ending in ("", "s")},
    **{month: month for month in _MONTHS},
    "sonnabend": "samstag",
}

QUESTIONS: Final = QuestionWords(
    synonyms={
        "telefon": "telefonnummer",
        "nummer": "telefonnummer",
        "uhrzeiten": "öffnungszeiten",
        "nein": "nicht",
        "auto": "parken",
        "wagen": "parken",
    },  # fmt: skip
    pairs={
        "auf wiederhören": "wiederhören",
        "auf wiedersehen": "wiedersehen",
        "vielen dank": "danke",
        "danke schön": "danke",
        "e mail": "email",
        "geöffnet": "offen",
    },  # fmt: skip
    frames=re.compile(
        r"\b(?:(?:können|könnten|würden) sie mir (?:bitte |vielleicht )?sagen|wissen sie(?:"
        r" vielleicht)?"
        r"|(?:ich|wir) (?:möchte|möchten|wollte|wollten|würde gerne?) (?:gerne? |mal |nur )*"
        r"(?:wissen|fragen)|sagen sie mir(?: bitte)?|sagen sie mal|ich habe (?:mal )?eine frage"
        r"|darf ich (?:mal )?fragen|entschuldigung|entschuldigen sie)\b(?= \w)"
    ),
    weights=weights(
        {
            0.15: "ist sind war bin hat haben habe wird werden kann können könnte könnten darf muss"
            " soll ich sie wir mich mir uns ihnen es das der die den dem des ein eine einen einem"
            " einer und oder zu zum zur in im an am auf bei beim mit von vom für um da hier ihr"
            " ihre ihren ihrem mein meine meinen gibt gerne gern möchte will",
            0.25: "was welche welcher welches",
            0.3: "heute morgen nachmittag vormittag abend woche nächste",
            0.5: "viel lange wie",
            0.7: "wann wo wer warum nicht kein keine",
            0.1: "hallo guten tag danke",
            0.01: "äh ähm hm also bitte mal denn eigentlich ja so nun jetzt okay",
        }
    ),
    extra_weights=weights({1.2: "wer warum wann wo", 2.0: "nicht nie kein keine"}),
    times=frozenset(
        [
            *_DAYS,
            *_MONTHS,
            *_VALUES,
            "sonnabend",
            "uhr",
            "heute",
            "morgen",
            "abend",
            "nachmittag",
            "vormittag",
            "mittag",
            "woche",
            "wochenende",
        ]
    ),  # fmt: skip
)

GERMAN: Final = Language(
    "de",
    partial(other_numbers.in_words, code="de"),
    BuiltInPhrases(
        no_input="Sind Sie noch da?",
        no_input_goodbye="Ich höre Sie leider nicht und lege jetzt auf. Auf Wiederhören.",
        filler=("Einen Moment, bitte.",),
        apology="Es tut mir leid, hier ist etwas schiefgegangen. Auf Wiederhören.",
        not_understood=(
            "Das habe ich leider nicht verstanden. Könnten Sie es bitte noch einmal sagen?"
        ),
        unknown="Das weiß ich leider nicht. Soll ich Sie mit jemandem verbinden?",
        anything_else="Gut. Kann ich sonst noch etwas für Sie tun?",
        transfer="Ich verbinde Sie.",
        goodbye="Auf Wiederhören.",
        tool_failed=(
            "Das kann ich gerade leider nicht nachsehen. Soll ich Sie mit jemandem verbinden?"
        ),
        time_over="Es tut mir leid, unsere Zeit ist um. Auf Wiederhören.",
        is_that_right="{value}; stimmt das?",
        noted="Danke, das habe ich notiert.",
        what_is_it_for="Worum geht es dabei?",
        say_it_again=(
            "Entschuldigung, das habe ich falsch verstanden. Bitte sagen Sie alles noch"
            " einmal, langsam."
        ),
        spell_it_again=(
            "Entschuldigung, das habe ich falsch verstanden. Bitte sagen Sie zu jedem"
            " Buchstaben ein Wort, wie A wie Anton."
        ),
        not_taken_down=(
            "Es tut mir leid, das gelingt mir nicht. Soll ich Sie mit jemandem verbinden?"
        ),
        what_for="Was kann ich für Sie tun?",
        help="Fragen Sie mich einfach in Ihren eigenen Worten, was Sie wissen möchten.",
        help_with="Ich kann Ihnen zum Beispiel Auskunft geben über {topics}.",
        ask_back="Möchten Sie etwas wissen zum Thema {first}?",
        ask_back_action="Geht es um {first}?",
        ask_back_question="Wollten Sie fragen: {first}?",
        ask_back_two="Geht es um {first}, oder um {second}?",
        tell_more="Ach so. Was kann ich für Sie tun?",
        medical=(
            "Medizinischen Rat darf ich nicht geben. Soll ich Sie mit einem Menschen "
            "verbinden? Wenn es ernst ist, legen Sie bitte auf und wählen Sie den Notruf."
        ),
        legal="Rechtlichen Rat darf ich nicht geben. Soll ich Sie mit einem Menschen verbinden?",
        payment_card=(
            "Bitte nennen Sie mir keine Nummern von Karten oder Konten. Soll ich Sie mit "
            "einem Menschen verbinden?"
        ),
        no_input_person="Ich kann Sie nicht hören. Soll ich Sie mit einem Menschen verbinden?",
        no_input_key="Sie können auch die {key} drücken.",
        trouble=(
            "Es tut mir leid, ich verstehe Sie noch immer nicht. Soll ich Sie mit einem "
            "Menschen verbinden?"
        ),
        hold_on="Gern.",
        back="Ich bin noch da. Sprechen Sie bitte weiter.",
    ),
    amounts=re.compile(r"uhr\b|euro\b"),
    contractions=_CONTRACTIONS,
    spellings=_SPELLINGS,
    acts=ACTS,
    asks=_ASKS,
    about_the_agent=_ABOUT_THE_AGENT,
    figure_words=_FIGURE_WORDS,
    unfinished=_UNFINISHED,
    closed=_CLOSED,
    digits=frozenset("null eins zwei drei vier fünf sechs sieben acht neun doppel".split()),
    backchannels=("mhm", "mm", "hm", "ah", "oh", "aha", "ach so", "verstehe", "ah ja"),
    hesitations=said_in_a_row(
        r"ä+h*m*|ö+h*m*|h+m+|m+|mhm|ah|oh|tja|na|also|nun|ja|naja|so|gut|okay",
        r"lassen sie mich (?:mal |kurz )?(?:überlegen|nachdenken|nachsehen)|(?:da )?muss ich"
        r" (?:mal |kurz |erst )?(?:überlegen|nachdenken)|wie soll ich sagen|wie heißt das(?:"
        r" noch(?: mal)?)?|mal (?:sehen|überlegen|schauen)|ich überlege (?:noch|gerade)|sagen wir"
        r"|wo war ich|gute frage",
    ),
    questions=QUESTIONS,
)
