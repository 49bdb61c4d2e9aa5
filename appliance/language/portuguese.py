"""Portuguese. What callers say to the agent's offers is in ``portuguese_acts.py``."""

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
from appliance.language.portuguese_acts import ACTS

_SPELLINGS: Final = {
    "ok": "okay",
    "o k": "okay",
    "okey": "okay",
    "mm hm": "mhm",
    "mmhm": "mhm",
    "hmm": "hum",
    "hm": "hum",
    "pra": "para",
    "pro": "para o",
    "tava": "estava",
    "cê": "você",
    "ocê": "você",
    "e mail": "email",
    "correio eletrónico": "email",
    "correio eletrônico": "email",
    "ã": "hã",
    "ahã": "mhm",
    "uhum": "mhm",
    "aham": "mhm",
}
_CONTRACTIONS: Final[dict[str, str]] = {"d'água": "de água"}
_ASKS: Final = re.compile(
    r"^(?:(?:olá|oi|bom dia|boa tarde|boa noite|alô|e|então|olhe|hum|okay|está bem|tá bom"
    r"|desculpe|por favor|primeiro|antes|sim|pois|já agora|mas|queria saber|diga me)\s+)*(?:(?:a"
    r" |de |com |para |por |em |desde |até |sobre )?(?:que|quem|quando|quanto|quanta|quantos"
    r"|quantas|onde|aonde|como|qual|quais)|o que|o quê|porquê|porque|por que|há|tem|têm|posso"
    r"|podemos|pode|podem|podia|é (?:possível|preciso|grátis|longe|perto)|está (?:aberto|incluído"
    r"|aberta)|estão"
    r"|(?:o|a|os|as)(?: \S+){1,3} (?:está|estão) (?:incluíd|abert|fechad|disponíve)\w*"
    r"|fica|ficam|abrem|fecham|fazem|aceitam|oferecem"
    r"|servem|custa|inclui|sabe|preciso|devo|dá para|vocês (?:são|têm|ficam|fazem|abrem|fecham"
    r"|aceitam))\b|\b(?:a que horas|onde é|onde fica|onde ficam|onde é que|quanto custa|quanto é"
    r"|quem é|até quando|com quem)\b"
)
_ABOUT_THE_AGENT: Final = re.compile(
    r"\b(?:como (?:está|estás|vai|se chama|te chamas|é que se chama)|tudo bem|quem (?:é você|é o"
    r" senhor|és)|qual é o seu nome|quantos anos tem|(?:é|você é|és) (?:um robô|uma máquina"
    r"|humano|humana|real|uma pessoa)|(?:pode|podia) (?:ouvir me|ajudar me|me ajudar|falar"
    r"|cantar|repetir)|(?:está a|está me a) ouvir|me ouve|gosta de)"
)
_UNFINISHED: Final = frozenset(
    "e ou mas porque que se com sem para por de do da dos das a ao à em no na nos nas sobre"
    " entre desde até o os as um uma meu minha meus nosso nossa seu sua eu nós é são estou sou"
    " tenho quero queria posso preciso hum hã como quando onde pelo pela num numa depois"
    " antes".split()
)
_CLOSED: Final = frozenset(
    "sim não claro okay certo exato pois bem obrigado obrigada adeus olá nunca perfeito"
    " combinado isso".split()
)
_UNITS: Final = (
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze"
    " dezasseis dezassete dezoito dezanove"
).split()
_TENS: Final = "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split()
_DAYS: Final = (
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo".split()
)
_MONTHS: Final = (
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
).split()
_VALUES: Final = (
    {word: str(value) for value, word in enumerate(_UNITS) if value != 1}
    | {word: str(value * 10) for value, word in enumerate(_TENS, start=2)}
    | {"duas": "2", "dezesseis": "16", "dezessete": "17", "dezenove": "19"}
)
_FIGURE_WORDS: Final = {**_VALUES, **{name: name for name in [*_DAYS, *_MONTHS]}}

QUESTIONS: Final = QuestionWords(
    synonyms={
        "telefone": "número",
        "telemóvel": "número",
        "celular": "número",
        "carro": "estacionamento",
        "estacionar": "estacionamento",
        "preço": "preços",
        "wifi": "internet",
    },
    pairs={"muito obrigado": "obrigado", "muito obrigada": "obrigado", "wi fi": "internet"},
    frames=re.compile(
        r"\b(?:(?:pode|podia|poderia)(?: me)? (?:dizer|dizer me|informar)|sabe (?:me )?dizer"
        r"|(?:eu )?(?:queria|gostava de|gostaria de|quero) (?:saber|perguntar|lhe perguntar)"
        r"|diga me|tenho uma (?:pergunta|dúvida)|uma pergunta|desculpe)\b(?= \w)"
    ),
    weights=weights(
        {
            0.15: "é são está estão estou sou era há tem têm tenho pode podem posso podia fazer eu"
            " você senhor senhora me meu minha se lhe o a os as um uma de do da dos das em"
            " no na nos nas com por para e ou seu sua nós que isto isso aqui quero queria"
            " ser vocês",
            0.25: "qual quais quê",
            0.3: "hoje amanhã manhã tarde noite semana próxima próximo",
            0.5: "quanto quanta como hora horas",
            0.7: "quando onde quem não nunca",
            0.1: "olá oi bom dia boa obrigado obrigada",
            0.01: "hum hã então olhe bem agora só sim favor okay pois",
        }
    ),
    extra_weights=weights({1.2: "quem quando onde", 2.0: "nunca não sem"}),
    times=frozenset(
        [
            *_DAYS,
            *_MONTHS,
            *_VALUES,
            *"segunda terça quarta quinta sexta hoje amanhã manhã tarde noite semana fim".split(),
            "hora",
            "horas",
        ]
    ),
)

PORTUGUESE: Final = Language(
    "pt",
    partial(other_numbers.in_words, code="pt"),
    BuiltInPhrases(
        no_input="Ainda está em linha?",
        no_input_goodbye="Não o consigo ouvir, por isso vou desligar. Com licença e até breve.",
        filler=("Um momento, por favor.",),
        apology="Lamento, ocorreu um problema. Até breve.",
        not_understood="Desculpe, não percebi bem. Pode repetir, por favor?",
        unknown="Lamento, isso não sei. Quer que passe a chamada a uma pessoa?",
        anything_else="Muito bem. Posso ajudar em mais alguma coisa?",
        transfer="Vou passar a chamada.",
        goodbye="Até breve.",
        tool_failed=(
            "Lamento, neste momento não consigo consultar isso. Quer que passe a chamada a uma"
            " pessoa?"
        ),
        time_over="Lamento, o nosso tempo acabou. Até breve.",
        is_that_right="{value}; está correto?",
        noted="Obrigado, já anotei.",
        what_is_it_for="De que se trata?",
        say_it_again="Desculpe, percebi mal. Diga tudo outra vez, devagar, por favor.",
        spell_it_again=(
            "Desculpe, percebi mal. Diga-me uma palavra para cada letra, como L de Lisboa."
        ),
        not_taken_down="Lamento, não consigo anotar. Quer que passe a chamada a uma pessoa?",
        what_for="Em que posso ajudar?",
        help="Pergunte-me, por palavras suas, o que deseja saber.",
        help_with="Posso dar-lhe informações, por exemplo, sobre {topics}.",
        ask_back="Quer saber algo sobre {first}?",
        ask_back_action="Trata-se de {first}?",
        ask_back_question="Queria perguntar: {first}?",
        ask_back_two="Quer saber algo sobre {first}, ou sobre {second}?",
        tell_more="Compreendo. Em que posso ajudar?",
        medical=(
            "Não posso dar conselhos médicos. Passo a uma pessoa? Se for grave, desligue e "
            "ligue para a emergência."
        ),
        legal="Não posso dar conselhos jurídicos. Passo a uma pessoa?",
        payment_card="Por favor, não me diga números de cartões ou de contas. Passo a uma pessoa?",
        no_input_person="Não consigo ouvir. Passo a uma pessoa?",
        no_input_key="Também pode premir {key}.",
        trouble="Peço desculpa, continuo sem perceber. Passo a uma pessoa?",
        hold_on="Com certeza.",
        back="Continuo aqui. Diga, por favor.",
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
    digits=frozenset("zero um uma dois duas três quatro cinco seis meia sete oito nove".split()),
    backchannels=("mhm", "mm", "hum", "ah", "oh", "pois", "estou a ver"),
    hesitations=said_in_a_row(
        r"h+ã+|h+u+m+|u+h*m+|e+h|m+|mhm|ah|oh|é|bem|bom|pois|então|ora|portanto|sim",
        r"(?:deixe me|deixa eu|deixe eu) (?:pensar|ver)|como (?:se diz|se chama|é que se diz|hei"
        r" de dizer)|estou a pensar|estou pensando|ora (?:bem|deixe ver)|boa pergunta|digamos|onde"
        r" é que eu ia",
    ),
    questions=QUESTIONS,
)
