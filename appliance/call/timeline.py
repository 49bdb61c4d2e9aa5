"""When each step of a turn happened, counted from the caller's last voiced sample."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Timeline:
    """Clock seconds of each step, in the order they usually happen; None when it did not."""

    last_voice: float
    """The anchor: the last window with the caller's voice, placed in wall time."""
    final: float | None = None
    """Final transcript."""
    first_token: float | None = None
    first_utterance: float | None = None
    """First piece of text that could be spoken."""
    first_pcm: float | None = None
    """Its sound."""
    endpoint: float | None = None
    """The turn was over."""
    first_frame: float | None = None
    """First audible Frame written, be it of a filler."""
    answer: float | None = None
    """First audible Frame of the answer itself."""

    def ms(self) -> dict[str, int]:
        """Milliseconds after the last voice of each step that happened."""
        return {
            name: round((at - self.last_voice) * 1000)
            for name, at in asdict(self).items()
            if name != "last_voice" and at is not None
        }

    @property
    def voice_to_voice_s(self) -> float | None:
        """Last voice to the first audible Frame of the answer: a filler is none."""
        return None if self.answer is None else self.answer - self.last_voice

    @property
    def endpoint_s(self) -> float | None:
        """Last voice to the end of the turn."""
        return None if self.endpoint is None else self.endpoint - self.last_voice
