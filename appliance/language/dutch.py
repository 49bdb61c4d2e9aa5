"""Dutch. What callers say to the agent's offers is in ``dutch_acts.py``."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from appliance.language import other_numbers
from appliance.language.dutch_acts import ACTS
from appliance.language.language import (
    BuiltInPhrases,
    Language,
    QuestionWords,
    said_in_a_row,
    weights,
)

_SPELLINGS: Final = {
    "ok": "okay",
    "oké": "okay",
    "oke": "okay",
    "o k": "okay",
    "okey": "okay",
    "mm hm": "mhm",
    "mmhm": "mhm",
    "hmm": "hm",
    "eeh": "eh",
    "ehh": "eh",
    "e mail": "email",
    "mail": "email",
    "dank u wel": "dank u wel",
    "dankuwel": "dank u wel",
    "dankjewel": "dank je wel",
}
_CONTRACTIONS: Final[dict[str, str]] = {
    "m'n": "mijn",
    "z'n": "zijn",
    "'t": "het",
    "zo'n": "zo een",
    "da's": "dat is",
    "'k": "ik",
    "d'r": "er",
}
_ASKS: Final = re.compile(
    r"^(?:(?:hallo|goedemorgen|goedemiddag|goedenavond|dag|en|dus|eh|euh|nou|okay|prima|sorry"
    r"|pardon|eerst|ja|zeg|maar|alstublieft|ik wilde vragen|nog)\s+)*(?:(?:tot |vanaf |sinds "
    r"|met |van |voor |om |op |aan |bij |in )?(?:wat|wie|wanneer|waar|waarom|waarmee|waarheen"
    r"|waarvoor|hoe|hoeveel|hoelang|hoelaat|welke?)|is|zijn|bent|heeft|hebt|hebben|heb|kan|kunt"
    r"|kunnen|mag|moet|moeten|wilt|zit|zitten|zijn er|doet|doen jullie|neemt|nemen jullie"
    r"|accepteert|accepteren|kost|kosten|biedt|gaat|gaan jullie|weet u|ligt|staat|werkt u|zou"
    r"|zouden)\b|\b(?:hoe laat|waar zitten|tot hoe laat|wie krijg ik|is er|zijn er|waar bent)\b"
)
_ABOUT_THE_AGENT: Final = re.compile(
    r"\b(?:hoe (?:gaat het|is het|maakt u het|heet u|heet je|oud bent u|oud ben je)|wie (?:bent"
    r" u|ben je)|wat is uw naam|bent u (?:een|echt|er|een mens|daar)\b|ben je (?:een|echt)\b"
    r"|(?:kunt|kan) u (?:me|mij) (?:horen|helpen|verstaan)|(?:kunt|kan) u (?:praten|zingen"
    r"|spreken)|hoort u (?:me|mij)|begrijpt u (?:me|mij)|houdt u van)"
)
_UNFINISHED: Final = frozenset(
    "en of maar want omdat dat als met zonder voor van naar aan op in bij uit om tot sinds tegen"
    " over onder tussen de het een mijn onze uw hun zijn haar ik wij we is ben heb wil kan zou"
    " moet eh euh dus die wie waar welke wanneer zodat terwijl toen tijdens".split()
)
_CLOSED: Final = frozenset(
    "ja nee neen jawel zeker precies klopt goed graag okay bedankt dag hallo stop nooit prima"
    " inderdaad".split()
)
_UNITS: Final = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien"
    " zestien zeventien achttien negentien"
).split()
_TENS: Final = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_DAYS: Final = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
_MONTHS: Final = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
_VALUES: Final = (
    {word: str(value) for value, word in enumerate(_UNITS) if value != 1}
    | {"één": "1"}
    | {word: str(value * 10) for value, word in enumerate(_TENS, start=2)}
)
_FIGURE_WORDS: Final = {**_VALUES, **{name: name for name in [*_DAYS, *_MONTHS]}}

QUESTIONS: Final = QuestionWords(
    synonyms={
        "telefoon": "nummer",
        "telefoonnummer": "nummer",
        "mobiel": "nummer",
        "auto": "parkeren",
        "parkeerplaats": "parkeren",
        "nee": "niet",
        "prijs": "prijzen",
    },
    pairs={
        "dank u wel": "bedankt",
        "dank je wel": "bedankt",
        "dank u": "bedankt",
        "tot ziens": "dag",
    },
    frames=re.compile(
        r"\b(?:(?:kunt|kan|zou|wilt) u (?:me|mij) (?:misschien )?(?:zeggen|vertellen)|weet u(?:"
        r" misschien)?|ik (?:wil|wilde|zou) (?:graag )?(?:weten|vragen)|zeg eens|ik heb een"
        r" vraag|mag ik (?:iets )?vragen|sorry|pardon)\b(?= \w)"
    ),
    weights=weights(
        {
            0.15: "is zijn ben bent was heb hebt heeft hebben kan kunt kunnen mag moet wil zou ik"
            " u je we wij me mij het de een dat dit die en of van voor met aan op in bij"
            " naar om te er hier uw mijn ons onze wordt worden doen graag",
            0.25: "wat welk welke",
            0.3: "vandaag morgen ochtend middag avond week volgende",
            0.5: "hoeveel hoe laat lang",
            0.7: "wanneer waar wie waarom niet geen nooit",
            0.1: "hallo goedemorgen goedemiddag dag bedankt",
            0.01: "eh euh nou dus even eens eigenlijk ja wel ook maar okay alstublieft",
        }
    ),
    extra_weights=weights({1.2: "wie waarom wanneer waar", 2.0: "niet geen nooit"}),
    times=frozenset(
        [
            *_DAYS,
            *_MONTHS,
            *_VALUES,
            *"vandaag morgen ochtend middag avond week weekend uur".split(),
        ]
    ),
)

DUTCH: Final = Language(
    "nl",
    partial(other_numbers.in_words, code="nl"),
    BuiltInPhrases(
        no_input="Bent u er nog?",
        no_input_goodbye="Ik hoor u niet, dus ik hang nu op. Tot ziens.",
        filler=("Een ogenblik, alstublieft.",),
        apology="Het spijt me, er is hier iets misgegaan. Tot ziens.",
        not_understood="Sorry, dat heb ik niet goed verstaan. Kunt u het nog een keer zeggen?",
        unknown="Dat weet ik helaas niet. Zal ik u met iemand doorverbinden?",
        anything_else="Goed. Kan ik verder nog iets voor u doen?",
        transfer="Ik verbind u door.",
        goodbye="Tot ziens.",
        tool_failed="Dat kan ik nu helaas niet nakijken. Zal ik u met iemand doorverbinden?",
        time_over="Het spijt me, onze tijd is om. Tot ziens.",
        is_that_right="{value}; klopt dat?",
        noted="Dank u, ik heb het genoteerd.",
        what_is_it_for="Waar gaat het over?",
        say_it_again=(
            "Sorry, dat heb ik verkeerd begrepen. Wilt u alles nog een keer zeggen, langzaam?"
        ),
        spell_it_again=(
            "Sorry, dat heb ik verkeerd begrepen. Wilt u voor elke letter een woord noemen,"
            " zoals A van Anton?"
        ),
        not_taken_down="Het spijt me, dat lukt me niet. Zal ik u met iemand doorverbinden?",
        what_for="Wat kan ik voor u doen?",
        help="Vraag me gewoon in uw eigen woorden wat u wilt weten.",
        help_with="Ik kan u bijvoorbeeld iets vertellen over {topics}.",
        ask_back="Wilt u iets weten over {first}?",
        ask_back_action="Gaat het om {first}?",
        ask_back_question="Wilde u vragen: {first}?",
        ask_back_two="Wilt u iets weten over {first}, of over {second}?",
        tell_more="Juist. Wat kan ik voor u doen?",
        medical=(
            "Ik mag geen medisch advies geven. Zal ik u doorverbinden met een medewerker? Als"
            " het ernstig is, hang dan op en bel het alarmnummer."
        ),
        legal="Ik mag geen juridisch advies geven. Zal ik u doorverbinden met een medewerker?",
        payment_card=(
            "Noem alstublieft geen nummers van kaarten of rekeningen. Zal ik u doorverbinden "
            "met een medewerker?"
        ),
        no_input_person="Ik kan u niet horen. Zal ik u doorverbinden met een medewerker?",
        no_input_key="U kunt ook op {key} drukken.",
        trouble=(
            "Het spijt me, ik begrijp u nog steeds niet. Zal ik u doorverbinden met een medewerker?"
        ),
        hold_on="Natuurlijk.",
        back="Ik ben er nog. Zegt u het maar.",
    ),
    amounts=re.compile(r"uur\b|euro\b"),
    contractions=_CONTRACTIONS,
    spellings=_SPELLINGS,
    acts=ACTS,
    asks=_ASKS,
    about_the_agent=_ABOUT_THE_AGENT,
    figure_words=_FIGURE_WORDS,
    unfinished=_UNFINISHED,
    closed=_CLOSED,
    digits=frozenset("nul een één twee drie vier vijf zes zeven acht negen dubbel".split()),
    backchannels=("mhm", "mm", "hm", "ah", "oh", "aha", "ja ja", "ik snap het"),
    hesitations=said_in_a_row(
        r"e+h+m*|u+h+m*|euh|m+|h+m+|mhm|ah|oh|nou|tja|dus|even|ja|goed|okay",
        r"(?:laat me|laat mij) (?:even )?(?:denken|nadenken|kijken)|(?:even|eens) (?:denken"
        r"|nadenken|kijken)|hoe (?:zeg|noem|heet) (?:je|ik|dat)(?: dat| ook alweer)?|ik denk na"
        r"|goede vraag|zeg maar|laten we zeggen|waar was ik",
    ),
    questions=QUESTIONS,
)
