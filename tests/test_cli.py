"""The program as a person runs it: what it prints, where, and with which exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

LINES = Path(__file__).parent / "data/caller"


def appliance(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "appliance", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "COLUMNS": "80", **environ},
    )


def test_help_names_every_command() -> None:
    done = appliance("--help")
    assert done.returncode == 0
    for command in ("serve", "demo", "call", "say", "transcribe", "models", "bench", "doctor"):
        assert f" {command} " in done.stdout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, appliance.cli; "
        "print([m for m in ('numpy', 'pydantic', 'aiohttp', 'vosk', 'onnxruntime') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "command",
    [
        ("serve",),
        ("demo",),
        ("call",),
        ("say",),
        ("transcribe",),
        ("doctor",),
        ("models", "list"),
        ("models", "install"),
        ("models", "verify"),
        ("keys", "add"),
        ("keys", "list"),
        ("keys", "remove"),
        ("webhooks", "list"),
        ("webhooks", "retry"),
        ("webhooks", "drop"),
        ("bundle", "create"),
        ("bundle", "verify"),
        ("bundle", "inspect"),
        ("bundle", "key"),
        ("backup", "create"),
        ("backup", "list"),
        ("backup", "restore"),
        ("bench", "turns"),
        ("bench", "calls"),
        ("bench", "listening"),
        ("bench", "transport"),
        ("bench", "language-model"),
    ],
)
def test_every_help_text_has_an_example(command: tuple[str, ...]) -> None:
    done = appliance(*command, "--help")
    assert done.returncode == 0
    assert f"appliance {' '.join(command)}" in done.stdout.replace("python -m appliance", "")


def test_the_version_is_printed() -> None:
    assert appliance("--version").stdout.startswith("appliance 0.")


def test_hub_libraries_are_offline_before_anything_else() -> None:
    code = "import appliance.__main__, os; print(os.environ['HF_HUB_OFFLINE'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (("say", "hello"), 2, "--out"),
        (("nonsense",), 2, "nonsense"),
        (("call",), 2, "WAV"),
        (("transcribe", "/none.wav"), 1, "appliance: cannot read /none.wav"),
        (("transcribe", str(LINES / "hello.wav"), "--model", "vsk-demo-en"), 78, "vosk-demo-en"),
        (("serve", "--config", "/none.yaml"), 78, "appliance: /none.yaml: cannot be read"),
        (("models", "install", "nonsense"), 78, "there is no model called 'nonsense'"),
        (("call", str(LINES / "hello.wav"), "--port", "1"), 1, "nothing answers at 127.0.0.1:1"),
        (("call", str(LINES / "hello.wav"), "--barge-in", "2:1"), 78, "--barge-in 2:1"),
        (("call", "keys:xyz"), 78, "telephone keys"),
        (("bench", "turns", "--running", "here"), 2, "HOST:PORT:HTTP_PORT"),
        (("bench", "turns", "--running", "127.0.0.1:1:1"), 1, "is not ready"),
        (("bench", "listening", "/none"), 1, "/none: No such file or directory; name a folder"),
        (("bench", "listening", "--conditions", "nois"), 78, 'did you mean "noise"?'),
        (("bench", "listening", "--recognizer", "vsk-demo-en"), 78, "vosk-demo-en"),
        (("bench", "listening", "--page", "/dev/null/x"), 78, "--page /dev/null/x: /dev/null"),
        (("bench", "listening", "x", "--person"), 2, "FOLDER"),
        (("bench", "listening", "--running", "a:1:1", "--voice", "x"), 2, "leave out"),
    ],
)
def test_a_mistake_is_one_line_and_an_exit_status(
    arguments: tuple[str, ...], status: int, complaint: str
) -> None:
    done = appliance(*arguments)
    assert done.returncode == status
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr
    if status != 2:
        assert done.stderr.count("\n") == 1


def test_an_unknown_variable_is_a_wrong_setting() -> None:
    done = appliance("serve", APPLIANCE_PROT="1")
    assert done.returncode == 78
    assert done.stderr.startswith("appliance: environment: APPLIANCE_PROT: unknown variable")


def test_models_are_listed_for_people_and_for_programs() -> None:
    assert "vosk-demo-en" in appliance("models", "list").stdout
    rows = json.loads(appliance("models", "list", "--json").stdout)
    assert {"name": "vosk-demo-en", "installed": True}.items() <= rows[0].items()


def test_the_doctor_finds_the_missing_language_model(tmp_path: Path) -> None:
    done = appliance("doctor", "--json", APPLIANCE_STATE_DIR=str(tmp_path))
    found = {check["name"]: check for check in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found["model vosk-demo-en"]["ok"]
    assert not found["model smollm2-135m-instruct"]["ok"]
    table = appliance("doctor", APPLIANCE_STATE_DIR=str(tmp_path)).stdout
    assert "-> appliance models install" in table


def test_a_text_becomes_a_file_and_the_words_again(tmp_path: Path) -> None:
    wav = tmp_path / "opening.wav"
    said = appliance("say", "I would like to speak to a person, please.", "-o", str(wav))
    assert said.returncode == 0
    assert "s at 22050 Hz" in said.stdout
    heard = appliance("transcribe", str(wav))
    assert heard.stdout == "i would like to speak to a person please\n"


def test_a_caller_is_understood() -> None:
    for name, words in (("opening", "what time do you open"), ("name", "my name is david")):
        assert appliance("transcribe", str(LINES / f"{name}.wav")).stdout == f"{words}\n"


def test_a_bundle_is_not_made_without_a_model_that_its_boxes_need(tmp_path: Path) -> None:
    agents = tmp_path / "agents.yaml"
    agents.write_text(
        "agents:\n  a: {persona: P., greeting: G., openai_url: 'http://127.0.0.1:1'}\n"
    )
    done = appliance(
        *("bundle", "create", "--out", str(tmp_path / "b.tar")),
        APPLIANCE_STATE_DIR=str(tmp_path),
        APPLIANCE_AGENTS_FILE=str(agents),
    )
    assert done.returncode == 78
    assert "not installed; fetch it: appliance models install faster-whisper-base" in done.stderr
    assert not (tmp_path / "b.tar").exists()


def test_a_key_is_shown_once_and_listed_without_its_secret(tmp_path: Path) -> None:
    home = {"STATE_DIRECTORY": str(tmp_path)}
    made = appliance("keys", "add", "pbx", "--scope", "services", "--scope", "control", **home)
    assert made.returncode == 0
    secret = made.stdout.strip()
    assert secret.startswith("appl_")
    listed = appliance("keys", "list", **home)
    assert "pbx  control services  20" in listed.stdout
    assert secret not in listed.stdout
    wrong = appliance("keys", "add", "other", "--scope", "raed", **home)
    assert wrong.returncode == 2
    assert "it is one of control, services, read, metrics" in " ".join(wrong.stderr.split())
    again = appliance("keys", "add", "pbx", "--scope", "read", **home)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith("appliance: there is a key 'pbx'; `appliance keys remove pbx`")
    assert appliance("keys", "remove", "pbx", **home).returncode == 0
    assert json.loads(appliance("keys", "list", "--json", **home).stdout) == []
    gone = appliance("keys", "remove", "pbx", **home)
    assert (gone.returncode, gone.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20"])
def test_a_door_open_to_other_machines_needs_a_key_or_a_trusted_network(
    tmp_path: Path, host: str
) -> None:
    done = appliance("serve", STATE_DIRECTORY=str(tmp_path), APPLIANCE_HTTP_HOST=host)
    assert (done.returncode, done.stdout) == (78, "")
    (line,) = [each for each in done.stderr.splitlines() if each.startswith("appliance:")]
    assert line.startswith(f"appliance: http_host: {host} is open to other machines")
    assert "appliance keys add NAME --scope services" in line
    assert "APPLIANCE_TRUSTED_NETWORKS" in line
