"""The settings of the service: one typed, frozen value, read once at start.

They come from one YAML file, overridden by the environment; secrets may also lie in a file each, as
systemd hands out credentials. What AVR has a variable for keeps AVR's name; every other setting is
``APPLIANCE_<NAME>``. Whatever nobody knows is an error, because a mistyped setting that is silently
ignored is found only when it is too late. A long file, because every setting stands here with its
meaning.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    SecretStr,
    ValidationError,
)

from appliance.config.document import explain, load, parse, suggestion
from appliance.config.url import HttpUrl, StsUrl
from appliance.errors import SettingsError

SYSTEM_CONFIG = Path("/etc/appliance/appliance.yaml")
SHIPPED_AGENTS = Path(__file__).parents[1] / "agents" / "receptionist.yaml"
CONFIG_VARIABLE = "APPLIANCE_CONFIG"
AVR_NAMES = {
    "port": "PORT",
    "http_port": "HTTP_PORT",
    "asr_url": "ASR_URL",
    "llm_url": "LLM_URL",
    "tts_url": "TTS_URL",
    "sts_url": "STS_URL",
    "openai_url": "OPENAI_BASEURL",
    "openai_model": "OPENAI_MODEL",
    "openai_api_key": "OPENAI_API_KEY",
    "system_message": "SYSTEM_MESSAGE",
    "system_prompt": "SYSTEM_PROMPT",
    "instructions_url": "OPENAI_URL_INSTRUCTIONS",
    "instructions_file": "OPENAI_FILE_INSTRUCTIONS",
    "interrupt_listening": "INTERRUPT_LISTENING",
    "ambient_noise_file": "AMBIENT_NOISE_FILE",
    "ambient_noise_level": "AMBIENT_NOISE_LEVEL",
    "webhook_url": "WEBHOOK_URL",
    "webhook_secret": "WEBHOOK_SECRET",
    "webhook_timeout_ms": "WEBHOOK_TIMEOUT",
    "webhook_retry": "WEBHOOK_RETRY",
    "agent_id": "AGENT_ID",
    "asr_delimiter": "ASR_DELIMITER",
    "stt_assume_rate_hz": "STT_ASSUME_RATE",
    "ami_host": "AMI_HOST",
    "ami_url": "AMI_URL",
    "ami_port": "AMI_PORT",
    "ami_user": "AMI_USERNAME",
    "ami_secret": "AMI_PASSWORD",
}
"""Settings that AVR has a variable for."""
ALIASES = {
    f"{provider}{kind}INSTRUCTIONS": setting
    for provider in ("OPENAI_", "GEMINI_", "XAI_")
    for kind, setting in (
        ("", "system_prompt"),
        ("URL_", "instructions_url"),
        ("FILE_", "instructions_file"),
    )
}
"""More names of AVR's for the same: its services differ in them."""

Port = Annotated[int, Field(ge=0, le=65535)]
Threads = Annotated[int, Field(ge=1, le=256)]
T = TypeVar("T")


def _parted(value: object) -> object:
    """A list from the environment: commas or spaces between its values."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


Listed = Annotated[tuple[T, ...], BeforeValidator(_parted)]

_CORES = os.cpu_count() or 1


def _unit(unit: str) -> dict[str, Any]:
    return {"unit": unit}


def _remote(what: str, whose: str) -> Any:
    return Field(
        None,
        description=f"{whose} for {what} of every agent that names none",
        json_schema_extra={"shown": "none"},
    )


def _secret(meaning: str) -> Any:
    return Field(SecretStr(""), description=meaning, json_schema_extra={"shown": "none"})


def _extra_port(service: str, avr: int) -> Any:
    return Field(
        None,
        description=f"a port of its own for {service}, besides `http_port` (AVR's is {avr})",
        json_schema_extra={"shown": "none"},
    )


class Settings(BaseModel):
    """What an administrator may choose for the whole service. Agents have a file of their own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", min_length=1, description="address AudioSocket listens on")
    port: Port = Field(5001, description="AudioSocket port; 0 takes any free one")
    http_host: str = Field("127.0.0.1", min_length=1, description="address HTTP listens on")
    http_port: Port = Field(6001, description="HTTP port; 0 takes any free one")
    http_names: Listed[str] = Field(
        (),
        description="names of this machine that clients use, besides its host name, `localhost` and"
        " its addresses; another one in a request is refused",
        json_schema_extra={"shown": "none"},
    )
    trusted_networks: Listed[IPvAnyNetwork] = Field(
        (),
        description="networks whose programs need no API key, besides this machine: a PBX's,"
        " `192.168.1.10/32`",
        json_schema_extra={"shown": "none"},
    )
    http_tls_certificate: Path | None = Field(
        None,
        description="certificate and its chain (PEM): HTTP is served by TLS alone, on every port;"
        " read again when it changes",
        json_schema_extra={"shown": "none"},
    )
    http_tls_key: Path | None = Field(
        None,
        description="its private key (PEM), without a passphrase",
        json_schema_extra={"shown": "in the certificate's file"},
    )
    state_dir: Path = Field(
        default_factory=lambda: default_state_dir(os.environ),
        description="where the service keeps what it writes",
        json_schema_extra={"shown": "`$STATE_DIRECTORY`, else `~/.local/state/appliance`"},
    )
    models_dir: Path | None = Field(
        None,
        description="where installed models lie",
        json_schema_extra={"shown": "`models` in state_dir"},
    )
    agents_file: Path = Field(
        SHIPPED_AGENTS,
        description="the agents and what they know",
        json_schema_extra={"shown": "the shipped receptionist"},
    )
    tools_file: Path | None = Field(
        None,
        description="what the site's own programs can do for callers",
        json_schema_extra={"shown": "none"},
    )
    small_models: bool = Field(
        False,
        description="true: agents that name no model get the small ones, for a box of 1 GB; they"
        " understand synthetic callers and hardly any person",
    )
    max_calls: int = Field(
        default_factory=lambda: max(4, 2 * _CORES),
        ge=1,
        le=1000,
        description="simultaneous calls; further ones are refused at once",
        json_schema_extra={"shown": "2 per core, at least 4", **_unit("calls")},
    )
    call_metadata_s: float = Field(
        60.0,
        gt=0,
        description="how long a POST /call waits for its AudioSocket",
        json_schema_extra=_unit("s"),
    )
    drain_s: float = Field(
        30.0,
        ge=0,
        description="how long running calls may go on after SIGTERM",
        json_schema_extra=_unit("s"),
    )
    keep_calls: int = Field(
        50,
        ge=0,
        le=10000,
        description="finished calls that GET /call/{uuid} still knows",
        json_schema_extra=_unit("calls"),
    )
    keep_words: bool = Field(
        False,
        description="true: their words are written to the disk too, not only times and outcomes",
    )
    asr_threads: Threads = Field(
        default_factory=lambda: _CORES,
        description="pieces of speech recognised at once",
        json_schema_extra={"shown": "cores", **_unit("threads")},
    )
    tts_threads: Threads = Field(
        default_factory=lambda: max(min(_CORES, 2), _CORES // 2),
        description="pieces of speech synthesised at once",
        json_schema_extra={"shown": "half the cores, 2 of two", **_unit("threads")},
    )
    llm_lanes: Threads = Field(
        default_factory=lambda: min(_CORES, 4),
        description="groups of conversations the language model works on at the same time",
        json_schema_extra={"shown": "cores, at most 4", **_unit("groups")},
    )
    llm_threads: Threads = Field(
        1,
        description="threads of each; more than 1 only for a model above 1B and spare cores",
        json_schema_extra=_unit("threads"),
    )
    llm_context_tokens: int = Field(
        2048,
        ge=256,
        le=131072,
        description="what one conversation may fill of the language model's memory",
        json_schema_extra=_unit("tokens"),
    )
    ami_host: str | None = Field(
        None,
        min_length=1,
        description="address of Asterisk's manager interface, for transfers behind a dialplan that"
        " does not ask `/call/{uuid}/next`; none: it is not used",
        json_schema_extra={"shown": "none"},
    )
    ami_url: HttpUrl | None = Field(
        None,
        description="AVR's program for the manager interface, where there is no ami_host",
        json_schema_extra={"shown": "none"},
    )
    ami_port: Port = Field(5038, description="its port")
    ami_user: str = Field("appliance", description="our account there")
    ami_secret: SecretStr = _secret("and its password")
    asr_url: HttpUrl | None = _remote("speech recognition", "an AVR ASR service")
    llm_url: HttpUrl | None = _remote("the language model", "an AVR LLM service")
    tts_url: HttpUrl | None = _remote("the voice", "an AVR TTS service")
    sts_url: StsUrl | None = _remote("whole conversations", "an AVR speech-to-speech service")
    openai_url: HttpUrl | None = _remote("the language model", "an OpenAI-compatible server")
    openai_model: str | None = Field(
        None, description="the model to ask for there", json_schema_extra={"shown": "none"}
    )
    openai_api_key: SecretStr = _secret("its key, where it wants one")
    remote_timeout_s: float = Field(
        10.0,
        gt=0,
        le=120,
        description="silence of a remote service after which it has failed",
        json_schema_extra=_unit("s"),
    )
    system_message: str | None = Field(
        None,
        min_length=1,
        description="greeting of the default agent, in place of its own",
        json_schema_extra={"shown": "none"},
    )
    system_prompt: str | None = Field(
        None,
        min_length=1,
        description="persona of the default agent, in place of its own",
        json_schema_extra={"shown": "none"},
    )
    instructions_file: Path | None = Field(
        None,
        description="the same as a file, when there is no system_prompt",
        json_schema_extra={"shown": "none"},
    )
    instructions_url: HttpUrl | None = Field(
        None,
        description="asked for the default agent's persona in every call (`X-AVR-UUID`; it answers"
        ' `{"system": "..."}` within a second, or the agent keeps its own)',
        json_schema_extra={"shown": "none"},
    )
    interrupt_listening: bool = Field(
        False, description="true: no agent listens while it speaks, so callers cannot interrupt"
    )
    ambient_noise_file: Path | None = Field(
        None,
        description="sound under the agents' voice: a WAV file, or raw 16-bit 8 kHz as AVR has it",
        json_schema_extra={"shown": "none"},
    )
    ambient_noise_level: float = Field(0.1, ge=0, le=1, description="and its gain, 0 to 1")
    webhook_url: HttpUrl | None = Field(
        None,
        description="who is told of calls and their words",
        json_schema_extra={"shown": "none"},
    )
    webhook_secret: SecretStr = _secret("sent to it as X-AVR-WEBHOOK-SECRET")
    webhook_timeout_ms: int = Field(
        3000,
        ge=100,
        le=60_000,
        description="how long one delivery may take",
        json_schema_extra=_unit("ms"),
    )
    webhook_retry: int = Field(
        5, ge=0, le=20, description="further attempts, ever longer apart, until it is set aside"
    )
    webhook_initiated_timeout_ms: int = Field(
        1000,
        ge=100,
        le=30_000,
        description="how long a POST /call waits for its answer, which may name an `sts_url`; less"
        " than the dialplan waits (the shipped one: 2 s)",
        json_schema_extra=_unit("ms"),
    )
    sts_hosts: Listed[str] = Field(
        (),
        description="hosts, `name` or `name:port`, that its answer to POST /call may name in an"
        " `sts_url`; another one is refused and the agent answers as it would",
        json_schema_extra={"shown": "those of the addresses in the settings and agents"},
    )
    webhook_errors: bool = Field(
        False, description="true: it is told of failures too, as `error`, which avr-app refuses"
    )
    agent_id: str = Field(
        "",
        description="sent to it as X-AVR-AGENT-ID",
        json_schema_extra={"shown": "the agent's name"},
    )
    asr_delimiter: str = Field(
        "\n",
        max_length=8,
        description="after each text of /speech-to-text-stream; the word `none`: nothing",
        json_schema_extra={"shown": "a line end"},
    )
    stt_assume_rate_hz: int | None = Field(
        None,
        ge=8000,
        le=48000,
        description="true rate of what /transcribe gets, whatever its header says",
        json_schema_extra={"shown": "none"},
    )
    asr_port: Port | None = _extra_port("the ASR service", 6010)
    llm_port: Port | None = _extra_port("the LLM service", 6002)
    tts_port: Port | None = _extra_port("the TTS service", 6012)
    sts_port: Port | None = _extra_port("the speech-to-speech service", 6030)
    ami_http_port: Port | None = _extra_port("the call control service", 6006)
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="debug, info, warning or error"
    )
    log_format: Literal["text", "json", "journal"] = Field(
        "text", description="text, json, or journal: fields for systemd's journal"
    )

    @property
    def local_url(self) -> str:
        """Where a program on this machine finds the service's HTTP interface."""
        everywhere = self.http_host in ("0.0.0.0", "::")
        scheme = "http" if self.http_tls_certificate is None else "https"
        return f"{scheme}://{'127.0.0.1' if everywhere else self.http_host}:{self.http_port}"

    @property
    def models(self) -> Path:
        """``models_dir``, or its place in the state directory."""
        return self.models_dir or self.state_dir / "models"


def read_settings(
    config: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    overrides: Mapping[str, object] | None = None,
) -> Settings:
    """The settings of a file, overridden by the environment, overridden by ``overrides`` (options).

    The file is ``config``, else ``$APPLIANCE_CONFIG``, else ``/etc/appliance/appliance.yaml`` when
    that exists. Relative paths in it are relative to the file. Raises SettingsError, one line per
    problem.
    """
    path = config_path(config, environ)
    values: dict[str, object] = {"state_dir": default_state_dir(environ)}
    if path is not None:
        document = load(path)
        parse(Settings, document, document.data)
        values |= {key: _beside(path, key, value) for key, value in document.data.items()}
    values |= _from_credentials(environ)
    values |= _from_environment(environ)
    values |= overrides or {}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError("\n".join(_environment_problems(error))) from error


def default_state_dir(environ: Mapping[str, str]) -> Path:
    """systemd's ``$STATE_DIRECTORY``, else ``appliance`` in the XDG state home."""
    if given := environ.get("STATE_DIRECTORY"):
        return Path(given.split(":")[0])
    home = environ.get("XDG_STATE_HOME") or Path(environ.get("HOME") or "/") / ".local" / "state"
    return Path(home) / "appliance"


def make_state_dirs(settings: Settings, *, models: bool = False) -> None:
    """Create the directories that are written into, with ``models`` the models' too (the service
    only reads them). Raises SettingsError when one cannot be."""
    wanted = {"state_dir": settings.state_dir}
    if models:
        wanted["models_dir"] = settings.models
    for name, path in wanted.items():
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"{name}: {path} cannot be made: {error.strerror}; set {env_name(name)} to a "
                "directory that this user may write"
            ) from error
        if not os.access(path, os.W_OK | os.X_OK):
            raise SettingsError(
                f"{name}: {path} is not writable for this user; run `chown` on it, or set "
                f"{env_name(name)} to another directory"
            )


def names_of_this_machine(settings: Settings) -> tuple[str, ...]:
    """By which clients may call it: ``http_names``, its host name, and that in the local domain."""
    own = socket.gethostname()
    return (*settings.http_names, settings.http_host, own, own.partition(".")[0] + ".local")


def secret_keys() -> list[str]:
    """The settings that are secrets."""
    return [key for key, field in Settings.model_fields.items() if field.annotation is SecretStr]


def path_keys() -> list[str]:
    """The settings that are places on this disk."""
    return [
        key
        for key, field in Settings.model_fields.items()
        if field.annotation in (Path, Path | None)
    ]


def env_name(key: str) -> str:
    """The environment variable that overrides a setting."""
    return AVR_NAMES.get(key, f"APPLIANCE_{key.upper()}")


def config_path(config: Path | None = None, environ: Mapping[str, str] = os.environ) -> Path | None:
    """The settings file that ``read_settings`` reads; None when there is none."""
    if config is not None:
        return config
    if given := environ.get(CONFIG_VARIABLE):
        return Path(given)
    return SYSTEM_CONFIG if SYSTEM_CONFIG.exists() else None


def _beside(path: Path, key: str, value: object) -> object:
    """Paths in a file are relative to that file, wherever the service was started."""
    is_path = key in path_keys() and isinstance(value, str)
    return path.parent / Path(str(value)).expanduser() if is_path else value


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    names = ALIASES | {env_name(key): key for key in Settings.model_fields}
    known = {*names, CONFIG_VARIABLE}
    wrong = sorted(n for n in environ if n.startswith("APPLIANCE_") and n not in known)
    if wrong:
        raise SettingsError(
            "\n".join(f"environment: {n}: unknown variable{_meant(n, known)}" for n in wrong)
        )
    return {key: environ[name] for name, key in names.items() if environ.get(name)}


def _from_credentials(environ: Mapping[str, str]) -> dict[str, object]:
    """Secrets that systemd hands out: files named like their settings in one directory."""
    directory = environ.get("CREDENTIALS_DIRECTORY")
    if not directory:
        return {}
    files = [(key, Path(directory) / key) for key in secret_keys()]
    return {key: path.read_text(encoding="utf-8").strip() for key, path in files if path.exists()}


def _meant(wrong: str, known: set[str]) -> str:
    """The nearest variable; ``APPLIANCE_PORT`` is near ``PORT``."""
    bare = wrong.removeprefix("APPLIANCE_")
    return f'; did you mean "{bare}"?' if bare in known else suggestion(wrong, known)


def _environment_problems(error: ValidationError) -> list[str]:
    found = []
    for item in error.errors():
        loc, text = explain(Settings, item)
        found.append(f"environment: {env_name(str(loc[0]))}: {text}")
    return found
