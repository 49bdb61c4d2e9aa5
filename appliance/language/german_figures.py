"""German words for figures and signs. Numbers themselves are read by damga."""

from __future__ import annotations

from typing import Final

from appliance.language.figures import Figures
from appliance.language.sentence_words import sentence_words

_NO_CASE: Final = r"(?<![\w.,])(?<!m )(?<!r )(?<!e )(?<!s )(?<!n )(?<!ab )(?<!bis )"
"""Not behind an article or the like, with which damga finds the right ending."""

GERMAN: Final = Figures(
    code="de",
    months=tuple(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    ),
    date="{day}. {month} {year}",
    to="bis", minus="minus", plus="plus", at="at", dot="Punkt", dash="Minus",
    underscore="Unterstrich", slash="Schrägstrich", star="Stern", hash="Raute", times="mal",
    by="mal", equals="gleich", percent="Prozent", about="ungefähr", and_="und",
    degrees="Grad{}", celsius=" Celsius", fahrenheit=" Fahrenheit",
    cues=r"PIN|PLZ|Postleitzahl|Durchwahl|Nebenstelle|Code|Kennwort|Passwort|Referenz(?:nummer)?"
    r"|Aktenzeichen|Kundennummer|Rechnungsnummer|Bestellnummer|Buchungsnummer|Vorgangsnummer"
    r"|Auftragsnummer|Kartennummer|Telefonnummer|Rufnummer|Kontonummer|Mitgliedsnummer"
    r"|Versichertennummer|Ticketnummer|Ticket|TAN|Notruf|endet auf|Endziffern|wählen Sie(?: die)?"
    r"|rufen Sie(?: die)?",
    presses=r"(?:drücken|wählen|tippen)(?: Sie)?(?: bitte)?(?: die| auf)?(?: Taste)?"
    r"|Taste|die Ziffer",
    days={
        "Mo": "Montag", "Di": "Dienstag", "Mi": "Mittwoch", "Do": "Donnerstag", "Fr":
        "Freitag", "Sa": "Samstag", "So": "Sonntag",
    },
    replaced={
        "z.B.": "zum Beispiel", "z. B.": "zum Beispiel", "d.h.": "das heißt",
        "d. h.": "das heißt", "u.a.": "unter anderem", "u. a.": "unter anderem",
        "usw.": "und so weiter", "bzw.": "beziehungsweise", "ca.": "circa", "evtl.": "eventuell",
        "ggf.": "gegebenenfalls", "inkl.": "inklusive", "exkl.": "exklusive", "zzgl.": "zuzüglich",
        "Tel.": "Telefon", "Nr.": "Nummer", "Str.": "Straße", "MwSt.": "Mehrwertsteuer",
        "MwSt": "Mehrwertsteuer", "Std.": "Stunden", "Min.": "Minuten", "Sek.": "Sekunden",
        "Dr.": "Doktor", "Prof.": "Professor", "Hr.": "Herr", "Fr.": "Frau", "St.": "Sankt",
        "vgl.": "vergleiche", "mind.": "mindestens", "max.": "maximal", "min.": "minimal",
        "u.U.": "unter Umständen", "i.d.R.": "in der Regel", "s.o.": "siehe oben",
        "s.u.": "siehe unten", "o.ä.": "oder ähnliches", "u.v.m.": "und vieles mehr",
        "a.D.": "außer Dienst", "e.V.": "e V", "GmbH": "G M B H", "Mio.": "Millionen",
        "Mrd.": "Milliarden", "Jh.": "Jahrhundert", "bes.": "besonders", "Abt.": "Abteilung",
        "gem.": "gemäß", "geb.": "geboren", "vorm.": "vormittags", "nachm.": "nachmittags",
        "Stk.": "Stück", "St": "Sankt", "Pl.": "Platz", "lt.": "laut", "§": "Paragraph",
        "1/2 Stunde": "eine halbe Stunde", "½ Stunde": "eine halbe Stunde",
        "1/2 Jahr": "ein halbes Jahr", "½ Jahr": "ein halbes Jahr", "1/2 Liter": "ein halber Liter",
        "1/4 Stunde": "eine Viertelstunde", "¼ Stunde": "eine Viertelstunde",
        "3/4 Stunde": "eine Dreiviertelstunde", "1/2": "ein halb", "½": "ein halb",
        "1/4": "ein Viertel", "¼": "ein Viertel", "3/4": "drei Viertel", "¾": "drei Viertel",
        "24/7": "rund um die Uhr", "1/3": "ein Drittel", "⅓": "ein Drittel",
        "2/3": "zwei Drittel", "⅔": "zwei Drittel",
    },
    own={
        r"(?<=[a-zäöü])str\.(?=\s|,|$)": "straße",
        rf"{_NO_CASE}1\.(?= (?:[A-ZÄÖÜ]\w{{1,20}}(?:e|ung|schaft))\b)": "erste",
        rf"{_NO_CASE}1\.(?= (?:Stock|Tag|Platz|FC)\b)": "erster",
        rf"{_NO_CASE}2\.(?= Stock\b)": "zweiter",
        rf"{_NO_CASE}3\.(?= Stock\b)": "dritter",
    },
    money={
        "€": ("Euro", "Euro", "Cent"), "$": ("Dollar", "Dollar", "Cent"),
        "£": ("Pfund", "Pfund", "Pence"), "CHF": ("Franken", "Franken", "Rappen"),
        "¥": ("Yen", "Yen", ""), "EUR": ("Euro", "Euro", "Cent"),
    },
    ruler="der {}",
    dotted_starters=sentence_words("de").starters,
    long_years=True,
)  # fmt: skip
