"""Italian. What callers say to the agent's offers is in ``italian_acts.py``."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from appliance.language import other_numbers
from appliance.language.italian_acts import ACTS
from appliance.language.language import (
    BuiltInPhrases,
    Language,
    QuestionWords,
    said_in_a_row,
    weights,
)

_SPELLINGS: Final = {
    "ok": "okay",
    "o k": "okay",
    "okey": "okay",
    "mm hm": "mhm",
    "mmhm": "mhm",
    "hmm": "hm",
    "ehmm": "ehm",
    "va be": "va bene",
    "vabbè": "va bene",
    "e mail": "email",
    "posta elettronica": "email",
    "mail": "email",
}
_CONTRACTIONS: Final[dict[str, str]] = {
    "po": "po'",
    "perchè": "perché",
    "poichè": "poiché",
    "cè": "c'è",
    "dov'è": "dove è",
    "cos'è": "cosa è",
    "com'è": "come è",
    "quand'è": "quando è",
    "qual'è": "qual è",
    "cos'ha": "cosa ha",
    "dov'era": "dove era",
    "quant'è": "quanto è",
}
_ASKS: Final = re.compile(
    r"^(?:(?:buongiorno|buonasera|salve|pronto|ciao|e|allora|senta|scusi|mi scusi|eh|ehm|okay|va"
    r" bene|per favore|per cortesia|prima|ma|sì|intanto|mi dica|volevo sapere)\s+)*(?:(?:a |di "
    r"|da |con |per |in |su |fino a )?(?:che|cosa|chi|quando|quanto|quanta|quanti|quante|dove"
    r"|come|quale|quali|qual)|perché|c'è|ci sono|avete|ha|posso|possiamo|potrei|può|potete|si"
    r" può|è (?:aperto|aperta|chiuso|compres[oa]|inclus[oa]|possibile|lontano|vicino|disponibile"
    r"|gratuito|gratis|previsto)|siete|sono (?:aperti|chiusi|inclusi|comprese?)|fate|accettate"
    r"|aprite|chiudete"
    r"|offrite|serve|bisogna|devo|dovrei|costa|sa|sapete|la \S+ è|il \S+ è|l'\S+ è)\b|\b(?:a che"
    r" ora|dove siete|quanto costa|dove è|con chi|fino a quando)\b"
)
_ABOUT_THE_AGENT: Final = re.compile(
    r"\b(?:come (?:sta|stai|va|si chiama|ti chiami)|chi (?:è lei|sei|è)$|qual è il suo nome"
    r"|quanti anni ha|(?:è|sei|lei è) (?:un robot|una macchina|un umano|una persona|umano|vera"
    r"|vero)|(?:può|potrebbe) (?:sentirmi|aiutarmi|parlare|cantare|ripetere)|mi (?:sente|senti"
    r"|capisce)|le piace)"
)
_UNFINISHED: Final = frozenset(
    "e o ma perché che se con senza per di del dello della dei degli delle a al allo alla ai"
    " agli alle da dal dalla in nel nella su sul sulla tra fra il lo la i gli le un uno una mio"
    " mia miei mie nostro nostra suo sua io noi è sono ho vorrei voglio posso devo eh ehm come"
    " quando dove cioè oppure quindi dopo prima".split()
)
_CLOSED: Final = frozenset(
    "sì no certo okay bene esatto giusto grazie arrivederci pronto mai perfetto volentieri"
    " infatti".split()
)
_UNITS: Final = (
    "zero un due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici"
    " quindici sedici diciassette diciotto diciannove"
).split()
_TENS: Final = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split()
_DAYS: Final = "lunedì martedì mercoledì giovedì venerdì sabato domenica".split()
_MONTHS: Final = (
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
).split()
_VALUES: Final = {word: str(value) for value, word in enumerate(_UNITS) if value != 1} | {
    word: str(value * 10) for value, word in enumerate(_TENS, start=2)
}
_FIGURE_WORDS: Final = {**_VALUES, **{name: name for name in [*_DAYS, *_MONTHS]}}

QUESTIONS: Final = QuestionWords(
    synonyms={
        "telefono": "numero",
        "cellulare": "numero",
        "parcheggiare": "parcheggio",
        "macchina": "parcheggio",
        "auto": "parcheggio",
        "prezzo": "prezzi",
        "wifi": "internet",
    },
    pairs={"grazie mille": "grazie", "wi fi": "internet"},
    frames=re.compile(
        r"\b(?:(?:mi )?(?:può|potrebbe|sa|saprebbe) (?:dirmi|dire)|(?:io )?(?:vorrei|volevo"
        r"|voglio) (?:sapere|chiedere|chiederle|un'informazione)|mi dica|ho una domanda|una"
        r" domanda|scusi|mi scusi|lei sa)\b(?= \w)"
    ),
    weights=weights(
        {
            0.15: "è sono era ho ha hanno avete c'è ci si può posso potete fare io lei noi voi mi"
            " vi le lo la il i gli un uno una di del della dei delle a al alla ai alle da in"
            " nel nella con per su e o mio mia vostro vostra suo sua questo quello qui che"
            " se vorrei voglio volevo devo",
            0.25: "cosa quale quali qual",
            0.3: "oggi domani mattina pomeriggio sera settimana prossima prossimo",
            0.5: "quanto quanta come ora ore",
            0.7: "quando dove chi perché non mai no",
            0.1: "buongiorno buonasera salve ciao grazie pronto",
            0.01: "eh ehm allora senta guardi ora solo sì favore okay",
        }
    ),
    extra_weights=weights({1.2: "chi quando dove perché", 2.0: "mai senza non"}),
    times=frozenset(
        [
            *_DAYS,
            *_MONTHS,
            *_VALUES,
            *"oggi domani mattina pomeriggio sera notte mezzogiorno settimana fine ora ore".split(),
        ]
    ),
)

ITALIAN: Final = Language(
    "it",
    partial(other_numbers.in_words, code="it"),
    BuiltInPhrases(
        no_input="È ancora in linea?",
        no_input_goodbye="Non la sento, quindi chiudo la chiamata. Arrivederci.",
        filler=("Un momento, per favore.",),
        apology="Mi dispiace, si è verificato un problema. Arrivederci.",
        not_understood="Mi scusi, non ho capito bene. Può ripetere, per favore?",
        unknown="Mi dispiace, questo non lo so. Vuole che le passi una persona?",
        anything_else="Va bene. Posso fare altro per lei?",
        transfer="Le passo subito una persona.",
        goodbye="Arrivederci.",
        tool_failed=(
            "Mi dispiace, in questo momento non posso verificarlo. Vuole che le passi una persona?"
        ),
        time_over="Mi dispiace, il tempo è finito. Arrivederci.",
        is_that_right="{value}; è giusto?",
        noted="Grazie, l'ho annotato.",
        what_is_it_for="Di che cosa si tratta?",
        say_it_again="Mi scusi, ho capito male. Per favore, ripeta tutto, lentamente.",
        spell_it_again=(
            "Mi scusi, ho capito male. Per favore, mi dica una parola per ogni lettera, come"
            " R come Roma."
        ),
        not_taken_down="Mi dispiace, non riesco ad annotarlo. Vuole che le passi una persona?",
        what_for="Che cosa posso fare per lei?",
        help="Mi chieda pure, con parole sue, quello che desidera sapere.",
        help_with="Posso darle informazioni, per esempio, su {topics}.",
        ask_back="Vuole sapere qualcosa su {first}?",
        ask_back_action="Si tratta di {first}?",
        ask_back_question="Voleva chiedere: {first}?",
        ask_back_two="Vuole sapere qualcosa su {first}, o su {second}?",
        tell_more="Capisco. Cosa posso fare per lei?",
        medical=(
            "Non posso dare consigli medici. La passo a una persona? Se è grave, riagganci e "
            "chiami il numero di emergenza."
        ),
        legal="Non posso dare consigli legali. La passo a una persona?",
        payment_card="Per favore non mi dica numeri di carte o di conti. La passo a una persona?",
        no_input_person="Non la sento. La passo a una persona?",
        no_input_key="Può anche premere {key}.",
        trouble="Mi dispiace, continuo a non capire. La passo a una persona?",
        hold_on="Certo.",
        back="Sono ancora qui. Mi dica.",
    ),
    amounts=re.compile(r"ore\b|euro\b"),
    contractions=_CONTRACTIONS,
    spellings=_SPELLINGS,
    acts=ACTS,
    asks=_ASKS,
    about_the_agent=_ABOUT_THE_AGENT,
    figure_words=_FIGURE_WORDS,
    unfinished=_UNFINISHED,
    closed=_CLOSED,
    digits=frozenset("zero uno un due tre quattro cinque sei sette otto nove doppio".split()),
    backchannels=("mhm", "mm", "hm", "ah", "oh", "ho capito", "ah ecco"),
    hesitations=said_in_a_row(
        r"e+h|e+h*m+|m+|h+m+|mhm|ah|oh|allora|dunque|be'|beh|ecco|cioè|insomma|sì|bene",
        r"(?:mi faccia|mi lasci) (?:pensare|vedere)|come (?:si dice|si chiama|posso dire|dire)|sto"
        r" pensando|vediamo(?: un po')?|bella domanda|buona domanda|diciamo|dove ero rimast[oa]",
    ),
    questions=QUESTIONS,
)
