"""English: the first language that the appliance knows completely.

How it is read is in ``english_spoken.py``, its question words in ``english_questions.py``, what is
said around the turns themselves in ``english_floor.py``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from appliance.language.english_acts import ACTS
from appliance.language.english_completeness import ENDS
from appliance.language.english_dictation import DICTATION
from appliance.language.english_floor import (
    BACK,
    BACKCHANNELS,
    GLUE,
    HESITATIONS,
    HOLD_ON,
    TAKES_FLOOR,
)
from appliance.language.english_questions import QUESTIONS
from appliance.language.english_spoken import american, in_words
from appliance.language.english_talk import TALK
from appliance.language.language import BuiltInPhrases, Language

_SPELLINGS: Final = {
    "ok": "okay", "alright": "all right", "mm hmm": "mhm", "mm hm": "mhm", "mmhmm": "mhm",
    "mhmm": "mhm", "m hm": "mhm", "hmm": "hm", "hmmm": "hm", "mmm": "mm", "umm": "um", "uhm": "um",
    "uhh": "uh", "ahh": "ah", "aha": "ah", "ohh": "oh", "uhhuh": "uh huh", "erm": "er",
    "yea": "yeah", "yup": "yep", "per cent": "percent", "good bye": "goodbye",
}  # fmt: skip
_CONTRACTIONS: Final = {
    "i'm": "i am", "i'd": "i would", "i'll": "i will", "i've": "i have", "you're": "you are",
    "you've": "you have", "you'd": "you would", "you'll": "you will", "we're": "we are",
    "we've": "we have", "we'd": "we would", "we'll": "we will", "they're": "they are",
    "they've": "they have", "they'll": "they will", "he'll": "he will", "she'll": "she will",
    "it'll": "it will", "that'll": "that will", "that'd": "that would", "it'd": "it would",
    "there'd": "there would", "who'd": "who would", "who'll": "who will", "what's": "what is",
    "where's": "where is", "when's": "when is", "who's": "who is", "how's": "how is",
    "that's": "that is",
    "it's": "it is", "there's": "there is", "here's": "here is", "he's": "he is",
    "she's": "she is", "can't": "can not", "cannot": "can not", "don't": "do not",
    "doesn't": "does not", "isn't": "is not", "aren't": "are not", "won't": "will not",
    "didn't": "did not", "wouldn't": "would not", "couldn't": "could not",
    "shouldn't": "should not", "haven't": "have not", "hasn't": "has not", "hadn't": "had not",
    "wasn't": "was not", "weren't": "were not", "let's": "let us",
}  # fmt: skip
"""Who says "you're" is not misheard as "you are"."""
_ASKS: Final = re.compile(
    r"^(?:(?:hello|hi|and|so|okay|please|excuse me|sorry|uh|um|well"
    r"|good (?:morning|afternoon|evening))\s+)*"
    r"(?:(?:can|could) you (?:please )?tell me|do you know|what|when|where|which|how|who|why"
    r"|is|am|are|do|does|did|has|have|can|could|will|would|may|must|should)\b"
)
_ABOUT_THE_AGENT: Final = re.compile(
    r"\b(?:how are you|how do you do|how is it going|who are you|what are you|what is your name"
    r"|are you (?:a|an|ok|okay|well|fine|there|real|human|happy|busy)\b"
    r"|can you (?:hear|help|talk|speak|repeat|say|sing|tell me a)"
    r"|do you (?:like|think|feel|speak|understand|have a name|know me)"
    r"|how old are you|would you like)"
)
_CLOSED: Final = frozenset(
    "yes no yeah nope yep sure okay ok correct right thanks goodbye bye hello hi stop never".split()
)
_UNITS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS: Final = (
    "january february april june july august september october november december"  # not may, march
).split()
_VALUES: Final = {word: str(value) for value, word in enumerate(_UNITS)} | {
    word: str(value * 10) for value, word in enumerate(_TENS, start=2)
}
_FIGURE_WORDS: Final = {
    said: meant
    for word, meant in {**_VALUES, **{name: name for name in [*_DAYS, *_MONTHS]}}.items()
    for said in (word, f"{word}s")
}

ENGLISH: Final = Language(
    "en",
    in_words,
    BuiltInPhrases(
        no_input=("Are you still there?", "I am still here. What can I do for you?"),
        no_input_goodbye="I cannot hear you, so I will hang up now. Goodbye.",
        filler=("One moment, please.",),
        apology="I am sorry, something has gone wrong here. Goodbye.",
        not_understood="Sorry, I did not catch that. Could you say it again?",
        unknown="I do not know that, I am afraid. Shall I put you through to a person?",
        anything_else="All right. Is there anything else I can help you with?",
        transfer="I will put you through.",
        goodbye="Goodbye.",
        tool_failed="I am sorry, I cannot look that up. Shall I put you through to a person?",
        time_over="I am sorry, our time is over. Goodbye.",
        is_that_right="{value}; is that right?",
        noted="Thank you, I have noted that.",
        what_is_it_for="What is it for?",
        say_it_again="Sorry, I have that wrong. Please say all of it again, slowly.",
        spell_it_again=(
            "Sorry, I have that wrong. Please say a word for each letter, like S for Sierra."
        ),
        not_taken_down="I am sorry, I cannot get it right. Shall I put you through to a person?",
        what_for="What can I do for you?",
        help="Ask me whatever you would like to know, in your own words.",
        help_with="You can ask me, for example, about {topics}.",
        ask_back="Would you like to know about {first}?",
        ask_back_action="Is it about {first}?",
        ask_back_question="Did you want to ask: {first}?",
        ask_back_two="Would you like to know about {first}, or {second}?",
        tell_more="I see. What can I do for you?",
        medical=(
            "I am not able to give medical advice. Shall I put you through to a person? If it is"
            " serious, please hang up and call the emergency number."
        ),
        legal="I am not able to give legal advice. Shall I put you through to a person?",
        payment_card=(
            "Please do not tell me any numbers of a card or an account. Shall I put you through to"
            " a person?"
        ),
        no_input_person="I cannot hear you. Shall I put you through to a person?",
        no_input_key="You can also press {key}.",
        trouble="I am sorry, I still do not understand. Shall I put you through to a person?",
        hold_on="Of course.",
        back="I am still here. Please go on.",
    ),
    amounts=re.compile(r"[ap]\.?m\b|o'clock"),
    rewritten=(
        (re.compile(r"\b([ap])\.? ?m\b\.?"), r"\1m"),
        (re.compile(r"\b(hundred|thousand|million) and (?=\w)"), r"\1 "),
    ),
    contractions=_CONTRACTIONS,
    spellings=_SPELLINGS,
    acts=ACTS,
    asks=_ASKS,
    about_the_agent=_ABOUT_THE_AGENT,
    figure_words=_FIGURE_WORDS,
    closed=_CLOSED,
    ends=ENDS,
    digits=frozenset("zero oh one two three four five six seven eight nine double triple".split()),
    backchannels=BACKCHANNELS,
    glue=GLUE,
    hesitations=HESITATIONS,
    takes_floor=TAKES_FLOOR,
    hold_on=HOLD_ON,
    back=BACK,
    questions=QUESTIONS,
    dictation=DICTATION,
    talk=TALK,
)
AMERICAN_ENGLISH: Final = replace(ENGLISH, code="en-US", in_words=american)
"""The same words; dates in figures have the month first."""
