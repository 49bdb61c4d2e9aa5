"""Backups of a running box, and how one comes back: wholly, or not at all."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.config.settings import Settings, read_settings
from appliance.errors import ArchiveError
from appliance.operations import restore
from appliance.operations.backup import Backup, create_backup, default_folder, list_backups
from appliance.operations.restore import Restored, restore_backup

pytestmark = pytest.mark.unit

CONFIG = """\
# our site
state_dir: state
agents_file: agents.yaml
ami_secret: hush  # of the PBX
max_calls: 3  # no more
"""


class Box:
    """A settings file, an agents file and a database that a service has open."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.config = folder / "appliance.yaml"
        self.config.write_text(CONFIG)
        self.agents = folder / "agents.yaml"
        self.agents.write_text("agents: {}  # the good ones\n")
        self.database = folder / "state" / "appliance.sqlite3"
        self.database.parent.mkdir()
        self.service = sqlite3.connect(self.database)
        self.service.execute("PRAGMA journal_mode = WAL")
        self.service.execute("CREATE TABLE calls (id)")
        self.add_call(1)

    def add_call(self, number: int) -> None:
        self.service.execute("INSERT INTO calls VALUES (?)", (number,))
        self.service.commit()

    def calls(self, database: Path | None = None) -> list[int]:
        with closing(sqlite3.connect(database or self.database)) as connection:
            return [row[0] for row in connection.execute("SELECT id FROM calls")]

    def settings(self) -> Settings:
        return read_settings(self.config, {})

    def back_up(self, keep: int | None = None) -> Backup:
        settings = self.settings()
        return create_backup(settings, self.config, default_folder(settings), "box", keep=keep)

    def restore(self, backup: Backup) -> Restored:
        return restore_backup(backup.path, self.config)

    def files(self) -> dict[str, bytes]:
        """What must not change when a restore is refused."""
        paths = self.config.parent.rglob("*")
        return {
            str(path): path.read_bytes()
            for path in paths
            if path.is_file() and not path.name.endswith(("-shm", "-wal"))
        }


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    box = Box(tmp_path / "box")
    yield box
    box.service.close()


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether a service answers over HTTP; none does."""
    told = [False]
    monkeypatch.setattr(restore, "appliance_answers", lambda host, port: told[0])
    return told


def members(backup: Backup) -> dict[str, bytes]:
    with tarfile.open(backup.path) as tar:
        files = {member.name: tar.extractfile(member) for member in tar}
        return {name: file.read() for name, file in files.items() if file}


def test_a_backup_holds_settings_agents_and_databases_for_its_owner_alone(box: Box) -> None:
    backup = box.back_up()
    assert set(members(backup)) == {
        "manifest.json",
        "settings.yaml",
        "files/agents_file",
        "state/appliance.sqlite3",
    }
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.path.parent.iterdir()] == [backup.path.name]


def test_secrets_stay_out_and_comments_stay_in(box: Box) -> None:
    backup = box.back_up()
    assert backup.manifest is not None
    assert backup.manifest.secrets_left_out == ("ami_secret",)
    assert b"hush" not in backup.path.read_bytes()
    assert b"# our site\n" in members(backup)["settings.yaml"]
    assert b"max_calls: 3  # no more\n" in members(backup)["settings.yaml"]


def test_a_database_in_use_is_copied_with_what_lies_in_its_log(box: Box, tmp_path: Path) -> None:
    assert box.database.with_name("appliance.sqlite3-wal").stat().st_size > 0
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(members(box.back_up())["state/appliance.sqlite3"])
    assert box.calls(copy) == [1]


def test_a_damaged_database_makes_no_backup(box: Box) -> None:
    (box.database.parent / "other.sqlite3").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(ArchiveError, match=r"other\.sqlite3: cannot be copied"):
        box.back_up()
    assert list(default_folder(box.settings()).iterdir()) == []


def test_installed_models_are_named_with_their_checksums(box: Box) -> None:
    folder = box.settings().models / "some-model"
    folder.mkdir(parents=True)
    files = {"a.onnx": {"size": 3, "sha256": "0" * 64}}
    (folder / "installed.json").write_text(json.dumps({"files": files}))
    manifest = box.back_up().manifest
    assert manifest is not None
    assert manifest.models["some-model"]["a.onnx"].bytes == 3


def test_a_named_file_that_is_not_there_is_told(box: Box) -> None:
    box.agents.unlink()
    with pytest.raises(ArchiveError, match="the setting agents_file names it"):
        box.back_up()


def test_the_oldest_go_when_the_new_one_is_there(box: Box) -> None:
    folder = default_folder(box.settings())
    folder.mkdir()
    for day in ("20260101", "20260102", "20260103"):
        (folder / f"appliance-backup-{day}-000000.tar").touch()
    newest = box.back_up(keep=2)
    kept = list_backups(folder)
    assert [each.path.name[:25] for each in kept] == [
        "appliance-backup-20260103",
        newest.path.name[:25],
    ]
    assert kept[0].manifest is None
    assert kept[1].manifest == newest.manifest


def test_a_restore_brings_everything_back_and_keeps_what_it_replaces(box: Box) -> None:
    backup = box.back_up()
    box.add_call(2)
    box.service.close()
    box.agents.write_text("agents: {}  # the bad ones\n")
    box.config.write_text(f"{CONFIG}port: 7\n")
    restored = box.restore(backup)
    assert box.calls() == [1]
    assert "good" in box.agents.read_text()
    assert box.settings().port == 5001
    kept = {each.path: each.kept for each in restored.files}
    assert set(kept) == {box.config, box.agents, box.database}
    old_agents, old_database = kept[box.agents], kept[box.database]
    assert old_agents is not None
    assert "bad" in old_agents.read_text()
    assert old_database is not None
    assert box.calls(old_database) == [1, 2]
    assert restored.secrets == ("ami_secret",)


def test_a_restore_to_an_empty_box_says_which_models_are_missing(box: Box, tmp_path: Path) -> None:
    folder = box.settings().models / "some-model"
    folder.mkdir(parents=True)
    (folder / "installed.json").write_text(json.dumps({"files": {}}))
    backup = box.back_up()
    config = tmp_path / "new" / "appliance.yaml"
    restored = restore_backup(backup.path, config)
    assert restored.missing_models == ("some-model",)
    assert {each.kept for each in restored.files} == {None}
    assert box.calls(config.parent / "state" / "appliance.sqlite3") == [1]


def test_a_damaged_backup_changes_nothing(box: Box) -> None:
    backup = box.back_up()
    box.service.close()
    data = bytearray(backup.path.read_bytes())
    data[data.index(b"the good ones")] ^= 1
    backup.path.write_bytes(data)
    before = box.files()
    with pytest.raises(ArchiveError, match="files/agents_file is not what the manifest tells"):
        box.restore(backup)
    assert box.files() == before


def test_nothing_is_restored_under_a_running_service(box: Box, answers: list[bool]) -> None:
    backup = box.back_up()
    before = box.files()
    with pytest.raises(ArchiveError, match="a program has it open; nothing was changed"):
        box.restore(backup)
    answers[0] = True
    with pytest.raises(ArchiveError, match="systemctl stop appliance"):
        box.restore(backup)
    assert box.files() == before


def test_a_broken_database_can_be_replaced(box: Box) -> None:
    backup = box.back_up()
    box.service.close()
    box.database.write_bytes(b"no database" * 500)
    box.restore(backup)
    assert box.calls() == [1]


def test_a_restore_that_fails_half_way_is_taken_back(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = box.back_up()
    box.service.close()
    before = box.files()
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if target == box.database:
            raise PermissionError(13, "Permission denied", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ArchiveError, match="Permission denied; nothing was changed"):
        box.restore(backup)
    assert box.files() == before


def test_settings_that_this_version_does_not_take_are_refused(box: Box) -> None:
    backup = box.back_up()
    box.service.close()
    text = members(backup)
    text["settings.yaml"] += b"from_the_future: 1\n"
    rewritten = rewrite(backup, text)
    before = box.files()
    with pytest.raises(ArchiveError, match=r"settings\.yaml:\d+: from_the_future"):
        restore_backup(rewritten, box.config)
    assert box.files() == before


def test_a_backup_of_a_newer_appliance_is_refused(box: Box) -> None:
    backup = box.back_up()
    rewritten = rewrite(backup, members(backup), version="99.0")
    with pytest.raises(ArchiveError, match="made by appliance 99.0, this is .*; update first"):
        restore_backup(rewritten, box.config)


def rewrite(backup: Backup, contents: dict[str, bytes], **header: str) -> Path:
    """The same backup with other contents, whole in itself."""
    from appliance.bundle.archive import write_archive

    assert backup.manifest is not None
    del contents["manifest.json"]
    path = backup.path.with_name("rewritten.tar")
    write_archive(path, backup.manifest.model_copy(update={**header, "files": {}}), contents)
    return path
