"""A person's voice to measure with: the English prompts of Asterisk, as Debian packages them.

They are fetched when somebody asks for them and never shipped: their licence is CC-BY-SA. apt
checks what it fetches; nothing is installed and no root is needed.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from appliance.audio.frame import WIRE_RATE_HZ
from appliance.bench.asr import MAX_S, Clip, spoken_words, telephone_sound
from appliance.errors import ApplianceError

SOUNDS: Final = "asterisk-core-sounds-en-wav"
WORDS: Final = "asterisk-core-sounds-en"
WHOSE: Final = (
    "prompts of Asterisk, spoken by Allison Smith (CC-BY-SA 3.0), from Debian's packages "
    f"{SOUNDS} and {WORDS}"
)
_SOUNDS_IN: Final = Path("usr/share/asterisk/sounds/en_US_f_Allison")
_WORDS_IN: Final = Path(f"usr/share/doc/{WORDS}/core-sounds-en.txt.gz")
_FETCH_S: Final = 300.0
MIN_WORDS: Final = 6
_SENTENCE: Final = re.compile(r"[A-Z][A-Za-z0-9',; -]*[.?!]?")
"""One sentence, written out: no key's sign, no note in brackets, no "..." of a part to be put
together with others."""
_AS_SPOKEN: Final = {
    "unidentified-no-callback": "Unidentified or withheld and therefore cannot be called back.",
}
"""Where the list is misspelt."""


def persons_clips(cache: Path) -> list[Clip]:
    """Those prompts that are one whole sentence of MIN_WORDS words or more, in the order of their
    list, each wording once; fetched into ``cache`` when they are not there. Raises
    ApplianceError."""
    root = _fetched(cache)
    try:
        listed = gzip.decompress((root / _WORDS_IN).read_bytes()).decode("utf-8")
    except (OSError, ValueError) as error:
        raise _broken(root) from error
    clips: dict[tuple[str, ...], Clip] = {}
    for line in listed.splitlines():
        name, _, written = line.partition(":")
        text = _AS_SPOKEN.get(name, written.strip())
        words, path = spoken_words(text), root / _SOUNDS_IN / f"{name}.wav"
        wanted = _SENTENCE.fullmatch(text) and len(words) >= MIN_WORDS
        if wanted and words not in clips and path.is_file():
            pcm = telephone_sound(path)
            if pcm.size <= MAX_S * WIRE_RATE_HZ:
                clips[words] = Clip(name, text, pcm)
    if not clips:
        raise _broken(root)
    return list(clips.values())


def _broken(root: Path) -> ApplianceError:
    return ApplianceError(
        f"{root}: does not hold the prompts and their words as expected; remove it and try again",
        code="prompts_broken",
    )


def _fetched(cache: Path) -> Path:
    """Where the two packages are unpacked: all of them or nothing."""
    root = cache / SOUNDS
    if root.is_dir():
        return root
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise _without(f"{tool} is missing: this needs Debian or Ubuntu")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=".fetching-") as folder:
            _run(["apt-get", "-q", "download", SOUNDS, WORDS], Path(folder))
            for package in sorted(Path(folder).glob("*.deb")):
                _run(["dpkg-deb", "-x", str(package), "root"], Path(folder))
            (Path(folder) / "root").replace(root)
    except OSError as error:
        raise _without(f"{cache} cannot be written: {error.strerror}") from error
    return root


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=_FETCH_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _without(f"{command[0]} did not end within {_FETCH_S:.0f} s") from error
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        raise _without(f"{said[0] if said else command[0] + ' failed'}; try `apt-get update` first")


def _without(why: str) -> ApplianceError:
    return ApplianceError(
        f"--person: the prompts cannot be had: {why}; or give a folder of your own recordings",
        code="prompts_missing",
    )
