"""What callers say who pause inside their sentences: the shipped ones, or a table of your own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

import numpy as np

from appliance.audio.frame import WIRE_RATE_HZ, Pcm
from appliance.audio.g711 import decode, encode
from appliance.audio.resample import resample
from appliance.caller.line import Line, make_line, voice_bounds
from appliance.engines.load import load_voice
from appliance.errors import SettingsError

Kind = Literal["unfinished", "could_end", "whole"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
MEANINGS: Final[dict[str, str]] = {
    "unfinished": "nothing is finished before the pause",
    "could_end": "it could have ended before the pause",
    "whole": "no pause",
}
TABLE: Final = "turns.tsv"
PARTS: Final = ("dev", "held")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said before the pause and behind it."""

    kind: Kind
    first: str
    second: str = ""
    """Nothing, where the sentence is ``whole``."""


SHIPPED: Final = (
    Sentence("unfinished", "I would like to know if", "you are open on Sunday"),
    Sentence("unfinished", "Can you tell me how much the", "big boxes are"),
    Sentence("unfinished", "My brother bought a lamp from", "you in the winter"),
    Sentence("unfinished", "I have been waiting for", "an answer since Tuesday"),
    Sentence("unfinished", "If the parcel is too heavy", "can somebody carry it"),
    Sentence("unfinished", "Could you please", "read the address to me"),
    Sentence("unfinished", "We are going to", "move house in autumn"),
    Sentence("unfinished", "The teacher who wrote to us", "did not leave a number"),
    Sentence("could_end", "Do you sell bicycles", "for children"),
    Sentence("could_end", "What time do you open", "on Thursday"),
    Sentence("could_end", "I lost my umbrella", "in your waiting room"),
    Sentence("could_end", "Can I pay by card", "or only with cash"),
    Sentence("could_end", "My window is broken", "and it is raining"),
    Sentence("could_end", "I will come on Friday", "if that suits you"),
    Sentence("could_end", "Where can I park", "near the entrance"),
    Sentence("could_end", "She works in the kitchen", "until the summer"),
    Sentence("whole", "What are your opening hours"),
    Sentence("whole", "How much does a ticket cost"),
    Sentence("whole", "I would like to speak to a person"),
    Sentence("whole", "Is there a bus to the museum"),
    Sentence("whole", "The light in the hall does not work"),
    Sentence("whole", "Can I bring my dog with me"),
    Sentence("whole", "Please send me the catalogue"),
    Sentence("whole", "Yes, on Monday morning"),
)


def chosen(folder: Path | None, part: str, most: int) -> list[Sentence]:
    """The first ``most`` of each kind, of the shipped ones or of the ``part`` of the TABLE in
    ``folder``. Raises SettingsError for a table that is not as it should be."""
    found = list(SHIPPED) if folder is None else _listed(folder / TABLE, part)
    return [
        sentence
        for kind in KINDS
        for sentence in [each for each in found if each.kind == kind][:most]
    ]


def _listed(path: Path, part: str) -> list[Sentence]:
    try:
        head, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{path}: cannot be read ({error}); name a folder that has it"
        ) from error
    names = head.split("\t")
    if not {"part", "kind", "first", "second"} <= set(names):
        raise SettingsError(f"{path}:1: wanted the columns part, kind, first, second, with tabs")
    rows = [dict(zip(names, [*line.split("\t"), ""], strict=False)) for line in lines]
    found = [
        Sentence(kind, row["first"], row["second"])
        for row in rows
        for kind in KINDS
        if row["part"] == part and row["kind"] == kind
    ]
    if not found:
        raise SettingsError(f"{path}: has no line of part {part}; choose one of {', '.join(PARTS)}")
    return found


async def spoken(voice: str, models_dir: Path, texts: Sequence[str]) -> dict[str, Pcm]:
    """What ``voice`` (of the catalogue, or a path) makes of ``texts``: 8 kHz off a telephone line,
    from the first voiced sample to the last. Raises WeightsError, SynthesizerError."""
    engine = await load_voice(voice, models_dir)
    try:
        sounds = {}
        for text in texts:
            made = await engine.synthesize(text)
            sounds[text] = _on_the_line(made.pcm, engine.rate_hz)
        return sounds
    finally:
        await engine.close()


def line_of(sentence: Sentence, sounds: dict[str, Pcm], pause_s: float) -> Line:
    """The line that is sent, its parts ``pause_s`` apart."""
    pcm = sounds[sentence.first]
    if sentence.second:
        pause = np.zeros(round(pause_s * WIRE_RATE_HZ), np.int16)
        pcm = np.concatenate([pcm, pause, sounds[sentence.second]])
    words = f"{sentence.first} {sentence.second}".strip()
    return make_line(words, pcm, words=words)


def _on_the_line(pcm: Pcm, rate_hz: int) -> Pcm:
    sound = decode(encode(resample(pcm, rate_hz, WIRE_RATE_HZ), "ulaw"), "ulaw")
    start, end = voice_bounds(sound) or (0, sound.size)
    return sound[start:end]
