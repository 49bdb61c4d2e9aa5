"""Who answers a session, by what its ``provider_config`` asks for.

Only what was loaded at the start can be chosen, so a voice is one that some agent here speaks with,
and a language one that some agent understands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from appliance.agents.loaded_agent import EquippedAgent
from appliance.config.document import suggestion
from appliance.errors import ProtocolError

_WORDS: Final = {"instructions": "persona", "greeting": "greeting"}


def choose(
    agents: Mapping[str, EquippedAgent], usual: EquippedAgent, wishes: Mapping[str, str]
) -> EquippedAgent:
    """The agent of these ``wishes``, with their voice and words; ``usual`` when they are none.

    ``agent`` and ``voice`` are names of the agents file, ``language`` a code such as ``de``;
    ``instructions`` and ``greeting`` replace the agent's own. Raises ProtocolError for what is not
    there.
    """
    chosen = usual
    if "agent" in wishes:
        chosen = _named(agents, wishes["agent"])
    if "language" in wishes and not _speaks(chosen, wishes["language"]):
        chosen = _speaking(agents, wishes)
    if "voice" in wishes:
        chosen = replace(chosen, voice=_voiced(agents, wishes["voice"]).voice)
    words = {key: wishes[wish] for wish, key in _WORDS.items() if wish in wishes}
    return replace(chosen, agent=chosen.agent.model_copy(update=words)) if words else chosen


def _named(agents: Mapping[str, EquippedAgent], name: str) -> EquippedAgent:
    if name not in agents:
        raise _unmet(f"there is no agent {name!r} here{suggestion(name, agents)}")
    return agents[name]


def _speaking(agents: Mapping[str, EquippedAgent], wishes: Mapping[str, str]) -> EquippedAgent:
    if "agent" in wishes:
        raise _unmet(f"agent {wishes['agent']!r} does not speak {wishes['language']!r}")
    for each in agents.values():
        if _speaks(each, wishes["language"]):
            return each
    raise _unmet(f"no agent here speaks {wishes['language']!r}")


def _voiced(agents: Mapping[str, EquippedAgent], voice: str) -> EquippedAgent:
    for each in agents.values():
        if each.agent.voice == voice:
            return each
    raise _unmet(f"no agent here speaks with the voice {voice!r}")


def _speaks(equipped: EquippedAgent, language: str) -> bool:
    return equipped.agent.language[:2].lower() == language[:2].lower()


def _unmet(text: str) -> ProtocolError:
    return ProtocolError(f"provider_config: {text}", code="wish_unmet")
