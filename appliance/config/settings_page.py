"""The settings as Markdown, grouped as an administrator looks for them: ``docs/settings.md`` holds
these tables, and a test compares them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from appliance.config.settings import ALIASES, AVR_NAMES, Settings, env_name

THEMES: Final = {
    "Addresses and access": (
        "host",
        "port",
        "http_host",
        "http_port",
        "http_names",
        "trusted_networks",
        "http_tls_certificate",
        "http_tls_key",
    ),
    "Files": ("state_dir", "models_dir", "agents_file", "tools_file"),
    "Calls": ("max_calls", "call_metadata_s", "drain_s", "keep_calls", "keep_words"),
    "Engines": (
        "small_models",
        "asr_threads",
        "tts_threads",
        "llm_lanes",
        "llm_threads",
        "llm_context_tokens",
    ),
    "What every agent gets, or the default one": (
        "system_message",
        "system_prompt",
        "instructions_file",
        "instructions_url",
        "interrupt_listening",
        "ambient_noise_file",
        "ambient_noise_level",
    ),
    "Services elsewhere in place of engines": (
        "asr_url",
        "llm_url",
        "tts_url",
        "sts_url",
        "openai_url",
        "openai_model",
        "openai_api_key",
        "remote_timeout_s",
    ),
    "Services offered to others": (
        "asr_delimiter",
        "stt_assume_rate_hz",
        "asr_port",
        "llm_port",
        "tts_port",
        "sts_port",
        "ami_http_port",
    ),
    "Asterisk's manager interface": ("ami_host", "ami_url", "ami_port", "ami_user", "ami_secret"),
    "Webhooks": (
        "webhook_url",
        "webhook_secret",
        "webhook_timeout_ms",
        "webhook_retry",
        "webhook_initiated_timeout_ms",
        "sts_hosts",
        "webhook_errors",
        "agent_id",
    ),
    "Logs": ("log_level", "log_format"),
}
"""Every setting, once. Within a theme the order is that of reading: "its port" follows its host."""


def settings_table() -> str:
    """All settings, one Markdown table for each theme."""
    return "\n".join(
        f"### {theme}\n\n| setting | environment | default | meaning |\n|---|---|---|---|\n"
        + _rows(keys)
        for theme, keys in THEMES.items()
    )


def avr_names_table() -> str:
    """The variables of AVR that are read, and the setting that each of them is."""
    names = {variable: key for key, variable in AVR_NAMES.items()} | ALIASES
    rows = [f"| `{variable}` | `{key}` |\n" for variable, key in sorted(names.items())]
    return "| AVR's variable | setting |\n|---|---|\n" + "".join(rows)


def _rows(keys: Iterable[str]) -> str:
    return "".join(_row(key) for key in keys)


def _row(key: str) -> str:
    field = Settings.model_fields[key]
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    shown = str(extra.get("shown", f"`{str(field.default).lower()}`"))
    if "unit" in extra and "shown" not in extra:
        shown += f" {extra['unit']}"
    return f"| `{key}` | `{env_name(key)}` | {shown} | {field.description} |\n"
