"""What could keep the appliance from working on this machine, and the command that mends it.

Each check is a small function that looks and never changes anything.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from appliance.access.certificate import load, problem
from appliance.asterisk.manager import secret_in_clear
from appliance.config.agent_defaults import WORDS, own_model, site_agents
from appliance.config.agents_file import Agents
from appliance.config.settings import Settings, env_name, read_settings
from appliance.errors import ApplianceError
from appliance.operations.check import Check
from appliance.operations.disk_checks import check_database, check_room, check_state_dir
from appliance.operations.own_service import QUICK_S, appliance_answers
from appliance.operations.selftest import Plan, selftest
from appliance.weights.catalogue import load_catalogue
from appliance.weights.defaults import RECOGNIZER
from appliance.weights.place import locate

OLDEST_PYTHON: Final = (3, 11)
PACKAGES: Final = ("aiohttp", "faster_whisper", "llama_cpp", "onnxruntime", "piper", "soxr", "vosk")
BASE_MB: Final = 1150
SMALL_BASE_MB: Final = 700
"""Resident memory with the appliance's own models loaded, or the small ones, and no call."""
CALL_MB: Final = 50
"""More for each call: its language model's context and its recogniser."""
CALLS_PER_CORE: Final = 4
"""More talking at once than this and answers get slow; a core does about two comfortably."""


def examine(config: Path | None) -> list[Check]:
    """All checks, in the order in which a person would mend them."""
    checks = [check_python(), check_packages()]
    try:
        settings = read_settings(config)
    except ApplianceError as error:
        return [*checks, Check("settings", False, error.message, "correct that line")]
    checks.append(Check("settings", True, "all known, all in range"))
    try:
        agents = site_agents(settings)
    except ApplianceError as error:
        checks.append(Check("agents", False, error.message, "correct that line"))
    else:
        names = ", ".join(agents.by_name)
        checks += [Check("agents", True, f"{names} ({settings.agents_file})")]
        checks += check_models(settings, agents)
    rest: tuple[Callable[[Settings], Check], ...] = (
        check_state_dir,
        check_room,
        check_database,
        check_port,
        check_http_port,
        check_certificate,
        check_manager,
        check_memory,
        check_cores,
    )
    return [*checks, *(check(settings) for check in rest), check_asterisk()]


def check_call(config: Path | None) -> list[Check]:
    """What a real call through this machine's Asterisk shows; takes about 20 seconds.

    Raises SettingsError.
    """
    plan = Plan(url=read_settings(config).local_url)
    try:
        steps = asyncio.run(selftest(plan, lambda step: None))
    except ApplianceError as error:
        return [Check("call", False, error.message, "appliance selftest")]
    return [
        Check(f"call: {step.name}", step.ok, step.detail, "" if step.ok else "appliance selftest")
        for step in steps
    ]


def check_python() -> Check:
    """The interpreter's version."""
    found = ".".join(str(part) for part in sys.version_info[:3])
    wanted = ".".join(str(part) for part in OLDEST_PYTHON)
    ok = sys.version_info[:2] >= OLDEST_PYTHON
    return Check("python", ok, found, "" if ok else f"install Python {wanted} or newer")


def check_packages(packages: tuple[str, ...] = PACKAGES) -> Check:
    """Whether the engines' libraries are there; they are not imported."""
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        return Check("packages", False, f"missing: {', '.join(missing)}", "make setup")
    return Check("packages", True, f"{len(packages)} libraries found")


def check_models(settings: Settings, agents: Agents) -> list[Check]:
    """Every model that an agent names: installed, of the right kind, files whole at a quick
    look; and the appliance's own ones that small models stand in for."""
    there = [_check_model(name, settings.models) for name in agents.models()]
    return [*there, *(_missing(name, taken) for name, taken in agents.stand_ins.items())]


def _missing(name: str, taken: str) -> Check:
    mend = f"appliance models install {name}"
    if taken == WORDS:
        return Check(f"model {name}", False, "not installed; questions are hardly understood", mend)
    detail = f"not installed; the small {taken} stands in and is no good for people"
    mend += f", or set {env_name('small_models')}=true if it is meant"
    return Check(f"model {name}", False, detail, mend)


def _check_model(name: str, models_dir: Path) -> Check:
    catalogue = load_catalogue()
    try:
        located = locate(name, models_dir, catalogue)
    except ApplianceError as error:
        known = name in catalogue
        mend = f"appliance models install {name}" if known else "name another one in the agent"
        return Check(f"model {name}", False, error.message, mend)
    return Check(f"model {name}", True, f"{located.kind}, {located.path}")


def check_port(settings: Settings) -> Check:
    """The AudioSocket port: free, or ours."""
    return _check_port("AudioSocket port", settings.host, settings.port, "port", settings)


def check_http_port(settings: Settings) -> Check:
    """The HTTP port: free, or ours."""
    return _check_port("HTTP port", settings.http_host, settings.http_port, "http_port", settings)


def _check_port(name: str, host: str, port: int, key: str, settings: Settings) -> Check:
    try:
        with socket.create_server((host, port)):
            return Check(name, True, f"{host}:{port} is free")
    except OSError as error:
        if appliance_answers(settings.http_host, settings.http_port):
            return Check(name, True, f"{host}:{port}: the appliance is running")
        detail = f"{host}:{port}: {error.strerror}"
        return Check(
            name, False, detail, f"set {env_name(key)}, or see: ss -ltnp 'sport = :{port}'"
        )


def check_certificate(settings: Settings) -> Check:
    """The certificate of HTTP: there, of its key, valid for a while."""
    path = settings.http_tls_certificate
    if path is None:
        return Check("certificate", True, "none: HTTP is served without TLS")
    try:
        load(path, settings.http_tls_key)
        wrong = problem(path)
    except ApplianceError as error:
        return Check("certificate", False, error.message, "put the right files there")
    mend = "put a new one there; it is read without a restart" if wrong else ""
    return Check("certificate", not wrong, wrong or f"{path}: valid", mend)


def check_manager(settings: Settings) -> Check:
    """Whether the password for Asterisk's manager interface stays on this machine."""
    if settings.ami_host is None:
        return Check("manager interface", True, "not used")
    told = secret_in_clear(settings)
    return Check("manager interface", True, told or f"{settings.ami_host}: this machine")


def check_memory(settings: Settings) -> Check:
    """Memory for all calls at once."""
    have_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    small = own_model(RECOGNIZER, settings) != RECOGNIZER
    need_mb = (SMALL_BASE_MB if small else BASE_MB) + CALL_MB * settings.max_calls
    ok = have_mb >= need_mb
    mend = f"set {env_name('max_calls')} lower, or {env_name('small_models')}=true"
    which = "small" if small else "the appliance's own"
    detail = f"{have_mb} MB; about {need_mb} MB for {settings.max_calls} calls with {which} models"
    return Check("memory", ok, detail, "" if ok else mend)


def check_cores(settings: Settings) -> Check:
    """Cores for all calls at once."""
    cores = len(os.sched_getaffinity(0))
    ok = settings.max_calls <= CALLS_PER_CORE * cores
    mend = "" if ok else f"set {env_name('max_calls')} to {CALLS_PER_CORE * cores} or less"
    return Check("cores", ok, f"{cores} for at most {settings.max_calls} calls", mend)


def check_asterisk() -> Check:
    """Whether an Asterisk here can speak AudioSocket. Never wrong: it may run on another
    machine."""
    asterisk = shutil.which("asterisk")
    if asterisk is None:
        return Check("asterisk", True, "not on this machine (it may be on another)")
    try:
        reply = subprocess.run(
            [asterisk, "-rx", "module show like audiosocket"],
            capture_output=True,
            text=True,
            timeout=QUICK_S,
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return Check("asterisk", True, "installed, and did not answer this user")
    if "app_audiosocket" in reply:
        return Check("asterisk", True, "app_audiosocket is loaded")
    return Check("asterisk", True, "installed; no AudioSocket module is loaded in a running one")
