"""AVR's speech-to-speech messages: one JSON object with a ``type`` in each text message. Sans-IO.

What both sides send overlaps, so one parser serves both. It is strict about what is used and
tolerant of the rest: an unknown type is ``Other``, and unknown fields are nothing.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from uuid import UUID

from appliance.audiosocket.protocol import DIGITS, Digit
from appliance.errors import ProtocolError

Role = Literal["user", "agent"]
WISHES: Final = ("agent", "voice", "language", "instructions", "greeting")
"""Keys of ``provider_config`` that mean something here."""
MOST_CHARACTERS: Final = 4000
"""Of one wish, transcript or error; longer transcripts and errors are cut."""

_ROLES: Final[Mapping[object, Role]] = {"user": "user", "agent": "agent", "assistant": "agent"}


@dataclass(frozen=True, slots=True)
class Init:
    """The first message: which call it is, and who shall answer."""

    uuid: UUID
    provider_config: Mapping[str, str] = field(default_factory=dict)
    """Of ``provider_config``; a subset of WISHES."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Sound of either side."""

    data: bytes
    """Signed 16-bit little-endian mono at 8 kHz; any length, so a sample may be cut in two."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """The caller spoke: the agent's sound that was not played yet is void."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that were said."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something went wrong on the sender's side."""

    message: str


@dataclass(frozen=True, slots=True)
class Other:
    """A message that means nothing here (``tool_result``, ``tool_invocation``, ...)."""

    type: str


Message = Init | Sound | Digit | Interruption | Spoken | Fault | Other


def parse(text: str | bytes) -> Message:
    """The message in ``text``. Raises ProtocolError (``bad_json``, ``bad_message``)."""
    body = _object(text)
    kind = body.get("type")
    match kind:
        case "init":
            return Init(_uuid(body.get("uuid")), _provider_config(body.get("provider_config")))
        case "audio":
            return Sound(_sound(body.get("audio")))
        case "dtmf_digit":
            return _digit(body.get("digit"))
        case "interruption":
            return Interruption()
        case "transcript":
            return _spoken(body)
        case "error":
            message = body.get("message")
            return Fault(message[:MOST_CHARACTERS] if isinstance(message, str) else "no reason")
        case str():
            return Other(kind)
    raise ProtocolError('a message has no "type"', code="bad_message")


def encode(message: Message) -> str:
    """``message`` as JSON text, of the same form as ``parse`` reads."""
    match message:
        case Sound():
            return '{"type":"audio","audio":"' + base64.b64encode(message.data).decode() + '"}'
        case Init():
            config = (
                {"provider_config": dict(message.provider_config)}
                if message.provider_config
                else {}
            )
            body = {"type": "init", "uuid": str(message.uuid), **config}
        case Digit():
            body = {"type": "dtmf_digit", "digit": message.digit}
        case Interruption():
            body = {"type": "interruption"}
        case Spoken():
            body = {"type": "transcript", "role": message.role, "text": message.text}
        case Fault():
            body = {"type": "error", "message": message.message}
        case Other():
            body = {"type": message.type}
    return json.dumps(body, ensure_ascii=False)


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except RecursionError as error:
        raise ProtocolError("a message is nested too deeply", code="bad_json") from error
    except ValueError as error:  # JSONDecodeError and UnicodeDecodeError among them
        raise ProtocolError("a message is not JSON", code="bad_json") from error
    if not isinstance(body, dict):
        raise ProtocolError("a message is not a JSON object", code="bad_message")
    return body


def _uuid(value: object) -> UUID:
    try:
        return UUID(value if isinstance(value, str) else "")
    except ValueError as error:
        raise ProtocolError('"uuid" of init must be a UUID', code="bad_message") from error


def _provider_config(config: object) -> dict[str, str]:
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise ProtocolError('"provider_config" must be an object', code="bad_message")
    provider_config = {key: config[key] for key in WISHES if config.get(key) not in (None, "")}
    for key, value in provider_config.items():
        if not isinstance(value, str) or len(value) > MOST_CHARACTERS:
            raise ProtocolError(
                f'"{key}" of provider_config must be text of at most {MOST_CHARACTERS} characters',
                code="bad_message",
            )
        if not value.isprintable() and any("\ud800" <= char <= "\udfff" for char in value):
            raise ProtocolError(
                f'"{key}" of provider_config holds half a character (a lone surrogate)',
                code="bad_message",
            )
    return provider_config


def _sound(value: object) -> bytes:
    """Standard or URL-safe base64; the padding may be missing, as some encoders leave it out."""
    if not isinstance(value, str):
        raise ProtocolError('"audio" must be base64 text', code="bad_message")
    padded = value + "=" * (-len(value) % 4)
    try:
        return base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProtocolError('"audio" is not base64', code="bad_message") from error


def _digit(value: object) -> Digit:
    digit = str(value).upper() if isinstance(value, str | int) else ""
    if len(digit) != 1 or digit not in DIGITS:
        raise ProtocolError('"digit" must be one of 0-9, *, #, A-D', code="bad_message")
    return Digit(digit)


def _spoken(body: Mapping[str, Any]) -> Spoken:
    role, text = _ROLES.get(str(body.get("role"))), body.get("text")
    if role is None or not isinstance(text, str):
        raise ProtocolError('a transcript needs "role" and "text"', code="bad_message")
    return Spoken(role, text[:MOST_CHARACTERS])
