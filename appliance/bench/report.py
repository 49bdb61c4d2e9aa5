"""How measurements are printed: one figure a line, its conditions above, its target beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

from appliance.bench.asr import RecognizerFigures
from appliance.bench.calls import CallsReport, SoakReport
from appliance.bench.disturbed import MEANINGS
from appliance.bench.figures import Conditions, ProcessState, Spread
from appliance.bench.floor import FloorReport
from appliance.bench.listening import ListeningReport
from appliance.bench.remote import RemoteReport
from appliance.bench.turns import TurnsReport
from appliance.bench.turns_pauses import PauseFigures
from appliance.bench.turns_sentences import MEANINGS as PAUSED

CUT_IN_GOALS: Final = {
    ("unfinished", 300): "0 %",
    ("unfinished", 500): "3 %",
    ("unfinished", 800): "15 %",
    ("could_end", 300): "0 %",
    ("could_end", 500): "15 %",
}


def print_turns(console: Console, report: TurnsReport) -> None:
    """``bench turns``."""
    _print_conditions(console, report.conditions, report.runs, report.start_s)
    table = _table()
    _row(table, "voice to voice", report.voice_to_voice)
    for source, found in report.by_source.items():
        goals = ("500", "800") if source == "knowledge" else ("", "")
        _row(table, f"  answered from {source.replace('_', ' ')}", found, *goals)
    _row(table, "first greeting", report.greeting, "100")
    _row(table, "barge-in: voice to silence", report.barge_in_reaction, "150", "200")
    console.print(table)
    for stage, at_ms in sorted(report.stages_ms.items(), key=lambda item: item[1] or 0.0):
        console.print(f"  median after the last voice: {stage.replace('_', ' '):<16} {at_ms} ms")
    console.print(
        f"{report.unanswered} of {report.lines} lines unanswered, {report.misheard} misheard, "
        f"{report.uneven_calls} calls with another number of turns than lines\n"
        f"{report.barge_ins} barge-ins: {report.barge_ins_ignored} ignored, "
        f"{report.barge_ins_into_silence} into a pause\n"
        f"with an echo at -20 dB: {report.false_barge_ins} false barge-ins, "
        f"{report.false_pauses} false pauses"
    )
    if report.floor is not None:
        print_floor(console, report.floor)
    if report.pauses:
        print_pauses(console, report.pauses)


def print_floor(console: Console, floor: FloorReport) -> None:
    """The last part of ``bench turns``."""
    console.print(
        f"in the voice {floor.voice}: {floor.backchannels_that_stopped} of {floor.backchannels} "
        f"backchannels stopped the agent (goal 5 %), {floor.interruptions_missed} of "
        f"{floor.interruptions} interruptions missed (goal 2 %), {floor.hesitations_answered} of "
        f"{floor.hesitations} hesitations answered (goal 0)",
        soft_wrap=True,
    )
    for far in floor.television:
        console.print(
            f"a television {far.below_db:.0f} dB below the caller, {far.calls} calls: "
            f"{far.false_interruptions} disturbed, {far.joined} with its words in the caller's "
            "(goal 0)",
            soft_wrap=True,
        )


def print_pauses(console: Console, found: Sequence[PauseFigures]) -> None:
    """How often callers who pause are cut short."""
    table = Table(box=None, pad_edge=False)
    table.add_column("callers who pause")
    for name in ("pause", "n", "cut in", "goal", "answered as one", "p50", "p95"):
        table.add_column(name, justify="right")
    for each in found:
        goal = CUT_IN_GOALS.get((each.kind, each.pause_ms), "")
        times = ("-", "-")
        if each.answer is not None:
            times = (f"{each.answer.p50_ms:.0f}", f"{each.answer.p95_ms:.0f}")
        counts = (f"{each.pause_ms} ms", str(each.lines), f"{100 * each.cut_in_rate:.0f} %")
        table.add_row(PAUSED[each.kind], *counts, goal, f"{each.as_one}", *times)
    console.print(table)


def print_calls(console: Console, report: CallsReport) -> None:
    """``bench calls``."""
    _print_conditions(console, report.conditions, report.runs, report.start_s)
    table = _table()
    _row(table, f"voice to voice, {report.calls} calls at once", report.voice_to_voice)
    for source, found in report.by_source.items():
        goal = "900" if source == "knowledge" else ""
        _row(table, f"  answered from {source.replace('_', ' ')}", found, "", goal)
    _row(table, "first greeting", report.greeting, "100")
    console.print(table)
    console.print(
        f"{report.unanswered} of {report.lines} lines unanswered, {report.refused} calls refused, "
        f"{report.underruns} underruns, {report.frames_lost} frames lost, "
        f"{report.uneven_calls} calls with another number of turns than lines\n"
        f"playout lateness p99 at most {report.playout_lateness_p99_below_ms} ms (goal 10), "
        f"longest gap a caller saw {report.worst_gap_ms} ms"
    )
    if report.memory is not None:
        console.print(f"the service: {_state(report.memory)} (goal: 1,100 MB with four calls)")
    if report.soak is not None:
        _print_soak(console, report.soak)


def _print_soak(console: Console, soak: SoakReport) -> None:
    console.print(f"{soak.calls} short calls besides, {soak.unanswered} unanswered")
    if soak.before is not None and soak.after is not None:
        console.print(f"  before: {_state(soak.before)}, {soak.tasks_before} tasks")
        console.print(f"  after:  {_state(soak.after)}, {soak.tasks_after} tasks")


def _state(state: ProcessState) -> str:
    return (
        f"{state.rss_mb:.0f} MB resident (peak {state.peak_mb:.0f}), "
        f"{state.threads} threads, {state.files} files"
    )


def print_listening(console: Console, report: ListeningReport) -> None:
    """``bench listening``."""
    _print_models(console, report.conditions)
    started = "it ran already" if report.start_s is None else f"ready after {report.start_s:.1f} s"
    console.print(
        f"sentences: {report.sentences}; calls at once: {report.calls_at_once}; "
        f"service: {started}\n",
        soft_wrap=True,
    )
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for name in ("lines", "words wrong", "missed", "cut in", "answer p50", "p95 ms"):
        table.add_column(name, justify="right")
    for found in report.figures:
        answer = found.answer
        times = ("-", "-") if answer is None else (f"{answer.p50_ms:.0f}", f"{answer.p95_ms:.0f}")
        wrong = f"{100 * found.word_error_rate:.1f} %"
        counts = (str(found.lines), wrong, str(found.missed), str(found.cut_ins))
        table.add_row(MEANINGS[found.condition], *counts, *times)
    console.print(table)
    asked = sum(found.asked_again for found in report.figures)
    console.print(
        f"missed: no turn became of the line, all its words count as wrong ({asked} were asked for "
        "again); cut in: the agent began before the caller's end; answer: from the caller's last "
        "voice, a filler is none",
        soft_wrap=True,
    )


def print_remote(console: Console, report: RemoteReport) -> None:
    """``bench remote``."""
    _print_models(console, report.conditions)
    console.print(f"runs: {report.runs} of {report.lines} lines each way, over loopback\n")
    table = _table()
    for way in report.ways:
        _row(table, f"voice to voice, {way.name}", way.voice_to_voice)
        if way.added is not None:
            _row(table, "  added to in process, line by line", way.added)
    console.print(table)
    for way in report.ways:
        if way.unanswered:
            lines = report.lines * report.runs
            console.print(f"{way.name}: {way.unanswered} of {lines} lines unanswered")


def print_recognizer(console: Console, figures: RecognizerFigures) -> None:
    """``bench asr``: one figure a line."""
    console.print(
        f"{figures.model} ({figures.engine}): {figures.clean.sentences} sentences, "
        f"{figures.speech_s:.0f} s of telephone speech, loaded in {1000 * figures.load_s:.0f} ms",
        soft_wrap=True,
    )
    noise = f"noise at {figures.noise_snr_db:.0f} dB"
    for name, errors in (("as they are", figures.clean), (noise, figures.noisy)):
        console.print(
            f"  word error rate, {name:<16} {100 * errors.rate:.1f} %  ({errors.words} words; "
            f"{errors.sentences_right} of {errors.sentences} sentences right)",
            soft_wrap=True,
        )
    console.print(f"  real-time factor of one core      {figures.real_time_factor:.4f}")
    if figures.final is not None:
        console.print(
            f"  final transcript, in real time    p50 {figures.final.p50_ms:.0f} ms, "
            f"p95 {figures.final.p95_ms:.0f} ms"
        )


def print_machine(console: Console, conditions: Conditions) -> None:
    """On what a measurement was taken."""
    console.print(
        f"appliance {conditions.version}, Python {conditions.python}, {conditions.processor}, "
        f"{conditions.cores} cores, load {conditions.load_average_before} before",
        soft_wrap=True,
    )


def _print_conditions(
    console: Console, conditions: Conditions, runs: int, start_s: float | None
) -> None:
    _print_models(console, conditions)
    started = "it ran already" if start_s is None else f"ready {start_s:.1f} s after its start"
    console.print(f"runs: {runs}; service: {started} (goal 6 s)\n")


def _print_models(console: Console, conditions: Conditions) -> None:
    print_machine(console, conditions)
    console.print(f"models: {', '.join(conditions.models)}", soft_wrap=True)
    chosen = ", ".join(f"{key} {value}" for key, value in conditions.settings.items())
    console.print(chosen or "settings: those of the service that ran", soft_wrap=True)


def _table() -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("milliseconds")
    for name in ("n", "p50", "p95", "max", "goal p50", "goal p95"):
        table.add_column(name, justify="right")
    return table


def _row(
    table: Table, name: str, found: Spread | None, goal_p50: str = "", goal_p95: str = ""
) -> None:
    cells = (
        ("0", "-", "-", "-")
        if found is None
        else (
            str(found.count),
            f"{found.p50_ms:.0f}",
            f"{found.p95_ms:.0f}",
            f"{found.max_ms:.0f}",
        )
    )
    table.add_row(name, *cells, goal_p50, goal_p95)
