"""What the agent does about what the caller does with their words (``language/acts.py``): a yes
takes an offer, a no declines it, "pardon?" gets the last words again.

Whatever asks for something is left to ``answer.py``, and of "okay but first where are you" only the
question. An emergency comes before all of it. Nobody is put through by words that are no yes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from appliance.call.answer import planned
from appliance.call.asking_back import BOTH
from appliance.call.reply import FixedReply, ModelReply, Reply, from_entries, not_known
from appliance.config.agent import Agent, KnowledgeEntry
from appliance.knowledge.matcher import Knowledge
from appliance.language.acts import ANSWERS, Act, act_of
from appliance.language.registry import language_of
from appliance.text.canonical import canonical

ABOUT_THE_TALK: Final = ("repeat", "slower", "help")
MOST_TOPICS: Final = 4
"""A caller hardly keeps more than four in mind."""


async def react(
    text: str, agent: Agent, knowledge: Knowledge, previous: Reply | None = None, said: str = ""
) -> Reply:
    """How to answer a caller who said ``text`` (as the recogniser writes it) after ``previous`` was
    the last answer, of which they heard ``said``."""
    plan = await planned(text, agent, knowledge, previous)
    if _comes_first(plan, agent, knowledge):
        return plan
    return await _Reaction(agent, knowledge, previous, said).to(text, plan)


def _comes_first(plan: Reply, agent: Agent, knowledge: Knowledge) -> bool:
    """Whether ``plan`` is of words that are never taken for a yes or a no."""
    if not isinstance(plan, FixedReply):
        return False
    urgent = any(knowledge.entry(entry).urgent for entry in (*plan.answers, *plan.choices))
    return urgent or plan.text == agent.phrases.payment_card


def _knows(plan: Reply) -> bool:
    """Whether ``plan`` is the site's own answer."""
    return isinstance(plan, FixedReply) and bool(plan.answers)


@dataclass(frozen=True, slots=True)
class _Reaction:
    agent: Agent
    knowledge: Knowledge
    previous: Reply | None
    said: str

    async def to(self, text: str, plan: Reply) -> Reply:
        """To ``text``, for which ``plan`` is the answer where it is a request."""
        asked = self._asks()
        act = act_of(
            canonical(text, self.agent.language),
            language_of(self.agent.language),
            asked=asked,
            question_mark=text.rstrip().endswith("?"),
        )
        if self._asks_which() and act.kind not in ABOUT_THE_TALK:
            return plan
        if asked and act.kind in ANSWERS:
            return await self._to_the_question(text, act, plan)
        if _knows(plan):
            return plan
        if act.kind in ("question", "correct") and act.rest:
            rest = await self._plan(act.rest)
            return rest if _knows(rest) else plan
        return self._about_the_talk(act) or plan

    async def _plan(self, text: str) -> Reply:
        return await planned(text, self.agent, self.knowledge, self.previous)

    def _asks(self) -> bool:
        """Whether the caller's yes or no has something to answer."""
        if isinstance(self.previous, FixedReply):
            offers = self.previous.expect == "yes_no" or self.previous.if_yes is not None
            return offers or self.previous.text == self.agent.phrases.anything_else
        return self.said.rstrip().endswith("?") and self.previous is not None

    def _asks_which(self) -> bool:
        """Whether the caller was asked which of two they mean."""
        return isinstance(self.previous, FixedReply) and len(self.previous.choices) == BOTH

    async def _to_the_question(self, text: str, act: Act, plan: Reply) -> Reply:
        """To a yes or no; where more is said, that may be what the caller wants."""
        if isinstance(self.previous, ModelReply):
            return plan if _knows(plan) else ModelReply(text)  # its own question
        assert self.previous is not None
        if act.kind != "yes":
            return await self._declined(text, act, plan)
        if act.rest and _knows(plan):
            return plan
        if self.previous.if_yes is None:
            return FixedReply(self.agent.phrases.what_for)
        entry = self.knowledge.entry(self.previous.if_yes)
        if act.rest and (entry.action is not None or entry.tool is not None):
            return replace(self.previous, repeated=True)  # "yes, when I am home": not on a guess
        return from_entries([entry], self.knowledge)

    async def _declined(self, text: str, act: Act, plan: Reply) -> Reply:
        assert isinstance(self.previous, FixedReply)
        whole = self._entry(text)  # "no thank you, goodbye"
        if whole is not None and whole.action != "transfer":
            return plan
        if act.rest:
            rest = await self._plan(act.rest)
            if _knows(rest):
                return rest
        if act.kind == "no" and self.previous.text == self.agent.phrases.anything_else:
            return FixedReply(self.agent.phrases.goodbye, action="hangup")
        if act.kind == "no" and self.previous.choices:
            return not_known(self.agent)  # what they were asked about is not what they meant
        return FixedReply(self.agent.phrases.anything_else)

    def _about_the_talk(self, act: Act) -> FixedReply | None:
        """To what is about the conversation itself; None where that is the plan's matter."""
        if act.kind in ("repeat", "slower"):
            return self._again(slower=act.kind == "slower")
        if act.kind == "help":
            return FixedReply(self._help())
        if act.kind not in ANSWERS or act.rest:
            return None
        known = isinstance(self.previous, FixedReply) and self.previous.source == "knowledge"
        agreed = act.kind == "yes" and not known  # "okay" after an answer asks for nothing
        phrases = self.agent.phrases
        return FixedReply(phrases.what_for if agreed else phrases.anything_else)

    def _again(self, *, slower: bool) -> FixedReply:
        """The last words; from the second time on slower. A tool is not used again for it."""
        last = FixedReply(self.said or self.agent.greeting)
        if isinstance(self.previous, FixedReply) and self.previous.tool is None:
            last = self.previous
        return replace(last, slower=slower or last.repeated or last.slower, repeated=True)

    def _entry(self, text: str) -> KnowledgeEntry | None:
        """What the site surely means by ``text``, word for word."""
        match = self.knowledge.match(text)
        return match.entry if match.verdict == "confident" else None

    def _help(self) -> str:
        topics = [entry.asks for entry in self.agent.knowledge if entry.asks is not None]
        if not topics:
            return self.agent.phrases.help
        return self.agent.phrases.help_with.replace("{topics}", ", ".join(topics[:MOST_TOPICS]))
