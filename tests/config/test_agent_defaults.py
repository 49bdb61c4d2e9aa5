"""What the settings say of agents."""

from pathlib import Path

import pytest

from appliance.config.agent import Agent
from appliance.config.agent_defaults import ignored_variables, told_of, unquoted, with_defaults
from appliance.config.agents_file import Agents
from appliance.config.settings import Settings, read_settings
from appliance.errors import SettingsError
from appliance.weights.defaults import RECOGNIZER, SENTENCES, VOICE

pytestmark = pytest.mark.unit


def agents(**changes: object) -> Agents:
    """``desk`` (the default, extension 1) and ``night`` (extension 2), which gets ``changes``."""
    common = {"persona": "You are kind.", "greeting": "Good day."}
    desk = Agent.model_validate({"name": "desk", **common})
    night = Agent.model_validate({"name": "night", **common, **changes})
    return Agents({"desk": desk, "night": night}, desk, {"1": desk, "2": night})


def test_what_an_agent_names_stays_as_it_is() -> None:
    named = {
        "recognizer": "vosk-model-small-en-us-0.15",
        "voice": "/my/voice.onnx",
        "embedding": "/my/encoder",
        "trust": "talk",
    }
    found = with_defaults(agents(**named), Settings())
    assert found.for_extension("2") == agents(**named).for_extension("2")


def test_an_agent_that_names_no_models_gets_the_appliances_own(tmp_path: Path) -> None:
    for name in (RECOGNIZER, VOICE):
        (tmp_path / name).mkdir()
    found = with_defaults(agents(), Settings(models_dir=tmp_path))
    assert (found.default.recognizer, found.default.voice) == (RECOGNIZER, VOICE)
    assert found.stand_ins == {}


def test_small_models_are_taken_where_they_are_wanted(tmp_path: Path) -> None:
    for name in (RECOGNIZER, VOICE):
        (tmp_path / name).mkdir()
    found = with_defaults(agents(), Settings(models_dir=tmp_path, small_models=True))
    assert (found.default.recognizer, found.default.voice) == ("vosk-demo-en", "piper-demo-en")
    assert found.stand_ins == {}


def test_a_small_model_stands_in_for_one_that_is_not_installed_and_that_is_told(
    tmp_path: Path,
) -> None:
    (tmp_path / RECOGNIZER).mkdir()
    found = with_defaults(agents(), Settings(models_dir=tmp_path))
    assert (found.default.recognizer, found.default.voice) == (RECOGNIZER, "piper-demo-en")
    assert found.stand_ins == {VOICE: "piper-demo-en"}
    assert told_of(found.stand_ins).endswith("appliance models install en_US-joe-medium")


KNOWS = ({"id": "hours", "questions": ["when are you open"], "answer": "At nine."},)


def test_meaning_is_compared_where_the_encoder_is_there_and_that_it_is_not_is_told(
    tmp_path: Path,
) -> None:
    for name in (RECOGNIZER, VOICE):
        (tmp_path / name).mkdir()
    settings = Settings(models_dir=tmp_path)
    lacking = with_defaults(agents(knowledge=KNOWS), settings)
    assert lacking.by_name["night"].embedding is None
    assert list(lacking.stand_ins) == [SENTENCES]
    assert told_of(lacking.stand_ins).endswith(f"appliance models install {SENTENCES}")
    assert "small models" not in told_of(lacking.stand_ins)
    (tmp_path / SENTENCES).mkdir()
    found = with_defaults(agents(knowledge=KNOWS), settings)
    assert (found.by_name["night"].embedding, found.stand_ins) == (SENTENCES, {})
    assert SENTENCES in found.models()


def test_the_encoder_is_of_no_use_in_another_language_or_without_knowledge(tmp_path: Path) -> None:
    for name in (RECOGNIZER, VOICE, SENTENCES):
        (tmp_path / name).mkdir()
    settings = Settings(models_dir=tmp_path)
    found = with_defaults(agents(knowledge=KNOWS, language="de"), settings)
    assert {agent.embedding for agent in found.by_name.values()} == {None}
    assert found.stand_ins == {}


@pytest.mark.parametrize(
    ("changes", "trust"),
    [
        ({}, "smalltalk"),
        ({"language_model": "qwen2.5-0.5b-instruct"}, "smalltalk"),
        ({"language_model": "llama-3.2-1b-instruct"}, "talk"),
        ({"language_model": "/my/model.gguf"}, "facts"),
        ({"llm_url": "http://a:1"}, "facts"),
        ({"openai_url": "http://a:1"}, "facts"),
        ({"openai_url": "http://a:1", "trust": "talk"}, "talk"),
        ({"facts_from_model": True}, "facts"),
        ({"openai_url": "http://a:1", "facts_from_model": False}, "talk"),
    ],
)
def test_a_model_is_trusted_by_whose_it_is_and_by_its_size(
    changes: dict[str, object], trust: str
) -> None:
    assert with_defaults(agents(**changes), Settings()).by_name["night"].trusts == trust


def test_a_stage_that_is_elsewhere_misses_no_model(tmp_path: Path) -> None:
    settings = Settings(models_dir=tmp_path, asr_url="http://a:1")
    assert list(with_defaults(agents(), settings).stand_ins) == [VOICE]


def test_services_stand_in_for_agents_that_name_none() -> None:
    settings = Settings(asr_url="http://a:1", llm_url="http://l:1", tts_url="http://t:1")
    found = with_defaults(agents(asr_url="http://mine:1"), settings)
    assert found.default.asr_url == "http://a:1"
    assert found.for_extension("2").asr_url == "http://mine:1"
    assert found.for_extension("2").tts_url == "http://t:1"


def test_an_agent_with_a_mind_of_its_own_keeps_it() -> None:
    settings = Settings(openai_url="http://o:1", openai_model="big")
    assert with_defaults(agents(), settings).default.openai_url == "http://o:1"
    assert (
        with_defaults(agents(llm_url="http://l:1"), settings).for_extension("2").openai_url is None
    )


def test_greeting_and_persona_are_the_default_agents_alone(tmp_path: Path) -> None:
    file = tmp_path / "persona.txt"
    file.write_text("You are brief.\n", encoding="utf-8")
    settings = Settings(system_message='"Hello there."', instructions_file=file)
    found = with_defaults(agents(), settings)
    assert (found.default.greeting, found.default.persona) == ("Hello there.", "You are brief.")
    assert found.by_extension["1"] is found.default
    assert found.for_extension("2").persona == "You are kind."


def test_text_wins_over_an_address_and_an_address_over_a_file(tmp_path: Path) -> None:
    file = tmp_path / "persona.txt"
    file.write_text("From a file.", encoding="utf-8")
    settings = Settings(
        system_prompt="From text.", instructions_url="http://i:1", instructions_file=file
    )
    default = with_defaults(agents(), settings).default
    assert (default.persona, default.persona_url) == ("From text.", None)
    settings = Settings(instructions_url="http://i:1", instructions_file=file)
    default = with_defaults(agents(), settings).default
    assert (default.persona, default.persona_url) == ("From a file.", "http://i:1")


@pytest.mark.parametrize("content", [None, "", b"\xff"])
def test_instructions_that_cannot_be_read_are_an_operators_error(
    tmp_path: Path, content: str | bytes | None
) -> None:
    file = tmp_path / "persona.txt"
    if isinstance(content, str):
        file.write_text(content, encoding="utf-8")
    elif content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match="OPENAI_FILE_INSTRUCTIONS.*persona.txt"):
        with_defaults(agents(), Settings(instructions_file=file))


def test_interrupt_listening_forbids_interruptions() -> None:
    found = with_defaults(agents(), Settings(interrupt_listening=True))
    assert not any(agent.barge_in.enabled for agent in found.by_name.values())


def test_the_room_of_the_settings_is_heard_where_an_agent_has_none() -> None:
    settings = Settings(ambient_noise_file=Path("/a.wav"), ambient_noise_level=0.3)
    found = with_defaults(agents(ambient_noise_file="/b.wav"), settings)
    assert (found.default.ambient_noise_file, found.default.ambient_noise_level) == (
        Path("/a.wav"),
        0.3,
    )
    assert found.for_extension("2").ambient_noise_file == Path("/b.wav")


def test_avrs_variables_are_read_by_their_names() -> None:
    environ = {
        "HOME": "/h",
        "SYSTEM_MESSAGE": "Hi.",
        "GEMINI_INSTRUCTIONS": "You are G.",
        "XAI_URL_INSTRUCTIONS": "http://x:1/i",
        "INTERRUPT_LISTENING": "true",
        "AMI_USERNAME": "avr",
        "WEBHOOK_TIMEOUT": "1500",
    }
    found = read_settings(environ=environ)
    assert (found.system_message, found.system_prompt) == ("Hi.", "You are G.")
    assert found.instructions_url == "http://x:1/i"
    assert found.interrupt_listening
    assert (found.ami_user, found.webhook_timeout_ms) == ("avr", 1500)


def test_variables_of_avrs_detector_are_told_to_do_nothing() -> None:
    environ = {"VAD_MODEL": "v5", "VAD_FRAME_SAMPLES": "", "PORT": "1"}
    assert ignored_variables(environ) == ["VAD_MODEL"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [('"Hello."', "Hello."), ("'Hello.'", "Hello."), ('"', '"'), ("\"a'", "\"a'"), ("a", "a")],
)
def test_one_pair_of_quotes_is_not_part_of_a_value(given: str, meant: str) -> None:
    assert unquoted(given) == meant
