"""What the services for single stages share. One object of the service; the adapters in ``http/``
get all they need from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.voice import Voice
from appliance.call.recognition import VoiceDetector
from appliance.clock import Clock
from appliance.services.admission import Admission
from appliance.services.call_endings import CallEndings
from appliance.services.histories import Histories


@dataclass(frozen=True, slots=True)
class Stages:
    """Recognition, language model and voice of the site's agents."""

    agents: Mapping[str, LoadedAgent]
    default: LoadedAgent
    """Of a client that names no agent."""
    detector: Callable[[], VoiceDetector]
    """Opens voice detection for one stream of 8 kHz sound."""
    admission: Admission
    call_endings: CallEndings
    clock: Clock
    asr_delimiter: str = "\n"
    """Written after each text of /speech-to-text-stream."""
    stt_assume_rate_hz: int | None = None
    """The rate of what /transcribe gets, when its header is not to be trusted."""
    histories: Histories = field(default_factory=Histories)

    def voice(self, name: str | None, agent: LoadedAgent) -> Voice:
        """The voice of this name if an agent has it, else the ``agent``'s own."""
        named = (each.voice for each in self.agents.values() if each.agent.voice == name)
        return next(named, agent.voice)
