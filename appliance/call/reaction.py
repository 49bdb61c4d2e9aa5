"""What the agent does about what the caller does with their words (``language/acts.py``): a yes
takes an offer, a no declines it, "pardon?" gets the last words again.

Whatever asks for something is left to ``answer.py``, and of "okay but first where are you" only the
question. Nobody is put through by words that are no yes. Pure.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from appliance.call.answer import FixedReply, ModelReply, Reply, entry_reply, plan_answer
from appliance.config.agent import Agent, KnowledgeEntry
from appliance.knowledge.matcher import Knowledge
from appliance.language.acts import Act, act_of
from appliance.language.registry import language_of
from appliance.text.canonical import canonical

ANSWERS: Final = ("yes", "no", "yes_later")
MOST_TOPICS: Final = 4
"""A caller hardly keeps more than four in mind."""


def react(
    text: str, agent: Agent, knowledge: Knowledge, previous: Reply | None = None, said: str = ""
) -> Reply:
    """How to answer a caller who said ``text`` (as the recogniser writes it) after ``previous`` was
    the last answer, of which they heard ``said``."""
    asked = _asks(previous, said, agent)
    act = act_of(
        canonical(text, agent.language),
        language_of(agent.language),
        asked=asked,
        question_mark=text.rstrip().endswith("?"),
    )
    if asked and act.kind in ANSWERS:
        return _to_the_question(text, act, agent, knowledge, previous)
    if act.kind in ("question", "correct") and act.rest:
        return _to_the_rest(text, act, agent, knowledge, previous)
    about = _about_the_talk(act, agent, previous, said)
    if about is None or _entry(text, knowledge) is not None:
        return plan_answer(text, agent, knowledge, previous)
    return about


def _asks(previous: Reply | None, said: str, agent: Agent) -> bool:
    """Whether the caller's yes or no has something to answer."""
    if isinstance(previous, FixedReply):
        offers = previous.expect == "yes_no" or previous.if_yes is not None
        return offers or previous.text == agent.phrases.anything_else
    return said.rstrip().endswith("?") and previous is not None


def _to_the_question(
    text: str, act: Act, agent: Agent, knowledge: Knowledge, previous: Reply | None
) -> Reply:
    """To a yes or no; where more is said, that may be what the caller wants."""
    if isinstance(previous, ModelReply):
        return ModelReply(text)  # its own question
    assert previous is not None
    if act.kind != "yes":
        return _declined(text, act, agent, knowledge, previous)
    if act.rest and _entry(text, knowledge) is not None:
        return plan_answer(text, agent, knowledge, previous)
    if previous.if_yes is None:
        return FixedReply(agent.phrases.what_for)
    offered = entry_reply(knowledge.entry(previous.if_yes), knowledge)
    if act.rest and (offered.action is not None or offered.tool is not None):
        return replace(previous, repeated=True)  # "yes, when I am home": not done on a guess
    return offered


def _declined(
    text: str, act: Act, agent: Agent, knowledge: Knowledge, previous: FixedReply
) -> Reply:
    whole = _entry(text, knowledge)  # "no thank you, goodbye"
    if whole is not None and whole.action != "transfer":
        return plan_answer(text, agent, knowledge, previous)
    if act.rest and _entry(act.rest, knowledge) is not None:
        return plan_answer(act.rest, agent, knowledge, previous)
    if act.kind == "no" and previous.text == agent.phrases.anything_else:
        return FixedReply(agent.phrases.goodbye, action="hangup")
    return FixedReply(agent.phrases.anything_else)


def _to_the_rest(
    text: str, act: Act, agent: Agent, knowledge: Knowledge, previous: Reply | None
) -> Reply:
    """To what is asked behind a yes or no, as the site's words; what it has none for, whole."""
    rest = plan_answer(act.rest, agent, knowledge, previous)
    if isinstance(rest, ModelReply):
        return plan_answer(text, agent, knowledge, previous)
    return rest


def _about_the_talk(act: Act, agent: Agent, previous: Reply | None, said: str) -> FixedReply | None:
    """To what is about the conversation itself; None where that is the plan's matter."""
    if act.kind in ("repeat", "slower"):
        return _again(agent, previous, said, slower=act.kind == "slower")
    if act.kind == "help":
        return FixedReply(_help(agent))
    if act.kind not in ANSWERS or act.rest:
        return None
    informed = isinstance(previous, FixedReply) and previous.source == "knowledge"
    agreed = act.kind == "yes" and not informed  # "okay" after an answer asks for nothing
    return FixedReply(agent.phrases.what_for if agreed else agent.phrases.anything_else)


def _again(agent: Agent, previous: Reply | None, said: str, *, slower: bool) -> FixedReply:
    """The last words; from the second time on slower. A tool is not used again for it."""
    last = FixedReply(said or agent.greeting)
    if isinstance(previous, FixedReply) and previous.tool is None:
        last = previous
    return replace(last, slower=slower or last.repeated or last.slower, repeated=True)


def _entry(text: str, knowledge: Knowledge) -> KnowledgeEntry | None:
    """What the site surely means by ``text``."""
    match = knowledge.match(text)
    return match.entry if match.verdict == "confident" else None


def _help(agent: Agent) -> str:
    topics = [entry.asks for entry in agent.knowledge if entry.asks is not None]
    if not topics:
        return agent.phrases.help
    return agent.phrases.help_with.replace("{topics}", ", ".join(topics[:MOST_TOPICS]))
