"""Each check on things that are made right or wrong here."""

from __future__ import annotations

import asyncio
import resource
import socket
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from appliance.access.certificate import load
from appliance.caller.service_client import service_client
from appliance.config.agent_defaults import site_agents
from appliance.config.settings import Settings
from appliance.http.server import start_http
from appliance.operations.disk_checks import check_database, check_room, check_state_dir
from appliance.operations.doctor import (
    check_asterisk,
    check_call,
    check_certificate,
    check_cores,
    check_manager,
    check_memory,
    check_models,
    check_packages,
    check_port,
    check_python,
    examine,
)
from appliance.operations.own_service import appliance_answers
from tests.fakes.certificates import make_certificate

pytestmark = pytest.mark.unit


def test_the_interpreter_and_the_packages_are_looked_for() -> None:
    assert check_python().ok
    assert check_packages(("json",)).ok
    missing = check_packages(("json", "no_such_library"))
    assert not missing.ok
    assert "no_such_library" in missing.detail
    assert missing.mend == "make setup"


def test_a_call_that_cannot_be_placed_is_told_with_the_command_that_says_more(
    tmp_path: Path,
) -> None:
    config = tmp_path / "appliance.yaml"
    config.write_text("http_port: 1\n")
    [check] = check_call(config)
    assert (check.name, check.ok, check.mend) == ("call", False, "appliance selftest")
    assert "127.0.0.1:1" in check.detail


def test_a_wrong_setting_ends_the_list_with_its_line(tmp_path: Path) -> None:
    config = tmp_path / "appliance.yaml"
    config.write_text("prot: 5001\n")
    last = examine(config)[-1]
    assert (last.name, last.ok) == ("settings", False)
    assert "appliance.yaml:1" in last.detail


def test_a_wrong_agents_file_is_told_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    agents = tmp_path / "agents.yaml"
    agents.write_text("agents: {}\n")
    config = tmp_path / "appliance.yaml"
    config.write_text("agents_file: agents.yaml\n")
    found = {check.name: check for check in examine(config)}
    assert not found["agents"].ok
    assert "disk" in found


def test_a_model_that_is_not_installed_names_the_command(tmp_path: Path) -> None:
    settings = Settings(models_dir=tmp_path)
    found = {c.name: c for c in check_models(settings, site_agents(settings))}
    assert found["model vosk-demo-en"].ok
    language_model = found["model smollm2-135m-instruct"]
    assert not language_model.ok
    assert language_model.mend == "appliance models install smollm2-135m-instruct"


def test_a_missing_model_of_ones_own_is_no_matter_of_installing(tmp_path: Path) -> None:
    settings = Settings(models_dir=tmp_path)
    agents = site_agents(settings)
    agent = agents.default.model_copy(update={"recognizer": "/media/none"})
    found = check_models(settings, replace(agents, by_name={agent.name: agent}))
    own = next(check for check in found if check.name == "model /media/none")
    assert not own.ok
    assert "/media/none: there is no such file or folder" in own.detail
    assert own.mend == "name another one in the agent"


def test_small_models_that_nobody_asked_for_are_told(tmp_path: Path) -> None:
    settings = Settings(models_dir=tmp_path)
    found = {c.name: c for c in check_models(settings, site_agents(settings))}
    missing = found["model faster-whisper-base"]
    assert not missing.ok
    assert "the small vosk-demo-en stands in" in missing.detail
    assert missing.mend.startswith("appliance models install faster-whisper-base, or set APPLIANCE")
    meant = settings.model_copy(update={"small_models": True})
    assert len(check_models(meant, site_agents(meant))) == 3


def test_a_state_directory_that_is_yet_to_be_made_is_fine(tmp_path: Path) -> None:
    found = check_state_dir(Settings(state_dir=tmp_path / "a" / "b"))
    assert found.ok
    assert "will be made" in found.detail
    assert check_room(Settings(state_dir=tmp_path / "a")).name == "disk"


def test_a_port_that_somebody_else_has_is_wrong() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = check_port(Settings(port=port, http_port=1))
    assert not found.ok
    assert found.mend.startswith("set PORT")


def test_more_calls_than_the_machine_can_hold_are_told() -> None:
    found = check_memory(Settings(max_calls=1000)), check_cores(Settings(max_calls=1000))
    assert not found[1].ok
    assert "APPLIANCE_MAX_CALLS" in found[1].mend
    assert check_cores(Settings(max_calls=1)).ok


def test_a_machine_without_asterisk_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert check_asterisk().ok


def test_the_certificate_is_looked_at(tmp_path: Path) -> None:
    good = make_certificate(tmp_path / "good")
    old = make_certificate(tmp_path / "old", ends="20210101000000Z")
    assert check_certificate(Settings()).ok
    assert check_certificate(
        Settings(http_tls_certificate=good.certificate, http_tls_key=good.key)
    ).ok
    expired = check_certificate(
        Settings(http_tls_certificate=old.certificate, http_tls_key=old.key)
    )
    assert not expired.ok
    assert "expired on 2021-01-01" in expired.detail
    assert expired.mend
    mixed = check_certificate(Settings(http_tls_certificate=good.certificate, http_tls_key=old.key))
    assert not mixed.ok
    assert "the key of another certificate" in mixed.detail


@pytest.mark.parametrize(
    ("host", "told"),
    [
        (None, "not used"),
        ("127.0.0.1", "this machine"),
        ("::1", "this machine"),
        ("localhost", "this machine"),
        ("192.168.1.10", "in clear"),
        ("pbx.example", "in clear"),
        ("127.0.0.1.evil.example", "in clear"),
    ],
)
def test_a_password_that_leaves_this_machine_is_told(host: str | None, told: str) -> None:
    check = check_manager(Settings(ami_host=host))
    assert check.ok
    assert told in check.detail


def answering(body: object) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response(body)

    return answer


async def test_an_appliance_is_recognised_by_tls_too(tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    app = web.Application()
    app.router.add_get("/health", answering({"status": "ok"}))
    app.router.add_get("/ready", answering({"ready": True}))
    context = load(made.certificate, made.key)
    server = await start_http(app, "127.0.0.1", 0, tls=context)
    assert await asyncio.to_thread(appliance_answers, "127.0.0.1", server.port)
    async with service_client(f"https://127.0.0.1:{server.port}") as service:
        assert await service.readiness() == {"ready": True}
    await server.close()


@contextmanager
def no_file_grows() -> Iterator[None]:
    """As on a full disk: for this process, no file takes a byte more."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_state_directory_that_takes_no_bytes_is_told(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    assert check_state_dir(settings).ok
    with no_file_grows():
        check = check_state_dir(settings)
    assert not check.ok
    assert f"{tmp_path} takes no file: File too large" in check.detail
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_that_takes_no_file_is_told() -> None:
    check = check_state_dir(Settings(state_dir=Path("/proc")))
    assert not check.ok
    assert "APPLIANCE_STATE_DIR" in check.mend


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path, http_port=1)
    assert check_database(settings).ok
    (tmp_path / "appliance.sqlite3").write_bytes(b"no database" * 500)
    check = check_database(settings)
    assert not check.ok
    assert check.mend == "put back a backup: appliance backup restore FILE"


async def test_what_the_running_service_says_of_its_disk_is_told(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "appliance.sqlite3").close()
    app = web.Application()
    app.router.add_get("/ready", answering({"ready": True, "faults": ["the disk is full"]}))
    server = await start_http(app, "127.0.0.1", 0)
    settings = Settings(state_dir=tmp_path, http_port=server.port)
    check = await asyncio.to_thread(check_database, settings)
    await server.close()
    assert (check.ok, check.detail) == (False, "the disk is full")
