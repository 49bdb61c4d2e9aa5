"""The file of agents."""

from pathlib import Path

import pytest

from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS
from appliance.errors import SettingsError
from appliance.text.speakable import speakable

pytestmark = pytest.mark.unit

GOOD = """\
default: clinic
agents:
  shop:
    persona: You sell.
    greeting: Shop.
  clinic:
    extensions: ["100", "200"]
    persona: You help.
    greeting: Clinic.
    unknown_if_yes: person
    knowledge:
      - id: hours
        questions: [when do you open]
        answer: At nine.
      - id: person
        questions: [operator]
        answer: One moment.
        action: transfer
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "agents.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_agents_are_found_by_name_and_by_extension(tmp_path: Path) -> None:
    agents = read_agents(write(tmp_path, GOOD))
    assert list(agents.by_name) == ["shop", "clinic"]
    assert agents.for_extension("200").name == "clinic"
    assert agents.for_extension("999") is agents.for_extension(None) is agents.default
    assert agents.default.name == "clinic"


def test_without_a_default_the_first_agent_is_it(tmp_path: Path) -> None:
    assert (
        read_agents(write(tmp_path, GOOD.replace("default: clinic\n", ""))).default.name == "shop"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("greeting: Clinic.", "greting: Clinic.",
         '9: agents.clinic.greting: unknown key; did you mean "greeting"?'),
        ("default: clinic", "default: clinc",
         '1: default: there is no agent \'clinc\'; did you mean "clinic"?'),
        ("default: clinic", "defalt: clinic",
         '1: defalt: unknown key; did you mean "default"?'),
        ('["100", "200"]', '["100", 200]',
         '7: agents.clinic.extensions[1]: must be text; write it in quotes: "200"'),
        ("    greeting: Shop.", '    greeting: Shop.\n    extensions: ["200"]',
         '8: agents.clinic.extensions[1]: "200" already belongs to shop; remove one of them'),
        ("id: person", "id: hours",
         '15: agents.clinic.knowledge[1].id: "hours" is used twice; choose another'),
        ("[operator]", "[operator, 'When do you  open?']",
         '16: agents.clinic.knowledge[1].questions[1]: "When do you  open?" already belongs to the '
         'entry "hours"; remove one of them'),
        ("At nine.", "'**...**'",
         "14: agents.clinic.knowledge[0].answer: holds nothing that can be spoken"),
        ("if_yes: person", "if_yes: persn",
         '10: agents.clinic.unknown_if_yes: there is no knowledge entry "persn"; did you mean '
         '"person"?'),
        ("        action: transfer", "        if_yes: nobody",
         '18: agents.clinic.knowledge[1].if_yes: there is no knowledge entry "nobody"'),
        ("    greeting: Shop.", "    greeting: Shop.\n    name: x",
         "6: agents.shop.name: unknown key; the agent's name is the key above it"),
        ("action: transfer", "action: sing",
         "18: agents.clinic.knowledge[1].action: should be 'hangup' or 'transfer' (it is 'sing')"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_line_and_key(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in GOOD
    with pytest.raises(SettingsError) as caught:
        read_agents(write(tmp_path, GOOD.replace(old, new, 1)))
    assert f"{tmp_path}/agents.yaml:{expected}" in caught.value.message.split("\n")


@pytest.mark.parametrize("text", ["", "agents:\n", "agents: {}\n", "agents: [a]\n"])
def test_a_file_without_agents_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="agents: must hold at least one agent, by its name"):
        read_agents(write(tmp_path, text))


def test_an_agent_must_be_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="2: agents.a: must hold `key: value` lines"):
        read_agents(write(tmp_path, "agents:\n  a: hello\n"))


def test_the_shipped_receptionist_is_in_order() -> None:
    agent = read_agents(SHIPPED_AGENTS).default
    assert agent.name == "receptionist"
    assert len(agent.knowledge) >= 12
    actions = {entry.id: entry.action for entry in agent.knowledge}
    assert actions["goodbye"] == "hangup"
    assert actions["person"] == "transfer"


def test_the_shipped_answers_are_short_enough_to_listen_to() -> None:
    agent = read_agents(SHIPPED_AGENTS).default
    for entry in agent.knowledge:
        assert len(speakable(entry.answer).split()) <= 25, entry.id


def test_a_pronunciation_that_nobody_could_hear_names_its_line_and_word(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "agents:\n  a:\n    persona: x\n    greeting: Hello.\n    say:\n      Quay: kee\n"
        "      QUAY: key\n      VAT: '...'\n",
    )
    with pytest.raises(SettingsError) as caught:
        read_agents(path)
    first, second = caught.value.message.splitlines()
    assert "7: agents.a.say.QUAY: stands here twice" in first
    assert "8: agents.a.say.VAT: must hold the words to be said instead" in second


def test_a_pronunciation_must_be_words(tmp_path: Path) -> None:
    path = write(
        tmp_path, "agents:\n  a:\n    persona: x\n    greeting: Hello.\n    say:\n      Quay: [k]\n"
    )
    with pytest.raises(SettingsError, match="agents.a.say.Quay"):
        read_agents(path)
