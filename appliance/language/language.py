"""One human language: whatever the appliance must know of it, in one value.

A rule about words belongs where it is used (when a turn is over, who answers); the words belong
here. So a language is added in one place, and no English word counts in a call held in another.

Every field but the first three may be left out and then nothing holds: no word is a yes, none is
unfinished. All words and patterns are of the canonical form (``text/canonical.py``): lower case,
single spaces, no punctuation, apostrophes inside words, figures as words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from appliance.language.dialogue_acts import DialogueActs
from appliance.language.dictation_words import DictationWords
from appliance.language.turn_ends import NEVER, TurnEnds


@dataclass(frozen=True, slots=True)
class BuiltInPhrases:
    """What an agent says by itself, unless its ``phrases`` say otherwise. As a person would write
    it; each is for what the key of the same name is for in the agents file."""

    no_input: str | tuple[str, ...]
    """Several are said in turn."""
    no_input_goodbye: str
    filler: tuple[str, ...]
    apology: str
    not_understood: str
    unknown: str
    """With the offer of a person, which the next yes takes; ``tool_failed`` likewise."""
    anything_else: str
    transfer: str
    goodbye: str
    tool_failed: str
    time_over: str
    is_that_right: str
    """Reads back what the caller dictated, in the place of ``{value}``, and asks if it is right."""
    noted: str
    what_is_it_for: str
    say_it_again: str
    """Asks for all of a value once more."""
    spell_it_again: str
    """The same of letters, with a word for each: those are heard better."""
    not_taken_down: str
    """Gives up on a value, with the offer of a person."""
    what_for: str
    """To a yes where nothing was asked."""
    help: str
    """To "what can I ask?" ..."""
    help_with: str
    """... and where the site says what its entries are about: ``{topics}`` stands for some."""
    ask_back: str
    """Where one entry may be meant; ``{first}`` stands for its line ``asks``."""
    ask_back_action: str
    """Likewise where the entry does something or is urgent."""
    ask_back_question: str
    """Likewise where it has no such line; ``{first}`` stands for its first question."""
    ask_back_two: str
    """Where one of two may be meant: ``{first}`` and ``{second}``."""
    tell_more: str
    """To a caller who told something that asks for nothing."""
    medical: str
    """To what only a doctor may answer, with the offer of a person; the next two likewise."""
    legal: str
    payment_card: str

    # Where one of these is empty, nothing of the kind is said.
    no_input_person: str = ""
    """The last ``no_input`` of an agent that can offer a person: a question to say yes to."""
    no_input_key: str = ""
    """Behind that, where a key asks for the person as well; with ``{key}``."""
    trouble: str = ""
    """In place of the third misunderstanding in a row: likewise a question to say yes to."""
    hold_on: str = ""
    """To a caller who asks for a moment."""
    back: str = ""
    """To one who says that they are back."""


@dataclass(frozen=True, slots=True, eq=False)
class QuestionWords:
    """What words weigh when a caller's question is compared with the site's (``knowledge/``).

    Without any, a word weighs what its rareness among the entries gives it.
    """

    stemmer: str = "unicode61"
    """Tokenizer of SQLite's FTS5; ``porter unicode61`` stems English."""
    synonyms: Mapping[str, str] = field(default_factory=dict)
    """A word -> the words that are meant by it."""
    pairs: Mapping[str, str] = field(default_factory=dict)
    """Some words in a row -> the one word that is meant by them. After ``synonyms``."""
    frames: re.Pattern[str] = NEVER
    """What is said around a question, with a word behind it; taken out."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Of words that tell little, 0..1; others weigh the more, the fewer entries have them."""
    extra_weights: Mapping[str, float] = field(default_factory=dict)
    """Of words that were heard but that no question of an entry has, where that differs:
    politeness is forgiven, a question word asks for something else, a negation (2 and more) turns
    everything round."""
    times: frozenset[str] = frozenset()
    """Days, months, hours: they narrow a question down, and few entries list them all."""


@dataclass(frozen=True, slots=True, eq=False)
class Talk:
    """What callers say that is no question to the site's knowledge, and how they put questions
    together. The sentences are compared by their meaning; without an encoder by their words."""

    urgent: tuple[str, ...] = ()
    """Emergencies: an entry that is marked ``urgent`` is found by them too."""
    calm: tuple[str, ...] = ()
    """What only sounds like one: negated, over, a figure of speech, a plain nuisance."""
    small_talk: tuple[str, ...] = ()
    """What any language model may chat about."""
    elsewhere: tuple[str, ...] = ()
    """Questions that no site answers, near as their words may be to those of one."""
    medical: tuple[str, ...] = ()
    """What only a doctor may answer; ``legal`` and ``payment_card`` likewise."""
    legal: tuple[str, ...] = ()
    payment_card: tuple[str, ...] = ()
    card_words: re.Pattern[str] = NEVER
    """Names the secrets of a payment card. No agent says it, whatever its model writes."""
    claims: re.Pattern[str] = NEVER
    """Says what the site has, does or allows: what a model must not make up."""
    danger: re.Pattern[str] | None = None
    """Words of what endangers life; None: nobody has written them down, so meaning alone tells."""
    over: re.Pattern[str] = NEVER
    """What is said of what has happened before and is over."""
    not_so: re.Pattern[str] = NEVER
    """Turns what follows it into its opposite."""
    idioms: Mapping[str, str] = field(default_factory=dict)
    """What is said in other words altogether -> the plain words, in small letters."""
    joints: re.Pattern[str] = NEVER
    """Stands between the clauses of a sentence, in the written text in lower case."""
    joins_questions: re.Pattern[str] = NEVER
    """Begins words that go on with what was talked about."""
    refers: re.Pattern[str] = NEVER
    """Stands for what was talked about."""
    asks_for: re.Pattern[str] = NEVER
    """Says what a question is after, where that is told apart from others: why, how long."""
    wants: re.Pattern[str] = NEVER
    """Stands in a request that is no question."""
    first: re.Pattern[str] = NEVER
    """Chooses the first of two things; ``second``, ``both`` likewise."""
    second: re.Pattern[str] = NEVER
    both: re.Pattern[str] = NEVER


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One human language. Shared by everything; compared by identity."""

    code: str
    """``en``, ``de-AT``: two small letters of ISO 639, or with a region behind them."""
    in_words: Callable[[str], str]
    """Text without markup -> the same with its figures (numbers, times, money, dates) as words that
    a voice reads right. Idempotent. Of ``other_numbers.py`` where the language has none of its own.
    """
    phrases: BuiltInPhrases

    # one form for what recognisers write
    amounts: re.Pattern[str] = NEVER
    """What stands behind figures that are an amount or a time, never digits that were dictated.
    Matched at their end, in the written text."""
    rewritten: tuple[tuple[re.Pattern[str], str], ...] = ()
    """Patterns and what takes their place, first of all and in this order."""
    contractions: Mapping[str, str] = field(default_factory=dict)
    """A word -> the words it stands for."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """A word, or some in a row -> the spelling that all rules use. After ``contractions``."""

    # who answers
    acts: DialogueActs = field(default_factory=DialogueActs)
    """Yes, no, "pardon?" and the like, by the whole phrase."""
    asks: re.Pattern[str] = NEVER
    """Begins a question."""
    about_the_agent: re.Pattern[str] = NEVER
    """Stands in a question that asks for no fact: about the agent, or talk."""
    figure_words: Mapping[str, str] = field(default_factory=dict)
    """A word for a number -> its digits; a word for a day or a month -> its name. What a model
    makes up; words with another meaning (may, march) are left out."""

    # whose turn it is
    unfinished: frozenset[str] = frozenset()
    """Words that hardly ever end a turn, whatever stands before them."""
    closed: frozenset[str] = frozenset()
    """Words that are a whole answer."""
    ends: TurnEnds = field(default_factory=TurnEnds)
    """What more the words tell about the end of a turn."""
    digits: frozenset[str] = frozenset()
    """Words in which a number is dictated."""
    backchannels: tuple[str, ...] = ("mhm", "mm", "hm", "ah", "oh")
    """What a listener says without wanting the floor, unless the agent's ``barge_in`` says
    otherwise. Left out: the sounds that are words of no language."""
    glue: frozenset[str] = frozenset()
    """Words that say nothing more beside a backchannel."""
    hesitations: re.Pattern[str] = re.compile(r"(?:mhm|mm|m|hm|ah|oh)(?: (?:mm|m|hm|ah|oh))*")
    """All of what somebody says who is still thinking. Left out: as for ``backchannels``."""
    takes_floor: re.Pattern[str] = NEVER
    """Begins what stops the agent, however badly it was heard."""
    hold_on: re.Pattern[str] = NEVER
    """Stands in what asks the agent to wait."""
    back: re.Pattern[str] = NEVER
    """Begins what a caller says who is back."""

    questions: QuestionWords = field(default_factory=QuestionWords)
    dictation: DictationWords = field(default_factory=DictationWords)
    talk: Talk = field(default_factory=Talk)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Matches any of ``words`` (or of some in a row) as a whole, the longest first; never, when
    there are none."""
    longest_first = sorted(filter(None, words), key=len, reverse=True)
    if not longest_first:
        return NEVER
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def weights(by_weight: Mapping[float, str]) -> dict[str, float]:
    """Weights of words, from the words of each weight."""
    return {word: weight for weight, words in by_weight.items() for word in words.split()}


def said_in_a_row(*pieces: str) -> re.Pattern[str]:
    """Matches any of ``pieces`` (patterns), or several of them behind each other."""
    one = f"(?:{'|'.join(pieces)})"
    return re.compile(rf"{one}(?: {one})*")
