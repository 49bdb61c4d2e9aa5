"""The exception tree.

ApplianceError                  internal_error         base of all; one line for a person
├── SettingsError               settings_invalid       at start: exit status 78 (EX_CONFIG)
│   ├── WeightsError            weights_invalid        a model file: path, and what mends it
│   ├── ArchiveError            archive_invalid        a bundle or a backup
│   └── StoreError              store_invalid          the database cannot be used
├── StoreFault                  store_failed           the database failed while the service runs
├── ProtocolError               protocol_error         the peer broke AudioSocket's rules
├── AudioFileError              audio_file_invalid     a sound file: its name
├── EngineError                 engine_failed          an engine failed: its name
│   ├── RecognizerError         recognizer_failed
│   ├── LanguageModelError      language_model_failed
│   ├── SynthesizerError        synthesizer_failed
│   ├── RemoteError             remote_failed          a service in the place of an engine
│   ├── EngineTimeout           engine_timeout         it did not answer in time
│   └── EngineBusy              engine_busy            its queue or its room for calls is full
├── AccessRefused           access_refused         access/gate.py: host, origin, key
├── CallRefused                 call_refused           full, draining, a UUID in use
├── ToolError                   tool_failed            tools/tool.py
├── AmiError                    ami_failed             asterisk/ami.py
│   ├── NoManager               manager_missing
│   └── NoSuchChannel           call_unknown
└── RequestError                bad_request            http/errors.py: the client is told a status
    ├── BadRequest              bad_request
    ├── CallUnknown             call_unknown
    ├── AgentUnknown            agent_unknown
    ├── BodyTooLarge            body_too_large
    ├── BodyTimeout             body_timeout
    ├── NotJson                 json_wanted
    ├── _Unreachable            ami_failed             http/control.py
    ├── _NotConfigured          manager_missing
    └── _NotFound               call_unknown

``code`` is a stable string, the same in logs, HTTP bodies and metric labels. Foreign exceptions are
mapped to these at one boundary per engine, with ``from``. ``asyncio.CancelledError`` is not an
ApplianceError and is never swallowed.
"""

from __future__ import annotations


class ApplianceError(Exception):
    """Base of all errors the appliance raises on purpose; ``str()`` is one line for a person."""

    code = "internal_error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class SettingsError(ApplianceError):
    """A setting, a file of settings or an option is wrong; the message says where and how to mend
    it."""

    code = "settings_invalid"


class WeightsError(SettingsError):
    """A model file is missing or broken; the message names the path and the command that mends
    it."""

    code = "weights_invalid"


class ArchiveError(SettingsError):
    """A bundle or a backup is damaged, unsigned or cannot be made; nothing was changed."""

    code = "archive_invalid"


class StoreError(SettingsError):
    """The database cannot be used; the message names the file and what mends it."""

    code = "store_invalid"


class StoreFault(ApplianceError):
    """The database failed while the service runs; calls go on without it. With the code
    ``store_refused`` it would fail again in the same way."""

    code = "store_failed"


class ProtocolError(ApplianceError):
    """The peer broke the rules of its protocol; only its own connection is closed."""

    code = "protocol_error"


class AudioFileError(ApplianceError):
    """A sound file cannot be read or written; the message names it and says why."""

    code = "audio_file_invalid"


class EngineError(ApplianceError):
    """An engine failed; ``engine`` is its name as in metrics (``vosk``, ``llama``, ``piper``
    ...)."""

    code = "engine_failed"

    def __init__(self, engine: str, message: str, *, code: str | None = None) -> None:
        super().__init__(f"{engine}: {message}", code=code)
        self.engine = engine


class RecognizerError(EngineError):
    """Speech recognition failed."""

    code = "recognizer_failed"


class LanguageModelError(EngineError):
    """The language model failed."""

    code = "language_model_failed"


class SynthesizerError(EngineError):
    """Speech synthesis failed."""

    code = "synthesizer_failed"


class RemoteError(EngineError):
    """A service elsewhere, that does an engine's work, cannot be reached, refused, or broke off.

    ``url`` is its address without credentials and query; ``status`` its HTTP status, None when it
    gave none. The message holds nothing that was said in a call, nor what the service answered.
    """

    code = "remote_failed"

    def __init__(
        self,
        engine: str,
        url: str,
        message: str,
        *,
        status: int | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(engine, f"{url} {message}", code=code)
        self.url = url
        self.status = status


class EngineTimeout(EngineError):
    """An engine did not answer within its time."""

    code = "engine_timeout"


class EngineBusy(EngineError):
    """An engine's queue, or its room for calls, is full."""

    code = "engine_busy"


class CallRefused(ApplianceError):
    """A call was not admitted; ``reason`` is one of ``full``, ``draining``, ``uuid_in_use``."""

    code = "call_refused"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message, code=f"call_refused_{reason}")
        self.reason = reason
