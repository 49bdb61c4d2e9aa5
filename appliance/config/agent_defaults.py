"""What stands in for what the agents file leaves open: the appliance's own models, the settings.

AVR configures its one agent by environment variables; here they hold for every agent that says
nothing else, or replace what belongs to the default agent.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from appliance.config.agent import OWN_MODEL, Agent, Trust
from appliance.config.agents_file import Agents, read_agents
from appliance.config.settings import Settings, env_name
from appliance.errors import SettingsError
from appliance.language.english import ENGLISH
from appliance.weights.catalogue import load_catalogue
from appliance.weights.defaults import RECOGNIZER, SENTENCES, SMALL, VOICE

OF_ANOTHER_DETECTOR: Final = (
    "VAD_POSITIVE_SPEECH_THRESHOLD",
    "VAD_NEGATIVE_SPEECH_THRESHOLD",
    "VAD_MIN_SPEECH_FRAMES",
    "VAD_PRE_SPEECH_PAD_FRAMES",
    "VAD_REDEMPTION_FRAMES",
    "VAD_FRAME_SAMPLES",
    "VAD_MODEL",
)
"""Variables of AVR whose values mean nothing here: its detector takes 8 kHz sound for 16 kHz, so
its probabilities come out low, and 0.08 would take breath for words."""
WORDS: Final = "words alone"
"""In the place of the encoder of sentences."""
TALKS_FROM_BILLIONS: Final = 1.0
"""Parameters of a model that can hold a conversation; smaller ones make small talk."""
_OWN: Final = {"recognizer": RECOGNIZER, "voice": VOICE}
_DONE_BY: Final = {"recognizer": "asr_url", "voice": "tts_url"}
_LANGUAGE_MODEL: Final = ("llm_url", "openai_url", "openai_model")
_STAGES: Final = ("asr_url", *_LANGUAGE_MODEL, "tts_url", "sts_url")


def site_agents(settings: Settings) -> Agents:
    """The agents of the settings' file as the service runs them. Raises SettingsError."""
    return with_defaults(read_agents(settings.agents_file), settings)


def with_defaults(agents: Agents, settings: Settings) -> Agents:
    """The agents as the service runs them. Raises SettingsError when instructions_file cannot be
    read."""
    by_name = {name: _settled(agent, settings) for name, agent in agents.by_name.items()}
    default = by_name[agents.default.name].model_copy(update=_of_the_default(settings))
    by_name[default.name] = default
    by_extension = {each: by_name[agent.name] for each, agent in agents.by_extension.items()}
    return Agents(by_name, default, by_extension, _stand_ins(agents, by_name, settings))


def own_model(name: str, settings: Settings) -> str:
    """The appliance's own model ``name``, or the small one in its place: where the settings ask for
    that, and where ``name`` is not installed, so that such a box answers all the same."""
    there = (settings.models / name).is_dir()
    return name if there and not settings.small_models else SMALL[name]


def told_of(stand_ins: Mapping[str, str]) -> str:
    """``Agents.stand_ins`` as one line for people, with the command that mends it."""
    instead = [small for small in stand_ins.values() if small != WORDS]
    hardly = f" small models stand in ({', '.join(instead)}), which hardly understand people;"
    by_words = " questions are compared by their words alone, and hardly one in three is found;"
    return (
        f"not installed: {', '.join(stand_ins)};{hardly if instead else ''}"
        f"{by_words if WORDS in stand_ins.values() else ''}"
        f" mend it: appliance models install {' '.join(stand_ins)}"
    )


def ignored_variables(environ: Mapping[str, str]) -> list[str]:
    """Variables of AVR that are set and do nothing here: ``endpointing`` of an agent does."""
    return [name for name in OF_ANOTHER_DETECTOR if environ.get(name)]


def _settled(agent: Agent, settings: Settings) -> Agent:
    """What the agent leaves open. One that names a stage of its own keeps to it: an ``openai_url``
    of the settings does not replace an agent's ``llm_url``."""
    changes: dict[str, Any] = {
        key: own_model(name, settings)
        for key, name in _OWN.items()
        if getattr(agent, key) == OWN_MODEL
    }
    own_model_url = agent.llm_url or agent.openai_url
    for key in _STAGES:
        given = getattr(settings, key)
        taken = getattr(agent, key) or (own_model_url and key in _LANGUAGE_MODEL)
        if given is not None and not taken:
            changes[key] = given
    if agent.ambient_noise_file is None and settings.ambient_noise_file is not None:
        changes["ambient_noise_file"] = settings.ambient_noise_file
        changes["ambient_noise_level"] = settings.ambient_noise_level
    if agent.embedding == OWN_MODEL:
        changes["embedding"] = SENTENCES if _compares_meaning(agent, settings) else None
    if agent.trust is None:
        changes["trust"] = _trust(agent.model_copy(update=changes))
    if settings.interrupt_listening:
        changes["barge_in"] = agent.barge_in.model_copy(update={"enabled": False})
    return agent.model_copy(update=changes)


def _compares_meaning(agent: Agent, settings: Settings) -> bool:
    """Whether the appliance's own encoder is used: it is there, and of use."""
    return _wants_meaning(agent) and (settings.models / SENTENCES).is_dir()


def _wants_meaning(agent: Agent) -> bool:
    """Whether the appliance's own encoder is of use to it: it knows English alone."""
    known = agent.language[:2] == ENGLISH.code and agent.sts_url is None
    return known and bool(agent.knowledge) and agent.embedding == OWN_MODEL


def _trust(agent: Agent) -> Trust:
    """Of an agent that says nothing: a model or service of the administrator's own is theirs to
    judge, one of the catalogue is judged by its size."""
    if agent.llm_url or agent.openai_url:
        return "facts"
    entry = load_catalogue().get(agent.language_model)
    if entry is None:
        return "facts"
    return "talk" if (entry.billions or 0) >= TALKS_FROM_BILLIONS else "smalltalk"


def _stand_ins(given: Agents, settled: Mapping[str, Agent], settings: Settings) -> dict[str, str]:
    """Where a small model was taken although nobody asked for small ones."""
    if settings.small_models:
        return {}
    no_meaning = any(
        _wants_meaning(given.by_name[agent.name]) and agent.embedding is None
        for agent in settled.values()
    )
    return {
        name: getattr(agent, key)
        for agent in settled.values()
        for key, name in _OWN.items()
        if getattr(given.by_name[agent.name], key) == OWN_MODEL
        and getattr(agent, key) != name
        and getattr(agent, _DONE_BY[key]) is None
    } | ({SENTENCES: WORDS} if no_meaning else {})


def _of_the_default(settings: Settings) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if settings.system_message is not None:
        changes["greeting"] = unquoted(settings.system_message)
    if settings.system_prompt is not None:
        changes["persona"] = unquoted(settings.system_prompt)
    elif settings.instructions_file is not None:
        changes["persona"] = _read(settings.instructions_file)
    if settings.instructions_url is not None and settings.system_prompt is None:
        changes["persona_url"] = settings.instructions_url
    return changes


def unquoted(text: str) -> str:
    """Without one pair of quotes around it: in a list of a compose file they become part of the
    value."""
    quoted = len(text) > 2 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text


def _read(path: Path) -> str:
    where = f"instructions_file ({env_name('instructions_file')})"
    try:
        text = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{where}: cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{where}: {path} is not UTF-8 text (byte {error.start})") from error
    if not text:
        raise SettingsError(f"{where}: {path} is empty; write the persona into it")
    return text
