"""Files of settings and the errors about them."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from appliance.config.document import load, parse
from appliance.errors import SettingsError

pytestmark = pytest.mark.unit


class Room(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    seats: int = Field(1, ge=1)


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")
    street: str
    rooms: tuple[Room, ...] = ()
    garden: Room | None = None


def write(folder: Path, text: str) -> Path:
    path = folder / "house.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str) -> str:
    document = load(write(folder, text))
    with pytest.raises(SettingsError) as caught:
        parse(House, document, document.data)
    return caught.value.message.replace(f"{folder}/", "")


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    document = load(
        write(tmp_path, "# a house\nstreet: Quay\nrooms:\n  - name: hall\n    seats: 2\n")
    )
    assert document.data == {"street": "Quay", "rooms": [{"name": "hall", "seats": 2}]}
    assert document.line_of(("street",)) == 2
    assert document.line_of(("rooms", 0)) == 4
    assert document.line_of(("rooms", 0, "seats")) == 5
    assert document.line_of(("rooms", 0, "missing", "deeper")) == 4
    assert document.line_of(("nowhere",)) == 1


def test_a_good_file_becomes_its_model(tmp_path: Path) -> None:
    document = load(write(tmp_path, "street: Quay\nrooms: [{name: hall}]\n"))
    assert parse(House, document, document.data).rooms == (Room(name="hall"),)


def test_an_empty_file_is_an_empty_mapping(tmp_path: Path) -> None:
    assert load(write(tmp_path, "# nothing\n")).data == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "street: Quay\nrooms:\n  - name: hall\n    saets: 2\n",
            'house.yaml:4: rooms[0].saets: unknown key; did you mean "seats"?',
        ),
        ("street: Quay\nzzz: 1\n", "house.yaml:2: zzz: unknown key"),
        (
            "street: Quay\ngarden:\n  nane: x\n  name: y\n",
            'house.yaml:3: garden.nane: unknown key; did you mean "name"?',
        ),
        ("rooms: []\n", "house.yaml:1: street: is missing; add this key"),
        ("street: 12\n", 'house.yaml:1: street: must be text; write it in quotes: "12"'),
        (
            "street: Quay\nrooms:\n- name: hall\n  seats: 0\n",
            "house.yaml:4: rooms[0].seats: should be greater than or equal to 1 (it is 0)",
        ),
        ("street: Quay\nrooms:\n- hall\n", "house.yaml:3: rooms[0]: must hold `key: value` lines"),
    ],
)
def test_a_wrong_value_is_one_line_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert complaint(tmp_path, text) == expected


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    lines = complaint(tmp_path, "streat: Quay\nrooms:\n- name: hall\n  seats: none\n").split("\n")
    assert [line.split(":")[1] for line in lines] == ["1", "4", "1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("street: a\nstreet: b\n", ':2: the key "street" stands here a second time; remove one'),
        ("street: [a\nrooms: b\n", ":2: is not valid YAML: "),
        ("\tstreet: a\n", ":1: is not valid YAML: "),
        ("- a\n- b\n", ":1: must hold `key: value` lines at its top level"),
    ],
)
def test_what_is_no_mapping_is_told_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(write(tmp_path, text))
    assert expected in caught.value.message
    assert "\n" not in caught.value.message


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.yaml: cannot be read: No such file"):
        load(tmp_path / "none.yaml")
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load(tmp_path)
    (tmp_path / "latin.yaml").write_bytes(b"street: K\xe4se\n")
    with pytest.raises(SettingsError, match=r"latin\.yaml: is not UTF-8 text \(byte 9\)"):
        load(tmp_path / "latin.yaml")
