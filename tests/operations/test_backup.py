"""Backups of a running box, and how one comes back: wholly, or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.bundle.signature import make_key, signature_of
from appliance.config.settings import Settings, read_settings
from appliance.errors import ArchiveError
from appliance.operations import restore
from appliance.operations.backup import Backup, create_backup, default_folder, list_backups
from appliance.operations.backup_contents import FILES_CHECKED
from appliance.operations.restore import Restored, restore_backup
from appliance.store.database import open_database

pytestmark = pytest.mark.unit

CONFIG = """\
# our site
state_dir: state
agents_file: agents.yaml
ami_secret: hush  # of the PBX
webhook_url: https://me:hush@crm.example/hook?token=hush  # theirs
max_calls: 3  # no more
"""


AGENTS = "agents: {desk: {persona: Kind., greeting: Hello.}}"


async def make(database: Path) -> None:
    async with open_database(database):
        pass


class Box:
    """A settings file, an agents file and a database that a service has open."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.config = folder / "appliance.yaml"
        self.config.write_text(CONFIG)
        self.agents = folder / "agents.yaml"
        self.agents.write_text(f"{AGENTS}  # the good ones\n")
        self.database = folder / "state" / "appliance.sqlite3"
        self.database.parent.mkdir()
        asyncio.run(make(self.database))
        self.service = sqlite3.connect(self.database)
        self.service.execute("PRAGMA journal_mode = WAL")
        self.add_call(1)

    def add_call(self, number: int) -> None:
        self.service.execute(
            "INSERT INTO calls (uuid, agent, started, outcome) VALUES (?, 'desk', '', '')",
            (str(number),),
        )
        self.service.commit()

    def calls(self, database: Path | None = None) -> list[int]:
        with closing(sqlite3.connect(database or self.database)) as connection:
            return [int(row[0]) for row in connection.execute("SELECT uuid FROM calls")]

    def settings(self) -> Settings:
        return read_settings(self.config, {})

    def back_up(self, keep: int | None = None) -> Backup:
        settings = self.settings()
        return create_backup(settings, self.config, default_folder(settings), "box", keep=keep)

    def restore(self, backup: Backup | Path, **how: Path) -> Restored:
        path = backup if isinstance(backup, Path) else backup.path
        return restore_backup(path, self.config, **how)

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
    assert backup.manifest.secrets_left_out == (
        "ami_secret",
        "webhook_url (its user, password or query)",
    )
    assert b"webhook_url: https://crm.example/hook  # theirs\n" in members(backup)["settings.yaml"]
    assert b"hush" not in backup.path.read_bytes()
    assert b"# our site\n" in members(backup)["settings.yaml"]
    assert b"max_calls: 3  # no more\n" in members(backup)["settings.yaml"]


def test_a_database_in_use_is_copied_with_what_lies_in_its_log(box: Box, tmp_path: Path) -> None:
    assert box.database.with_name("appliance.sqlite3-wal").stat().st_size > 0
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(members(box.back_up())["state/appliance.sqlite3"])
    assert box.calls(copy) == [1]


def test_a_damaged_database_makes_no_backup(box: Box) -> None:
    box.service.close()
    box.database.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(ArchiveError, match=r"appliance\.sqlite3: cannot be copied"):
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
    box.agents.write_text(f"{AGENTS}  # the bad ones\n")
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
    assert restored.secrets[0] == "ami_secret"


def test_a_restore_to_an_empty_box_says_which_models_are_missing(
    box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "own-state"))
    folder = box.settings().models / "some-model"
    folder.mkdir(parents=True)
    (folder / "installed.json").write_text(json.dumps({"files": {}}))
    backup = box.back_up()
    config = tmp_path / "new" / "appliance.yaml"
    restored = restore_backup(backup.path, config)
    assert restored.missing_models == ("some-model",)
    assert {each.kept for each in restored.files} == {None}
    assert box.calls(tmp_path / "own-state" / "appliance.sqlite3") == [1]
    assert restored.places == ("state_dir",)
    settings = read_settings(config)
    assert settings.agents_file == config.parent / "agents.yaml"
    assert "good" in settings.agents_file.read_text()
    assert settings.max_calls == 3


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


@pytest.mark.parametrize("key", ["state_dir", "models_dir", "agents_file", "tools_file"])
def test_a_backup_says_nothing_about_places(box: Box, tmp_path: Path, key: str) -> None:
    backup = box.back_up()
    box.service.close()
    victim = tmp_path / "etc" / "passwd"
    text = members(backup)
    lines = text["settings.yaml"].decode().splitlines()
    lines = [line for line in lines if not line.startswith(f"{key}:")] + [f"{key}: {victim}"]
    text["settings.yaml"] = "\n".join(lines).encode()
    restored = box.restore(rewrite(backup, text))
    assert not victim.parent.exists()
    assert {each.path for each in restored.files} == {box.config, box.agents, box.database}
    assert box.settings().state_dir == box.database.parent


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("settings.yaml", b"- no\n", "no YAML"),
        ("settings.yaml", b"max_calls: many\n", "max_calls"),
        ("files/agents_file", b"agents: {}\n", "files/agents_file"),
        ("files/agents_file", b"\xff\x00", "files/agents_file"),
        ("files/tools_file", b"tools: {}\n", "there is no place for it here"),
        ("files/http_tls_key", b"key", "there is no place for it here"),
        ("state/appliance.sqlite3", b"no database" * 500, "no database of the appliance"),
        ("state/other.sqlite3", b"", "there is no place for it here"),
        ("state/../escaped", b"", "outside the folder"),
        ("/absolute", b"", "outside the folder"),
    ],
)
def test_what_is_not_what_it_is_called_changes_nothing(
    box: Box, name: str, content: bytes, told: str
) -> None:
    backup = box.back_up()
    box.service.close()
    rewritten = rewrite(backup, {**members(backup), name: content})
    before = box.files()
    with pytest.raises(ArchiveError, match=told):
        box.restore(rewritten)
    assert box.files() == before


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON calls BEGIN DELETE FROM calls; END", "triggers"),
        ("CREATE VIEW v AS SELECT 1", "triggers or views"),
        ("UPDATE alembic_version SET version_num = '9999'", "update first"),
        ("DROP TABLE alembic_version", "no database of the appliance"),
    ],
)
def test_a_database_of_other_tables_is_refused(
    box: Box, tmp_path: Path, sql: str, told: str
) -> None:
    backup = box.back_up()
    box.service.close()
    other = tmp_path / "other"
    contents = members(backup)
    other.write_bytes(contents["state/appliance.sqlite3"])
    with closing(sqlite3.connect(other)) as database:
        database.execute(sql)
        database.commit()
    contents["state/appliance.sqlite3"] = other.read_bytes()
    with pytest.raises(ArchiveError, match=told):
        box.restore(rewrite(backup, contents))
    assert box.calls() == [1]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_a_backup_with_a_link_or_a_device_is_refused(box: Box, kind: bytes) -> None:
    backup = box.back_up()
    box.service.close()
    path = backup.path.with_name("linked.tar")
    with tarfile.open(backup.path) as old, tarfile.open(path, "w") as new:
        for member in old:
            file = old.extractfile(member)
            if member.name == "files/agents_file":
                member.type, member.linkname, member.size = kind, "/etc/shadow", 0
            new.addfile(member, file)
    with pytest.raises(ArchiveError, match="not a plain file"):
        box.restore(path)


def test_a_link_that_waits_where_a_file_is_unpacked_is_not_followed(
    box: Box, tmp_path: Path
) -> None:
    backup = box.back_up()
    box.service.close()
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (box.database.parent / ".restore.appliance.sqlite3").symlink_to(victim)
    box.restore(backup)
    assert victim.read_text() == "mine"
    assert not box.database.is_symlink()


def test_wrong_settings_of_this_host_are_told_before_anything_is_replaced(box: Box) -> None:
    backup = box.back_up()
    box.service.close()
    box.config.write_text("state_dir: /elsewhere\nprot: 1\n")
    with pytest.raises(ArchiveError, match=r"prot.*\n.*correct them, or move .* away"):
        box.restore(backup)


def test_a_signed_backup_is_taken_where_a_signature_is_wanted(box: Box, tmp_path: Path) -> None:
    signers = make_key(tmp_path / "key")
    settings = box.settings()
    folder = default_folder(settings)
    backup = create_backup(settings, box.config, folder, "box", key=tmp_path / "key")
    box.service.close()
    assert box.restore(backup, signers=signers).unchecked is False
    assert box.restore(backup).unchecked is True
    rewritten = rewrite(backup, members(backup), host="another")
    os.replace(rewritten, backup.path)  # whole in itself, and not what was signed
    with pytest.raises(ArchiveError, match="changed after it was signed; refused"):
        box.restore(backup, signers=signers)
    signature_of(backup.path).unlink()
    with pytest.raises(ArchiveError, match="not signed"):
        box.restore(backup, signers=signers)


def test_tokens_in_the_files_of_agents_and_tools_stay_out(box: Box) -> None:
    box.agents.write_text(
        "# all of them\nagents: {desk: {persona: Kind., greeting: Hello.,"
        " asr_url: 'http://u:hush@asr:1/x?key=hush'}}\n"
    )
    tools = box.config.with_name("tools.yaml")
    tools.write_text(
        "tools:\n  find:\n    description: Finds.\n    http:\n"
        "      url: http://crm/find?k=hush&customer={number}\n"
        "      headers: {X-Api-Key: hush, Accept: text/plain}\n"
    )
    with box.config.open("a") as file:
        file.write("tools_file: tools.yaml\n")
    backup = box.back_up()
    assert b"hush" not in backup.path.read_bytes()
    assert b"# all of them" in members(backup)["files/agents_file"]
    assert b"url: http://crm/find?customer={number}\n" in members(backup)["files/tools_file"]
    assert backup.manifest is not None
    assert "tools_file: tools.find.http.headers.X-Api-Key" in backup.manifest.secrets_left_out
    box.service.close()
    box.restore(backup)


def test_a_model_that_is_another_one_here_is_told(box: Box) -> None:
    folder = box.settings().models / "some-model"
    folder.mkdir(parents=True)
    (folder / "a.onnx").write_bytes(b"old")
    facts = {"size": 3, "sha256": hashlib.sha256(b"old").hexdigest()}
    (folder / "installed.json").write_text(json.dumps({"files": {"a.onnx": facts}}))
    backup = box.back_up()
    box.service.close()
    assert box.restore(backup).other_models == ()
    (folder / "a.onnx").write_bytes(b"new")
    assert box.restore(backup).other_models == ("some-model",)


def test_every_file_that_a_backup_packs_is_checked_when_it_comes_back() -> None:
    packed = {key for key in Settings.model_fields if key.endswith("_file")}
    assert packed == set(FILES_CHECKED)


def rewrite(backup: Backup, contents: dict[str, bytes], **header: str) -> Path:
    """The same backup with other contents, whole in itself."""
    from appliance.bundle.archive import write_archive

    assert backup.manifest is not None
    del contents["manifest.json"]
    path = backup.path.with_name("rewritten.tar")
    write_archive(path, backup.manifest.model_copy(update={**header, "files": {}}), contents)
    return path
