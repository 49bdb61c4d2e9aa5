"""Which sound files of a folder are to be measured with, and what is said in each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from appliance.errors import AudioFileError

SENTENCES: Final = "sentences.tsv"
"""``file<TAB>words`` a line. A file is a WAV of any rate, or ``.ulaw``: raw G.711 at 8 kHz, as
Asterisk records it."""
_HOW: Final = (
    "write what is said in it into a .txt file of the same name, or list all files in "
    f"{SENTENCES}: a file, a tab and its words on each line"
)


def transcribed(folder: Path) -> list[tuple[Path, str]]:
    """The sound files of ``folder`` with their words: those that ``sentences.tsv`` lists in its
    order, and by their names the WAVs that have a ``.txt`` beside them.

    Raises AudioFileError for a folder, a table or a text that cannot be read, a WAV without words
    and words without a sound.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise AudioFileError(f"{folder}: {error.strerror}; name a folder of recordings") from error
    table = folder / SENTENCES
    found = _listed(table) if table in files else []
    known = {path for path, _ in found}
    sounds = {path.stem: path for path in files if path.suffix.lower() == ".wav"}
    texts = {path.stem: path for path in files if path.suffix.lower() == ".txt"}
    if not found and not sounds:
        raise AudioFileError(f"{folder}: there is no WAV in it; put recordings there and {_HOW}")
    for name, path in sounds.items():
        if path not in known and name not in texts:
            raise AudioFileError(f"{path}: has no transcript; {_HOW}")
    for name, path in texts.items():
        if name not in sounds:
            raise AudioFileError(
                f"{path}: there is no {name}.wav that it could be of; add it, or move the text away"
            )
    beside = [(path, _words(texts[name])) for name, path in sounds.items() if path not in known]
    return found + beside


def _listed(table: Path) -> list[tuple[Path, str]]:
    found = []
    for number, line in enumerate(_read(table).splitlines(), 1):
        name, _, words = line.partition("\t")
        if not words.strip():
            raise AudioFileError(f"{table}:{number}: wanted a file, a tab and its words")
        found.append((table.parent / name, words.strip()))
    if not found:
        raise AudioFileError(f"{table}: there is no sentence in it; {_HOW}, or remove it")
    return found


def _words(path: Path) -> str:
    words = " ".join(_read(path).split())
    if not words:
        raise AudioFileError(f"{path}: is empty; write what is said into it")
    return words


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AudioFileError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise AudioFileError(f"{path}: is not UTF-8 text (byte {error.start})") from error
