"""The page of ``appliance bench listening``: the figures, and the worst lines to listen to.

A figure says how many words were wrong; only the ear says why. One file that needs no network, no
scripts and no other file: the sounds are inside, and a browser is told to load nothing else.
"""

from __future__ import annotations

import base64
import io
import os
import wave
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from rapidfuzz.distance import Levenshtein

from appliance.audio.frame import WIRE_RATE_HZ, Pcm, pcm_to_bytes
from appliance.bench.asr import spoken_words
from appliance.bench.disturbed import CONDITIONS, MEANINGS
from appliance.bench.listening import ConditionFigures, LineHeard, ListeningReport
from appliance.bench.listening_plan import Plan
from appliance.errors import SettingsError

FILE: Final = "index.html"
WORST: Final = 24
"""Lines on the page: as many as somebody listens to."""
LEAD_S: Final = 1.0
"""Of a longer silence before a line the page plays so much."""

_STYLE: Final = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:right}
td:first-child,th:first-child{text-align:left}
article{border-top:1px solid #8888;margin-top:1.5rem}
audio{width:100%;max-width:30rem}dt{font-weight:600}dd{margin:0 0 .4rem}
del{background:#d336}ins{background:#38d6;text-decoration:none}
"""
_POLICY: Final = "default-src 'none'; media-src data:; style-src 'unsafe-inline'"
_HEADS: Final = ("", "lines", "words wrong", "missed", "cut in", "answer p50", "p95")


def check_folder(folder: Path) -> None:
    """Whether the page can be written there, asked before minutes are spent on it. Raises
    SettingsError."""
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise SettingsError(f"--page {folder}: {there} cannot be written to; name another folder")


def write_page(folder: Path, report: ListeningReport, plan: Plan) -> Path:
    """Write the page into ``folder``, which is made, in place of an earlier one. Raises
    SettingsError; an earlier page then stays as it was."""
    path = folder / FILE
    part = folder / f".{FILE}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(page(report, plan), encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"--page {folder}: cannot be written: {error.strerror}; name another folder"
        ) from error
    return path


def page(report: ListeningReport, plan: Plan) -> str:
    """The page as HTML."""
    faulty = [line for line in report.lines if line.wrong or line.missed or line.cut_in]
    worst = sorted(faulty, key=lambda line: line.badness, reverse=True)[:WORST]
    sounds = {clip.name: clip for clip in plan.clips}
    cases = []
    for line in worst:
        sent = CONDITIONS[line.condition](sounds[line.name])
        assert sent is not None  # or it would not have been said
        start = max(0, sent.voice_start - round(LEAD_S * WIRE_RATE_HZ))
        cases.append(_case(line, sent.pcm[start:], plan.language))
    shown = f"The worst {len(worst)} of {len(faulty)} lines with a fault" if worst else "No fault"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>How callers are heard</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>How callers are heard</h1>\n{_conditions(report)}\n{_table(report.figures)}\n"
        f"<h2>{shown}</h2>\n"
        "<p><del>Words</del> that were said and not heard, <ins>words</ins> that were heard and "
        "not said. The sound is what was sent.</p>\n" + "\n".join(cases) + "\n</body></html>\n"
    )


def _conditions(report: ListeningReport) -> str:
    now = report.conditions
    return (
        f"<p>{escape(', '.join(now.models))}; sentences: {escape(report.sentences)}; calls at "
        f"once: {report.calls_at_once}. Appliance {escape(now.version)}, "
        f"{escape(now.processor)}, {now.cores} cores, load {now.load_average_before} before.</p>"
    )


def _table(figures: Sequence[ConditionFigures]) -> str:
    rows = [_row("th", _HEADS)]
    for found in figures:
        answer = found.answer
        times = (f"{answer.p50_ms:.0f} ms", f"{answer.p95_ms:.0f} ms") if answer else ("-", "-")
        wrong = f"{100 * found.word_error_rate:.1f} %"
        counts = (str(found.lines), wrong, str(found.missed), str(found.cut_ins))
        rows.append(_row("td", (MEANINGS[found.condition], *counts, *times)))
    return f"<table>{''.join(rows)}</table>"


def _row(cell: str, texts: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{cell}>{escape(text)}</{cell}>' for text in texts)}</tr>"


def _case(line: LineHeard, sound: Pcm, language: str) -> str:
    said, heard = _marked(line, language)
    if line.missed:
        heard = "nothing: no turn became of it"
        heard += ", and the agent asked to say it again" if line.asked_again else ""
    answer = "" if line.answered_s is None else f", answered after {1000 * line.answered_s:.0f} ms"
    cut_in = ", the agent cut in" if line.cut_in else ""
    return (
        f"<article><h3>{escape(line.name)}, {escape(MEANINGS[line.condition])}</h3>"
        f"<p>{line.wrong} of {line.words} words wrong{cut_in}{answer}</p>"
        f'<audio controls preload="none" src="data:audio/wav;base64,{_wav(sound)}"></audio>'
        f"<dl><dt>said</dt><dd>{said}</dd><dt>heard</dt><dd>{heard}</dd></dl></article>"
    )


def _marked(line: LineHeard, language: str) -> tuple[str, str]:
    """What was said and what was heard, the words that differ marked."""
    said, heard = spoken_words(line.said, language), spoken_words(line.heard, language)
    left, right = [], []
    for step in Levenshtein.opcodes(said, heard):
        left.append(_words(said[step.src_start : step.src_end], step.tag != "equal", "del"))
        right.append(_words(heard[step.dest_start : step.dest_end], step.tag != "equal", "ins"))
    return " ".join(filter(None, left)), " ".join(filter(None, right))


def _words(words: Sequence[str], differ: bool, mark: str) -> str:
    text = escape(" ".join(words))
    return f"<{mark}>{text}</{mark}>" if differ and text else text


def _wav(pcm: Pcm) -> str:
    """A WAV file in base64."""
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(WIRE_RATE_HZ)
        wav.writeframes(pcm_to_bytes(pcm))
    return base64.b64encode(file.getvalue()).decode("ascii")
