"""What a caller says about the conversation itself: that they need a moment, that they are back."""

from __future__ import annotations

from typing import Final, Literal

from appliance.call.reply import FixedReply, Reply
from appliance.config.agent import Agent
from appliance.language.acts import act_of
from appliance.language.language import any_of
from appliance.language.registry import language_of
from appliance.text.canonical import canonical

SHORT_YES_WORDS: Final = 2
"""A longer one says that the caller is back ("yes, here I am")."""

Aside = Literal["hold", "back", "nothing"]
"""``nothing``: a word to somebody who has just begun to wait ("okay, thanks")."""


def aside_of(
    text: str, agent: Agent, previous: Reply | None, *, waiting: bool, just_begun: bool = False
) -> Aside | None:
    """Which aside ``text`` is, if any; ``previous``: the agent's last answer, whose question may be
    open; ``waiting``: the caller has asked for a moment since, or has ``just_begun`` to."""
    language, said = language_of(agent.language), canonical(text, agent.language)
    asks = isinstance(previous, FixedReply) and previous.expect == "yes_no"
    act = act_of(said, language, asked=asks).kind
    if act == "hold" or language.hold_on.search(said):
        return "hold"
    if not waiting:
        return None
    if asks and act == "yes" and len(said.split()) <= SHORT_YES_WORDS:
        return None
    if language.back.fullmatch(said):
        return "back"
    listens = any_of(canonical(each, agent.language) for each in agent.barge_in.backchannels)
    if listens.sub(" ", said).split():
        return None
    return "nothing" if just_begun else "back"


def answer_to(aside: Literal["hold", "back"], agent: Agent, previous: Reply | None) -> FixedReply:
    """A short word, behind which the agent's ``previous`` question is still open."""
    text = agent.phrases.hold_on if aside == "hold" else agent.phrases.back
    return still_asking(text, previous)


def still_asking(text: str, previous: Reply | None) -> FixedReply:
    """``text``, which leaves the question of ``previous`` open."""
    if not isinstance(previous, FixedReply):
        return FixedReply(text)
    return FixedReply(
        text,
        expect=previous.expect,
        if_yes=previous.if_yes,
        answers=previous.answers,
        choices=previous.choices,
        asked=previous.asked,
    )
