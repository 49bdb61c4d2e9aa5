"""What ``appliance bench listening`` is to say: whose sentences, disturbed how, and how many."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from appliance.bench.asr import Clip, load_clips
from appliance.bench.disturbed import CONDITIONS
from appliance.bench.persons_prompts import WHOSE, persons_clips
from appliance.caller.line import Line
from appliance.config.agents_file import read_agents
from appliance.config.document import suggestion
from appliance.config.settings import Settings
from appliance.errors import SettingsError

USUAL_LINES: Final = 10
"""Of each condition, where nobody says how many: about ten minutes altogether."""
USUAL_SILENT_LINES: Final = 6
CACHE: Final = "prompts"
"""In the state directory."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured."""

    clips: tuple[Clip, ...]
    sentences: str
    """Whose they are."""
    wanted: tuple[str, ...]
    """Names of CONDITIONS."""
    most: int | None = None
    """Lines of each condition; None: USUAL_LINES, after silence USUAL_SILENT_LINES."""
    calls: int = 1
    """At once."""
    language: str = "en"

    def lines(self, condition: str) -> list[Line]:
        """The lines of one condition, chosen evenly over all sentences that it makes sense for.
        Raises AudioFileError for a sentence without voice."""
        made = [CONDITIONS[condition](clip) for clip in self.clips]
        lines = [line for line in made if line is not None]
        usual = USUAL_SILENT_LINES if condition == "silence" else USUAL_LINES
        most = min(len(lines), self.most or usual)
        return [lines[number * len(lines) // most] for number in range(most)]


def planned(
    settings: Settings,
    folder: Path | None,
    *,
    person: bool,
    conditions: str,
    most: int | None,
    calls: int,
) -> Plan:
    """The sentences of ``folder``, a person's, or the shipped ones; ``conditions`` with commas
    between them.

    Raises SettingsError for a condition that nobody knows, AudioFileError for a folder that is not
    as it should be, ApplianceError when a person's prompts cannot be had.
    """
    wanted = tuple(dict.fromkeys(name.strip() for name in conditions.split(",")))
    for name in wanted:
        if name not in CONDITIONS:
            known = ", ".join(CONDITIONS)
            raise SettingsError(
                f"--conditions {conditions}: there is no condition {name!r}"
                f"{suggestion(name, CONDITIONS)}; it may be some of {known}"
            )
    if person:
        clips, sentences = persons_clips(settings.state_dir / CACHE), WHOSE
    else:
        clips = load_clips(folder)
        sentences = "the shipped ones (synthetic voices)" if folder is None else str(folder)
    language = read_agents(settings.agents_file).default.language
    return Plan(tuple(clips), sentences, wanted, most, calls, language)
