"""What a model is told, and what it may say of it: notes of the site, results of tools, and nothing
that stands in neither.

The notes stand at the end of the prompt, behind the caller's words, in the order of the agents
file: what the model has read before stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from appliance.config.agent import Agent, KnowledgeEntry
from appliance.engines.base import Message
from appliance.language.registry import language_of
from appliance.text.canonical import canonical
from appliance.text.grounded import is_grounded

CARD_DIGITS: Final = 13
"""Digits in a row of the shortest number of a payment card."""
_NOTE: Final = re.compile(r"\n\(What [^:\n]+: (?P<note>[^\n]*)\)")


def with_notes(text: str, entries: Sequence[KnowledgeEntry]) -> str:
    """The caller's ``text`` with what the site knows about it."""
    if not entries:
        return text
    answers = " ".join(entry.answer for entry in sorted(entries, key=lambda entry: entry.id))
    return _noted(text, "we know", answers)


def with_result(prompt: str, tool: str, result: str) -> str:
    """The ``prompt`` with what a tool told."""
    return _noted(prompt, f"{tool} says", result)


def may_say(utterance: str, asked: Sequence[Message], agent: Agent) -> bool:
    """Whether the agent may say what the model wrote after ``asked``.

    Nothing about the secrets of a payment card. Where the site's facts come from the site, no
    figure and no claim either that stands in nothing it was told: what callers say themselves
    grounds nothing ("so it is free?").
    """
    words = canonical(utterance, agent.language)
    if language_of(agent.language).talk.card_words.search(words):
        return False
    return agent.trusts == "facts" or is_grounded(utterance, _told(asked), agent.language)


def tells_card_numbers(words: str, language: str) -> bool:
    """Whether ``words`` (canonical) are or name the secrets of a payment card."""
    known = language_of(language)
    if known.talk.card_words.search(words):
        return True
    row = 0
    for word in words.split():
        single = word.isdigit() and len(word) == 1
        row = row + 1 if single or word in known.digits else 0
        if row >= CARD_DIGITS:
            return True
    return False


def _noted(text: str, what: str, note: str) -> str:
    return f"{text}\n(What {what}: {' '.join(note.split())})"


def _told(asked: Sequence[Message]) -> Iterator[str]:
    for message in asked:
        if message.role != "user":
            yield message.content
        else:
            yield from (found["note"] for found in _NOTE.finditer(message.content))
