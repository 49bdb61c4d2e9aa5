"""Spanish. What callers say to the agent's offers is in ``spanish_acts.py``."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from appliance.language import other_numbers
from appliance.language.language import (
    BuiltInPhrases,
    Language,
    QuestionWords,
    said_in_a_row,
    weights,
)
from appliance.language.spanish_acts import ACTS

_SPELLINGS: Final = {
    "ok": "okay",
    "o k": "okay",
    "mm hm": "mhm",
    "mmhm": "mhm",
    "hmm": "hm",
    "aja": "ajá",
    "ehh": "eh",
    "e mail": "email",
    "correo electrónico": "email",
    "correo": "email",
}
_CONTRACTIONS: Final[dict[str, str]] = {}
_ASKS: Final = re.compile(
    r"^(?:(?:hola|buenos días|buenas tardes|buenas noches|buenas|y|pues|oiga|mire|eh|vale"
    r"|perdone|disculpe|por favor|bueno|sí|primero|antes|dígame|quería saber)\s+)*(?:(?:a |de "
    r"|con |para |por |en |desde |hasta |sobre )?(?:qué|quién|quiénes|cuándo|cuánto|cuánta"
    r"|cuántos|cuántas|dónde|adónde|cómo|cuál|cuáles)|por qué|hay|tienen?|tenéis|puedo|podría"
    r"|podrían|puede|pueden|se puede|está|están"
    r"|(?:el|la|los|las)(?: \S+){1,3} (?:está|están) (?:incluid|abiert|cerrad|disponible)\w*"
    r"|abren|cierran|hacen|aceptan|admiten"
    r"|cobran|ofrecen|sirven|incluye|cuesta|vale (?:la|el|lo)|queda|sabe|saben|necesito|debo"
    r"|hace falta|tengo que|me (?:puede|podría) (?:decir|dar|explicar))\b|\b(?:a qué hora|en qué"
    r"|dónde|cuándo|cuánto|cuál)\b"
)
_ABOUT_THE_AGENT: Final = re.compile(
    r"\b(?:cómo (?:está|estás|te llamas|se llama|le va)|qué tal|quién (?:es usted|eres)|cuál es"
    r" su nombre|cuántos años tiene|(?:es|eres) (?:usted )?(?:un robot|una máquina|humano|humana"
    r"|real|una persona)|(?:puede|podría) (?:oírme|ayudarme|hablar|cantar|repetir)|me (?:oye"
    r"|escucha|entiende)|le gusta)"
)
_UNFINISHED: Final = frozenset(
    "y o pero porque que si con sin para por de del a al en sobre entre desde hasta el la los"
    " las un una unos unas mi mis su sus nuestro nuestra yo nosotros es son está estoy soy tengo"
    " quiero quisiera quería puedo necesito eh em pues como cuando donde según durante e u lo"
    " le".split()
)
_CLOSED: Final = frozenset(
    "sí no claro vale bueno bien exacto correcto okay gracias adiós hola nunca perfecto venga"
    " ajá".split()
)
_UNITS: Final = (
    "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve"
).split()
_TENS: Final = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_DAYS: Final = "lunes martes miércoles jueves viernes sábado domingo".split()
_MONTHS: Final = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()
_VALUES: Final = {word: str(value) for value, word in enumerate(_UNITS) if value != 1} | {
    word: str(value * 10) for value, word in enumerate(_TENS, start=2)
}
_FIGURE_WORDS: Final = {**_VALUES, **{name: name for name in [*_DAYS, *_MONTHS]}}

QUESTIONS: Final = QuestionWords(
    synonyms={
        "teléfono": "número",
        "móvil": "número",
        "coche": "aparcamiento",
        "aparcar": "aparcamiento",
        "parking": "aparcamiento",
        "estacionamiento": "aparcamiento",
        "carro": "aparcamiento",
        "precio": "precios",
        "wifi": "internet",
    },
    pairs={
        "muchas gracias": "gracias",
        "wi fi": "internet",
        "buenos días": "hola",
        "buenas tardes": "hola",
        "buenas noches": "hola",
    },
    frames=re.compile(
        r"\b(?:(?:me )?(?:puede|podría|pueden|podrían) (?:usted )?(?:decirme|decir|informarme)"
        r"|(?:usted )?sabe(?: usted)? si|(?:yo )?(?:quisiera|quería|quiero|me gustaría) (?:saber"
        r"|preguntar|preguntarle)|dígame|tengo una (?:pregunta|duda|consulta)|una pregunta"
        r"|perdone|disculpe)\b(?= \w)"
    ),
    weights=weights(
        {
            0.15: "es son está están estoy soy era hay tiene tienen tengo tienes puede pueden"
            " puedo podría hacer yo usted ustedes me mi mis se le les lo la los las el un"
            " una unos de del a al en con por para y o su sus nos nuestro que si esto eso"
            " aquí quiero quisiera quería ser",
            0.25: "qué cuál cuáles",
            0.3: "hoy mañana tarde noche semana próxima próximo",
            0.5: "cuánto cuánta cómo hora hace",
            0.7: "cuándo dónde quién no nunca",
            0.1: "hola buenos días buenas gracias",
            0.01: "eh em pues bueno vale mire oiga ahora solo sí favor okay",
        }
    ),
    extra_weights=weights({1.2: "quién cuándo dónde", 2.0: "nunca sin"}),
    times=frozenset(
        [
            *_DAYS,
            *_MONTHS,
            *_VALUES,
            *"hoy mañana tarde noche mediodía semana fin hora horas".split(),
        ]
    ),
)

SPANISH: Final = Language(
    "es",
    partial(other_numbers.in_words, code="es"),
    BuiltInPhrases(
        no_input="¿Sigue ahí?",
        no_input_goodbye="No le oigo, así que voy a colgar. Adiós.",
        filler=("Un momento, por favor.",),
        apology="Lo siento, ha ocurrido un problema. Adiós.",
        not_understood="Perdone, no le he entendido bien. ¿Podría repetirlo?",
        unknown="Lo siento, eso no lo sé. ¿Quiere que le pase con una persona?",
        anything_else="Muy bien. ¿Puedo ayudarle en algo más?",
        transfer="Le paso ahora mismo.",
        goodbye="Adiós.",
        tool_failed="Lo siento, ahora no puedo consultarlo. ¿Quiere que le pase con una persona?",
        time_over="Lo siento, se nos ha acabado el tiempo. Adiós.",
        is_that_right="{value}; ¿es correcto?",
        noted="Gracias, lo he anotado.",
        what_is_it_for="¿De qué se trata?",
        say_it_again="Perdone, lo he entendido mal. Dígalo todo otra vez, despacio, por favor.",
        spell_it_again=(
            "Perdone, lo he entendido mal. Dígame una palabra para cada letra, como B de Barcelona."
        ),
        not_taken_down="Lo siento, no consigo anotarlo. ¿Quiere que le pase con una persona?",
        what_for="¿En qué puedo ayudarle?",
        help="Pregúnteme con sus propias palabras lo que quiera saber.",
        help_with="Puedo informarle, por ejemplo, sobre {topics}.",
        ask_back="¿Quiere saber algo sobre {first}?",
        ask_back_action="¿Se trata de {first}?",
        ask_back_question="¿Quería preguntar: {first}?",
        ask_back_two="¿Quiere saber algo sobre {first}, o sobre {second}?",
        tell_more="Ya veo. ¿En qué puedo ayudarle?",
        medical=(
            "No puedo dar consejos médicos. ¿Le paso con una persona? Si es grave, cuelgue y "
            "llame a emergencias."
        ),
        legal="No puedo dar consejos legales. ¿Le paso con una persona?",
        payment_card=(
            "Por favor, no me diga ningún número de tarjeta ni de cuenta. ¿Le paso con una persona?"
        ),
        no_input_person="No le oigo. ¿Le paso con una persona?",
        no_input_key="También puede pulsar {key}.",
        trouble="Lo siento, sigo sin entenderle. ¿Le paso con una persona?",
        hold_on="Por supuesto.",
        back="Sigo aquí. Dígame.",
    ),
    amounts=re.compile(r"h\b|horas?\b|euros?\b"),
    contractions=_CONTRACTIONS,
    spellings=_SPELLINGS,
    acts=ACTS,
    asks=_ASKS,
    about_the_agent=_ABOUT_THE_AGENT,
    figure_words=_FIGURE_WORDS,
    unfinished=_UNFINISHED,
    closed=_CLOSED,
    digits=frozenset("cero uno un dos tres cuatro cinco seis siete ocho nueve doble".split()),
    backchannels=("mhm", "mm", "hm", "ah", "oh", "ajá", "ya", "ya veo"),
    hesitations=said_in_a_row(
        r"e+h|e+m+|m+|h+m+|mhm|ah|oh|pues|bueno|a ver|este|o sea|entonces|sí|vale",
        r"déjeme (?:pensar|ver)|(?:cómo|como) (?:se dice|se llama|le digo|decirle)(?: esto)?|estoy"
        r" pensando|qué le iba a decir|buena pregunta|digamos|por dónde iba",
    ),
    questions=QUESTIONS,
)
