"""Taking down what a caller dictates: read back, confirmed by a yes, put right by "no, seven five".

This comes before any other answer: of "zero two zero ..." the site's knowledge could make nothing
right, and a language model could make something wrong. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from appliance.call.reply import FixedReply, Reply, from_entries
from appliance.call.wanted_value import WantedValue
from appliance.config.agent import VALUE, Agent
from appliance.dictation.correction import continued, corrected
from appliance.dictation.progress import Progress, progress
from appliance.dictation.read_back import read_back
from appliance.dictation.reader import ALPHABETS, Dictated, read, read_said_name, read_unasked
from appliance.knowledge.matcher import Knowledge
from appliance.language.acts import Kind, act_of
from appliance.language.registry import language_of
from appliance.text.canonical import canonical

MOST_TRIES: Final = 3
"""So often a value is read back or asked for again; then a person is offered."""
SHORT: Final = 2
"""A number of so few digits may be the site's own word for something ("press 1")."""
REJECTS: Final = ("no", "correct", "yes_later")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a caller said, with what they dictated written as it is meant."""

    text: str
    reply: FixedReply | None = None
    """None: they dictated nothing, and are answered as ever."""


def take(
    text: str, agent: Agent, knowledge: Knowledge, previous: Reply | None, *, today: date
) -> Taken:
    """What to make of ``text`` (as the recogniser writes it) after ``previous`` was the last
    answer."""
    dictating = _Dictation(agent, knowledge, today)
    asked = previous.asked if isinstance(previous, FixedReply) else None
    if asked is None or asked.state == "confirmed":
        return dictating.unasked(text)
    return dictating.answered(text, asked) if asked.reading_back else dictating.given(text, asked)


def how_far(text: str, language: str, previous: Reply | None, *, today: date) -> Progress:
    """How far the dictation in ``text`` is, where ``previous`` may have asked for it."""
    asked = previous.asked if isinstance(previous, FixedReply) else None
    if asked is None or asked.state == "confirmed":
        return progress(text, language, today=today)
    if not asked.reading_back:
        return progress(text, language, today=today, expected=asked.kind, length=asked.length)
    if asked.kind not in ALPHABETS:
        return progress(text, language, today=today)
    spoken = progress(text, language, today=today, expected=asked.kind)
    return Progress.NONE if _act(text, language) == "yes" else spoken


@dataclass(frozen=True, slots=True)
class _Dictation:
    agent: Agent
    knowledge: Knowledge
    today: date

    def given(self, text: str, asked: WantedValue) -> Taken:
        """The caller was asked for a value."""
        language = self.agent.language
        found = read(text, asked.kind, language, today=self.today)
        known = self._known(text)
        if found is None and asked.kind == "name" and not known and not self._declines(text):
            found = read_said_name(text, language)
        if found is None:
            return self.unasked(text)
        if known and len(found.value) <= SHORT and asked.then is None:
            return Taken(text)
        value = found.value
        if asked.length is not None and len(value.removeprefix("+")) != asked.length:
            return Taken(value, self._again(asked))
        return Taken(value, self._read_back(asked, value))

    def answered(self, text: str, asked: WantedValue) -> Taken:
        """A value was read back to the caller."""
        assert asked.value is not None
        language, value = self.agent.language, asked.value
        no, yes = self._declines(text), self._agrees(text)
        mended = corrected(value, asked.kind, text, language, today=self.today)
        if mended is not None and mended != value and not (yes and not no):
            rest = None if no else continued(value, asked.kind, text, asked.length, language)
            return Taken(text, self._read_back(asked, rest or mended))
        if yes or (mended == value and not no):
            return Taken(text, self._confirmed(asked))
        rest = None if no else continued(value, asked.kind, text, asked.length, language)
        if rest is not None:
            return Taken(text, self._read_back(asked, rest))
        if no or self._said_again(text, asked):
            return Taken(text, self._again(asked))
        return Taken(text)

    def unasked(self, text: str) -> Taken:
        """Nobody asked the caller for a value."""
        language = self.agent.language
        found = read_unasked(text, language, today=self.today)
        if found is None or self._asks(text[: found.start]):
            return Taken(text)
        written = _written(text, found)
        return Taken(written, self._read_back(WantedValue(found.kind), found.value))

    # -- what is said

    def _read_back(self, asked: WantedValue, value: str) -> FixedReply:
        if asked.tries >= MOST_TRIES:
            return self._given_up()
        spelt = asked.tries > 0
        said = read_back(value, asked.kind, self.agent.language, spelt=spelt)
        text = self.agent.phrases.is_that_right.replace(VALUE, said)
        now = replace(asked, value=value, spoken=said, tries=asked.tries + 1)
        return FixedReply(text, expect="yes_no", asked=now)

    def _again(self, asked: WantedValue) -> FixedReply:
        """All of it once more; a caller who has said it in vain too often is offered a person."""
        tries = asked.tries + (asked.value is None)
        if tries >= MOST_TRIES:
            return self._given_up()
        now = replace(asked, value=None, tries=tries)
        phrases, letters = self.agent.phrases, asked.kind in ("name", "code")
        text = phrases.spell_it_again if letters else phrases.say_it_again
        return FixedReply(text, expect=asked.kind, asked=now)

    def _given_up(self) -> FixedReply:
        offer = self.agent.unknown_if_yes
        text = self.agent.phrases.not_taken_down
        return FixedReply(text, expect="yes_no" if offer else "any", if_yes=offer)

    def _confirmed(self, asked: WantedValue) -> FixedReply:
        done = replace(asked, state="confirmed")
        if asked.then is not None:
            entry = self.knowledge.entry(asked.then)
            return replace(from_entries([entry], self.knowledge, done), confirmed=done)
        text = self.agent.phrases.noted
        if asked.entry is None and self._useful(asked):
            text = f"{text} {self.agent.phrases.what_is_it_for}"
        return FixedReply(text, asked=done, confirmed=done)

    # -- what was meant

    def _agrees(self, text: str) -> bool:
        known, words = language_of(self.agent.language), canonical(text, self.agent.language)
        confirms = known.dictation.confirms.search(words)
        return _act(text, self.agent.language) == "yes" or confirms is not None

    def _declines(self, text: str) -> bool:
        known, words = language_of(self.agent.language), canonical(text, self.agent.language)
        rejects = known.dictation.rejects.search(words)
        return _act(text, self.agent.language) in REJECTS or rejects is not None

    def _said_again(self, text: str, asked: WantedValue) -> bool:
        """Some of a value was said, and nobody can tell which part of it that is."""
        return read(text, asked.kind, self.agent.language, today=self.today) is not None

    def _asks(self, text: str) -> bool:
        words = canonical(text, self.agent.language)
        return language_of(self.agent.language).asks.search(words) is not None

    def _known(self, text: str) -> bool:
        return self.knowledge.match(text).verdict == "confident"

    def _useful(self, asked: WantedValue) -> bool:
        """Whether the site has something to do with such a value."""
        entries = self.knowledge.entries
        return any(entry.expect == asked.kind and entry.then for entry in entries)


def _act(text: str, language: str) -> Kind:
    return act_of(canonical(text, language), language_of(language), asked=True).kind


def _written(text: str, found: Dictated) -> str:
    return f"{text[: found.start]}{found.value}{text[found.end :]}"
