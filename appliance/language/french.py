"""French. What callers say to the agent's offers is in ``french_acts.py``."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from appliance.language import other_numbers
from appliance.language.french_acts import ACTS
from appliance.language.language import (
    BuiltInPhrases,
    Language,
    QuestionWords,
    said_in_a_row,
    weights,
)

_SPELLINGS: Final = {
    "ok": "okay",
    "ok ok": "okay",
    "mm hm": "mhm",
    "mmhm": "mhm",
    "hmm": "hm",
    "euuh": "euh",
    "ouai": "ouais",
    "sil vous plaît": "s'il vous plaît",
    "s il vous plaît": "s'il vous plaît",
    "e mail": "email",
    "mail": "email",
    "courriel": "email",
    "rendez vous": "rendez-vous",
}
_CONTRACTIONS: Final[dict[str, str]] = {
    "t'as": "tu as",
    "j'sais": "je sais",
    "j'peux": "je peux",
    "y'a": "il y a",
    "stp": "s'il te plaît",
    "svp": "s'il vous plaît",
    "chuis": "je suis",
    "j'suis": "je suis",
    "qu'est": "qu'est",
}
_ASKS: Final = re.compile(
    r"^(?:(?:bonjour|bonsoir|allô|et|alors|donc|bon|euh|s'il vous plaît|excusez moi|pardon"
    r"|d'accord|okay|oui|d'abord|dites moi|je voulais savoir|mais)\s+)*(?:(?:à |de |pour |avec "
    r"|par |en |depuis |jusqu'à )?(?:qui|quoi|quand|où|comment|combien|pourquoi|quel(?:le)?s?"
    r"|lequel|laquelle)|qu'est ce|est ce|qu'|que|peut on|puis je|pouvez|pourriez|avez|êtes"
    r"|faites|acceptez|prenez|faut il|y a t|c'est (?:qui|quoi|où|quand|combien|à qui|à quelle"
    r"|ouvert|loin|cher|gratuit)|vous (?:êtes|avez|faites|acceptez|prenez|pouvez|proposez|ouvrez"
    r"|fermez|n'avez|n'auriez|auriez|savez|servez)|il y a (?:un|une|des|du|de la|quelqu'un"
    r"|combien)|il faut|on peut|je peux|je dois|dois je|ça (?:coûte|ouvre|ferme|prend|se)|(?:le|la"
    r"|les|l'\S+)(?: \S+){1,3} (?:est|sont) (?:compris|inclus|comprise|incluse|gratuit|ouvert"
    r"|payant)|c'est pour quoi|c'est cher|le \S+ est il|la \S+ est elle)\b|\b(?:à quelle heure|où$"
    r"|combien$|quand$|c'est où|c'est quand"
    r"|c'est combien|est ce que|avez vous|êtes vous|y a t il)\b"
)
_ABOUT_THE_AGENT: Final = re.compile(
    r"\b(?:comment (?:allez vous|ça va|vas tu|vous appelez vous|tu t'appelles)|ça va$|qui êtes"
    r" vous|quel est votre nom|quel âge avez vous|êtes vous (?:un|une|là|réelle?|humaine?"
    r"|contente?|fatiguée?)\b|vous êtes (?:un robot|une machine|humaine?|là)|(?:pouvez|pourriez)"
    r" vous (?:m'entendre|m'aider|parler|chanter|répéter)|vous m'entendez|aimez vous|me"
    r" comprenez vous)"
)
_UNFINISHED: Final = frozenset(
    "et ou mais car parce que qu' si donc avec sans pour de du des à au aux en dans sur sous"
    " chez vers par depuis jusqu'à entre le la les l' un une mon ma mes notre nos votre vos leur"
    " son sa ses je nous il elle ce cette est sont suis ai voudrais veux peux dois euh heu puis"
    " comme quand dont où entre avant après".split()
)
_CLOSED: Final = frozenset(
    "oui non ouais si bon bien exactement okay d'accord merci bonjour stop jamais volontiers"
    " absolument parfait".split()
)
_UNITS: Final = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
).split()
_TENS: Final = "vingt trente quarante cinquante soixante".split()
_DAYS: Final = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_MONTHS: Final = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
_VALUES: Final = {word: str(value) for value, word in enumerate(_UNITS) if value != 1} | {
    word: str(value * 10) for value, word in enumerate(_TENS, start=2)
}
_FIGURE_WORDS: Final = {**_VALUES, **{name: name for name in [*_DAYS, *_MONTHS]}}

QUESTIONS: Final = QuestionWords(
    synonyms={
        "téléphone": "numéro",
        "portable": "numéro",
        "non": "pas",
        "garer": "parking",
        "stationner": "parking",
        "stationnement": "parking",
        "horaire": "horaires",
    },
    pairs={"s'il vous plaît": "merci", "merci beaucoup": "merci", "au revoir": "revoir"},
    frames=re.compile(
        r"\b(?:(?:pouvez|pourriez|voulez) vous (?:me |m')?dire|vous (?:pouvez|pourriez) me dire"
        r"|(?:est ce que )?vous savez|savez vous|(?:je|nous) (?:voudrais|voudrions|aimerais|veux"
        r"|voulais) (?:bien )?(?:savoir|demander|vous demander)|dites moi|j'ai une question"
        r"|j'aurais une question|excusez moi|est ce que|qu'est ce que)\b(?= \w)"
    ),
    weights=weights(
        {
            0.15: "est sont suis était ai as a avez avons ont peut peux pouvez pourriez dois doit"
            " faut je j' vous nous me m' moi il elle on ce c'est cela ça le la les l' un une"
            " des du de d' au aux à en dans sur pour par avec et ou chez y mon ma mes votre"
            " vos notre nos veux voudrais se s'",
            0.25: "que quoi quel quelle quels quelles qu' qu'est",
            0.3: "aujourd'hui demain matin soir midi semaine prochaine prochain",
            0.5: "combien comment heure faire",
            0.7: "quand où qui pourquoi pas ne jamais",
            0.1: "bonjour bonsoir merci allô",
            0.01: "euh heu hm donc alors bien bon oui juste maintenant là okay",
        }
    ),
    extra_weights=weights({1.2: "qui pourquoi quand où", 2.0: "pas jamais ne"}),
    times=frozenset(
        [
            *_DAYS,
            *_MONTHS,
            *_VALUES,
            *"aujourd'hui demain matin soir midi après-midi semaine week end heure heures".split(),
        ]
    ),
)

FRENCH: Final = Language(
    "fr",
    partial(other_numbers.in_words, code="fr"),
    BuiltInPhrases(
        no_input="Vous êtes toujours là ?",
        no_input_goodbye="Je ne vous entends pas, je vais donc raccrocher. Au revoir.",
        filler=("Un instant, s'il vous plaît.",),
        apology="Je suis désolé, un problème est survenu. Au revoir.",
        not_understood="Excusez-moi, je n'ai pas bien compris. Pourriez-vous répéter ?",
        unknown="Je regrette, je ne le sais pas. Voulez-vous que je vous passe quelqu'un ?",
        anything_else="Très bien. Puis-je faire autre chose pour vous ?",
        transfer="Je vous passe quelqu'un.",
        goodbye="Au revoir.",
        tool_failed=(
            "Je regrette, je ne peux pas le vérifier pour le moment. Voulez-vous que je vous passe"
            " quelqu'un ?"
        ),
        time_over="Je suis désolé, le temps est écoulé. Au revoir.",
        is_that_right="{value} ; est-ce exact ?",
        noted="Merci, je l'ai noté.",
        what_is_it_for="C'est à quel sujet ?",
        say_it_again=(
            "Excusez-moi, j'ai mal compris. Redites-le en entier, lentement, s'il vous plaît."
        ),
        spell_it_again=(
            "Excusez-moi, j'ai mal compris. Donnez-moi un mot pour chaque lettre, comme A"
            " comme Anatole."
        ),
        not_taken_down=(
            "Je suis désolé, je n'y arrive pas. Voulez-vous que je vous passe quelqu'un ?"
        ),
        what_for="Que puis-je faire pour vous ?",
        help="Demandez-moi simplement, avec vos mots, ce que vous voulez savoir.",
        help_with="Je peux vous renseigner, par exemple, sur {topics}.",
        ask_back="Voulez-vous des renseignements sur {first} ?",
        ask_back_action="S'agit-il de ceci : {first} ?",
        ask_back_question="Vouliez-vous demander : {first} ?",
        ask_back_two="Voulez-vous des renseignements sur {first}, ou sur {second} ?",
        tell_more="Je vois. Que puis-je faire pour vous ?",
        medical=(
            "Je ne peux pas donner de conseil médical. Voulez-vous que je vous passe "
            "quelqu'un ? Si c'est grave, raccrochez et appelez les secours."
        ),
        legal=(
            "Je ne peux pas donner de conseil juridique. Voulez-vous que je vous passe quelqu'un ?"
        ),
        payment_card=(
            "Ne me donnez aucun numéro de carte ou de compte, s'il vous plaît. Voulez-vous "
            "que je vous passe quelqu'un ?"
        ),
        no_input_person="Je ne vous entends pas. Voulez-vous que je vous passe quelqu'un ?",
        no_input_key="Vous pouvez aussi appuyer sur {key}.",
        trouble=(
            "Je suis désolé, je ne comprends toujours pas. Voulez-vous que je vous passe "
            "quelqu'un ?"
        ),
        hold_on="Bien sûr.",
        back="Je suis toujours là. Je vous écoute.",
    ),
    amounts=re.compile(r"h\b|heures?\b|euros?\b"),
    contractions=_CONTRACTIONS,
    spellings=_SPELLINGS,
    acts=ACTS,
    asks=_ASKS,
    about_the_agent=_ABOUT_THE_AGENT,
    figure_words=_FIGURE_WORDS,
    unfinished=_UNFINISHED,
    closed=_CLOSED,
    digits=frozenset("zéro un deux trois quatre cinq six sept huit neuf double".split()),
    backchannels=("mhm", "mm", "hm", "ah", "oh", "ah oui", "je vois", "ah bon"),
    hesitations=said_in_a_row(
        r"euh|heu|hm+|m+|mhm|ah|oh|ben|bah|alors|donc|enfin|eh bien|bon|voyons|oui",
        r"(?:laissez moi|attendez que je) (?:réfléchir|voir|réfléchisse)|comment dire|comment"
        r" (?:on dit|ça s'appelle)(?: déjà)?|je réfléchis|qu'est ce que je voulais dire|voyons"
        r" voir|bonne question|disons|où en étais je",
    ),
    questions=QUESTIONS,
)
