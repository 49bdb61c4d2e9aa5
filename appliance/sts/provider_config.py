"""Who answers a session, by what its ``provider_config`` asks for.

Only what was loaded at the start can be chosen, so a voice is one that some agent here speaks with,
and a language one that some agent understands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from appliance.agents.loaded_agent import LoadedAgent
from appliance.config.document import suggestion
from appliance.errors import ProtocolError

_WORDS: Final = {"instructions": "persona", "greeting": "greeting"}


def choose(
    agents: Mapping[str, LoadedAgent], usual: LoadedAgent, provider_config: Mapping[str, str]
) -> LoadedAgent:
    """The agent of this ``provider_config``, with its voice and words; ``usual`` when it is empty.

    ``agent`` and ``voice`` are names of the agents file, ``language`` a code such as ``de``;
    ``instructions`` and ``greeting`` replace the agent's own. Raises ProtocolError for what is not
    there.
    """
    chosen = usual
    if "agent" in provider_config:
        chosen = _named(agents, provider_config["agent"])
    if "language" in provider_config and not _speaks(chosen, provider_config["language"]):
        chosen = _speaking(agents, provider_config)
    if "voice" in provider_config:
        chosen = replace(chosen, voice=_voiced(agents, provider_config["voice"]).voice)
    words = {key: provider_config[wish] for wish, key in _WORDS.items() if wish in provider_config}
    return replace(chosen, agent=chosen.agent.model_copy(update=words)) if words else chosen


def _named(agents: Mapping[str, LoadedAgent], name: str) -> LoadedAgent:
    if name not in agents:
        raise _unmet(f"there is no agent {name!r} here{suggestion(name, agents)}")
    return agents[name]


def _speaking(agents: Mapping[str, LoadedAgent], provider_config: Mapping[str, str]) -> LoadedAgent:
    if "agent" in provider_config:
        raise _unmet(
            f"agent {provider_config['agent']!r} does not speak {provider_config['language']!r}"
        )
    for each in agents.values():
        if _speaks(each, provider_config["language"]):
            return each
    raise _unmet(f"no agent here speaks {provider_config['language']!r}")


def _voiced(agents: Mapping[str, LoadedAgent], voice: str) -> LoadedAgent:
    for each in agents.values():
        if each.agent.voice == voice:
            return each
    raise _unmet(f"no agent here speaks with the voice {voice!r}")


def _speaks(loaded: LoadedAgent, language: str) -> bool:
    return loaded.agent.language[:2].lower() == language[:2].lower()


def _unmet(text: str) -> ProtocolError:
    return ProtocolError(f"provider_config: {text}", code="wish_unmet")
