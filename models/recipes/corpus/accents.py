"""English from people of other tongues: Debian's Italian, Czech and Finnish voices, who say each
English phone with the nearest sounds they have.

Debian has few English voices, and what a small recogniser lacks most is the variety of real
throats. These are eight more, recorded from eight people, and callers with an accent are callers
too. When each phone is said comes from flite, a little changed for every phone; the melody is made
up. A line for which a voice lacks the passage from one sound to the next is left out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from models.recipes.corpus.phones import SILENCE

VOICES: Final = Path("/usr/share/festival/voices")
PAUSE: Final = "#"
"""A silence, in all of these voices."""
SHORTEST_S: Final = 0.03
"""Of a sound."""


@dataclass(frozen=True, slots=True)
class Foreigner:
    """One of these voices."""

    sounds: dict[str, tuple[str, ...]]
    """English phone -> the sounds said for it, one after the other."""
    diphones: str
    """Its diphones, below ``VOICES``."""
    pitch_hz: int
    """Its usual fundamental frequency."""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    entries = (entry.split("=") for entry in text.split())
    return {phone: tuple(sounds.split("+")) for phone, sounds in entries}


ITALIAN: Final = _table(
    "aa=a ae=E ah=a ao=O aw=a+u ax=a ay=a+i b=b ch=tS d=d dh=d eh=E er=E+r ey=e+i f=f g=g ih=i "
    "iy=i1 jh=dZ k=k l=l m=m n=n ng=n+g ow=o+u oy=O+i p=p r=r s=s sh=S t=t th=t uh=u uw=u1 v=v "
    "w=w y=j z=z zh=Z"
)
"""Has no h; a line with one is left out."""
CZECH: Final = _table(
    "aa=a: ae=e ah=a ao=o: aw=a+u ax=e ay=a+j b=b ch=c~ d=d dh=d eh=e er=e+r ey=e+j f=f g=g hh=h "
    "ih=i iy=i: jh=dz~ k=k l=l m=m n=n ng=n+g ow=o+u oy=o+j p=p r=r s=s sh=s~ t=t th=s uh=u uw=u: "
    "v=v w=v y=j z=z zh=z~"
)
FINNISH: Final = _table(
    "aa=a: ae=@ ah=a ao=o: aw=a+u ax=7 ay=a+i b=b d=d dh=d eh=e er=7+r ey=e+i f=f g=g hh=h ih=i "
    "iy=i: k=k l=l m=m n=n ng=N ow=o+u oy=o+i p=p r=r s=s t=t th=t uh=u uw=u: v=v w=v y=j z=s"
)
"""Has neither sh nor ch."""
FINNISH_MV: Final = {
    **FINNISH,
    **_table("sh=S zh=S ch=t+S jh=d+S th=T w=w"),
}
"""mv was recorded with some sounds of foreign words."""

ELSE: Final = _table(
    "z=s d=t g=k b=p v=f dz~=c~ z~=s~ dZ=tS Z=S a:=a o:=o i:=i u:=u i1=i u1=u E=e O=o n=n*+m N=n "
    "e=e: a=a: 7=e"
)
"""What may be said in place of a sound where a passage is missing, as speakers of these tongues do:
a voiceless consonant for a voiced one, a short vowel for a long one."""

FOREIGNERS: Final = {
    "lp_diphone": Foreigner(ITALIAN, "italian/lp_diphone/group/lp_diphone.group", 190),
    "pc_diphone": Foreigner(ITALIAN, "italian/pc_diphone/group/pc_diphone.group", 115),
    "czech_dita": Foreigner(CZECH, "czech/czech_dita/group/dita.group", 222),
    "czech_krb": Foreigner(CZECH, "czech/czech_krb/group/krb.group", 258),
    "czech_machac": Foreigner(CZECH, "czech/czech_machac/group/machac.group", 80),
    "czech_ph": Foreigner(CZECH, "czech/czech_ph/group/ph.group", 136),
    "suo_fi_lj_diphone": Foreigner(FINNISH, "finnish/suo_fi_lj_diphone/group/ljlpc.group", 190),
    "hy_fi_mv_diphone": Foreigner(FINNISH_MV, "finnish/hy_fi_mv_diphone/group/mvlpc.group", 110),
}


Sound = tuple[str, float, float]
"""Its name, how long it lasts in seconds, and the fundamental frequency in its middle in Hz."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line as a voice is to say it."""

    sounds: tuple[Sound, ...]
    phones: tuple[str, ...]
    """The English phones that they stand for."""
    ends: tuple[float, ...]
    """Where each of ``phones`` ends, in seconds."""


def accented(
    name: str, phones: Sequence[str], ends: Sequence[float], pitch: float, draw: random.Random
) -> Said | None:
    """``phones``, which end at ``ends`` (s), as the voice ``name`` says them, ``pitch`` times as
    high as usual. None if it cannot."""
    voice = FOREIGNERS[name]
    if not voice.sounds.keys() >= {*phones} - {SILENCE}:
        return None
    names, lengths, heights, new_ends = [], [], [], []
    at = 0.0
    for phone, start, end in zip(phones, (0.0, *ends[:-1]), ends, strict=True):
        said = (PAUSE,) if phone == SILENCE else voice.sounds[phone]
        length = max(SHORTEST_S, (end - start) * draw.lognormvariate(0, 0.15) / len(said))
        names += said
        lengths += [length] * len(said)
        heights += [voice.pitch_hz * pitch * _melody(start / ends[-1], draw)] * len(said)
        at += length * len(said)
        new_ends.append(at)
    spoken = speakable(names, _passages(voice.diphones))
    if spoken is None:
        return None
    sounds = merged(zip(spoken, lengths, heights, strict=True))
    return Said(tuple(sounds), tuple(phones), tuple(new_ends))


def _melody(progress: float, draw: random.Random) -> float:
    """How high a sound is relative to the voice: lower towards the end (``progress`` 1), and now
    and then raised."""
    raised = draw.uniform(0.05, 0.3) if draw.random() < 0.3 else draw.gauss(0, 0.02)
    return (1.12 - 0.24 * progress) * (1 + raised)


def speakable(sounds: Sequence[str], passages: frozenset[tuple[str, str]]) -> list[str] | None:
    """``sounds``, as few as possible replaced by others, so that every passage is there."""
    paths: dict[str, tuple[int, list[str]]] = {sounds[0]: (0, [sounds[0]])}
    for sound in sounds[1:]:
        reached: dict[str, tuple[int, list[str]]] = {}
        for cost, choice in enumerate((sound, *ELSE.get(sound, ()))):
            before = [
                known
                for last, known in paths.items()
                if last == choice or (last, choice) in passages
            ]
            if before:
                least, path = min(before)
                reached[choice] = (least + min(cost, 1), [*path, choice])
        paths = reached
    return min(paths.values())[1] if paths else None


def merged(sounds: Iterable[Sound]) -> Iterator[Sound]:
    """The same, a sound behind itself as one long one."""
    for name, same in groupby(sounds, lambda sound: sound[0]):
        every = list(same)
        yield name, sum(length for _, length, _ in every), every[0][2]


def command(said: Said) -> str:
    """What festival is told to have ``said`` by the voice that it has, as ``u``."""
    segments = " ".join(
        f"({sound} {length:.4f} ({length / 2:.4f} {height:.0f}))"
        for sound, length, height in said.sounds
    )
    return f"(set! u (utt.synth (Utterance Segments ({segments}))))"


@cache
def _passages(diphones: str) -> frozenset[tuple[str, str]]:
    """From which sound to which other a voice can go."""
    index = (VOICES / diphones).read_bytes().partition(b"EST_Header_End")[2]
    pairs = re.findall(rb"^([^ \n]{1,8})-([^ \n]{1,8}) \d+ \d+ \d+$", index, re.MULTILINE)
    return frozenset((one.decode(), other.decode()) for one, other in pairs)
