"""The JSON that comes and goes, as models: requests are checked by them, OpenAPI shows them.

Keys that nobody knows are let pass, as every AVR connector does; a key of the wrong type is not.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

UUID_PATTERN: Final = "^" + "-".join(f"[0-9a-fA-F]{{{n}}}" for n in (8, 4, 4, 4, 12)) + "$"
TEXT_CHARACTERS: Final = 5000
"""Of one text to speak: six minutes of speech."""
MOST_MESSAGES: Final = 500

Said = Annotated[str, Field(pattern=r"\S", max_length=TEXT_CHARACTERS)]
_WANTS_USER: Final[dict[str, Any]] = {
    "contains": {
        "type": "object",
        "required": ["role", "content"],
        "properties": {
            "role": {"const": "user"},
            "content": {"type": "string", "pattern": r"\S"},
        },
    }
}


def checked_uuid(value: object) -> str:
    """The UUID in its textual form with dashes, the only one Asterisk takes for AudioSocket.

    Raises ValueError, in words for whoever wrote the dialplan.
    """
    if isinstance(value, str) and re.fullmatch(UUID_PATTERN, value):
        return value
    raise ValueError('"uuid" must look like 1b4e28ba-2fa1-11d2-883f-0016d3cca427')


class _Strict(BaseModel):
    """A number is no text, and the other way round."""

    model_config = ConfigDict(strict=True, frozen=True)


class Announcing(_Strict):
    """What a dialplan knows about a caller before their sound arrives."""

    uuid: Annotated[str, BeforeValidator(checked_uuid)] = Field(
        description="of the AudioSocket that will follow",
        json_schema_extra={"pattern": UUID_PATTERN},
    )
    payload: dict[str, Any] = Field(
        default_factory=dict, description="any keys; `from` and `to` by convention"
    )


class AnnouncedReply(BaseModel):
    """AVR's reply: where the conversation will be held."""

    sts_url: str | None = Field(description="a speech-to-speech service, or null for this one")
    override: bool = Field(description="whether a webhook chose it")


class CallShown(BaseModel):
    """The record of a call."""

    model_config = ConfigDict(extra="allow")

    uuid: str


class NextShown(BaseModel):
    """What a dialplan shall do with a call that has left AudioSocket."""

    model_config = ConfigDict(extra="allow")

    action: str


class Health(BaseModel):
    """Alive."""

    status: Literal["ok"]


class Ready(BaseModel):
    """Whether another call would be answered now."""

    ready: bool
    calls_active: int
    calls_max: int
    reason: str | None = Field(description="why not: starting, full, draining, engine_failed")
    faults: list[str] = Field(
        description="what is wrong and refuses no call: a disk that is full or takes nothing"
    )


class Prompt(_Strict):
    """A caller's words, with all that was said before or with the call's uuid to remember it by."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": [key], "properties": {key: {"type": kind}}}
                for key, kind in (
                    ("messages", "array"),
                    ("message", "string"),
                    ("prompt", "string"),
                )
            ]
        }
    )

    messages: list[Any] = Field(
        default_factory=list,
        max_length=MOST_MESSAGES,
        description="the conversation, `{role, content}` each; the last user message is answered."
        " Unknown roles and content that is no text are passed over",
        json_schema_extra=_WANTS_USER,
    )
    message: Said | None = Field(None, description="the caller's latest words alone")
    prompt: Said | None = Field(None, description="the same by another name")
    uuid: str | None = Field(
        None, max_length=100, description="of the call; what is said in it is remembered"
    )

    @model_validator(mode="after")
    def _holds_words(self) -> Prompt:
        if not self.messages and self.message is None and self.prompt is None:
            raise ValueError("Messages is required")
        return self


class TextToSpeak(_Strict):
    """Words for the voice."""

    text: Said = Field(description="what to say")
    voice: str | None = Field(
        None, description="a voice of the site's agents; any other is passed over"
    )


class Transcription(BaseModel):
    """The words of a recording."""

    transcription: str = Field(description="empty when nothing was heard")
