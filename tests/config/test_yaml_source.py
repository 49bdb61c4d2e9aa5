"""Files that broke the reader: each ends in one line with the place and the mend."""

import logging
from pathlib import Path

import pytest

from appliance.config.agents_file import read_agents
from appliance.config.document import load
from appliance.errors import SettingsError

pytestmark = pytest.mark.unit

AGENT = """
agents:
  a:
    extensions: {extensions}
    greeting: {greeting}
    persona: Be nice.
    knowledge:
      - id: x
        questions: [a b]
        answer: {answer}
"""


def agents(
    folder: Path, extensions: str = "[]", greeting: str = "Hi.", answer: str = "Yes."
) -> Path:
    path = folder / "agents.yaml"
    path.write_text(AGENT.format(extensions=extensions, greeting=greeting, answer=answer))
    return path


def refused(path: Path) -> str:
    with pytest.raises(SettingsError) as error:
        read_agents(path)
    assert "\n" not in str(error.value)
    return str(error.value).removeprefix(str(path))


@pytest.mark.parametrize("tagged", ['!x ["5001"]', '["5001", !x "5002"]', '!!python/object ["1"]'])
def test_a_tag_is_named(tmp_path: Path, tagged: str) -> None:
    told = refused(agents(tmp_path, extensions=tagged))
    assert told.startswith(":4: the tag ")
    assert "remove it" in told


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("0500", '"0500"'),
        ("500", '"500"'),
        ("1.50", '"1.50"'),
        ("0x1f", '"0x1f"'),
        ("1_000", '"1_000"'),
    ],
)
def test_a_number_is_quoted_as_it_stands(tmp_path: Path, written: str, quoted: str) -> None:
    told = refused(agents(tmp_path, extensions=f"[{written}]"))
    assert told == f":4: agents.a.extensions[0]: must be text; write it in quotes: {quoted}"


def test_a_truth_value_is_quoted_as_it_stands(tmp_path: Path) -> None:
    assert refused(agents(tmp_path, greeting="true")).endswith('write it in quotes: "true"')


@pytest.mark.parametrize("greeting", ['"😀"', '"..."', '"**"'])
def test_a_greeting_that_nobody_could_hear_is_refused(tmp_path: Path, greeting: str) -> None:
    told = refused(agents(tmp_path, greeting=greeting))
    assert told == ":5: agents.a.greeting: holds nothing that can be spoken"


def test_brackets_by_the_thousand_are_refused(tmp_path: Path) -> None:
    told = refused(agents(tmp_path, extensions="[" * 5000 + "]" * 5000))
    assert told.startswith(":4: nested more than 32 deep")


def test_a_number_of_thousands_of_digits_is_refused(tmp_path: Path) -> None:
    assert refused(agents(tmp_path, answer="1" * 5000)).startswith(":10: a number of 5000 digits")


def test_an_alias_to_itself_is_refused(tmp_path: Path) -> None:
    told = refused(agents(tmp_path, extensions="&k [*k]"))
    assert told.startswith(":4: *k stands inside of what it stands for")


def test_aliases_of_aliases_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.yaml"
    rows = ["a0: &a0 [x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    path.write_text("\n".join(rows))
    with pytest.raises(SettingsError, match="more than 100,000 values"):
        load(path)


def test_an_alias_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("a: &it [1, 2]\nb: *it\n")
    assert load(path).data == {"a": [1, 2], "b": [1, 2]}


def test_words_that_yaml_takes_for_a_comment_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        read_agents(agents(tmp_path, answer="We are #1 in town."))
    (record,) = caplog.records
    assert "agents.yaml:10: YAML takes '#1 in town.' for a comment" in record.getMessage()


def test_a_comment_is_not_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    read_agents(agents(tmp_path, answer="We are near. # by the station"))
    assert not caplog.records
