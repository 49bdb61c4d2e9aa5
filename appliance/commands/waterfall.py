"""How a conversation looks on a terminal: the words, and where the time of each answer went.

Readable at 80 columns and without colour; blocks become ``#`` where the terminal has no UTF-8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from appliance.caller.result import CallResult, LineResult
from appliance.operations.demo import DemoCall, DemoResult
from appliance.text.canonical import canonical

BAR_COLUMNS: Final = 40
STAGES: Final = {
    "final": ("transcript", "cyan"),
    "endpoint": ("end of turn", "yellow"),
    "first_token": ("first token", "magenta"),
    "first_utterance": ("first piece of text", "magenta"),
    "first_pcm": ("first sound made", "green"),
    "first_frame": ("first frame sent", "green"),
}
"""Of ``timeline_ms``: the name a person reads, and a colour."""


def print_conversations(console: Console, result: DemoResult) -> None:
    """The whole demo: what ran, and each call from the greeting to the file that was written."""
    what = result.models
    console.print(
        f"\n{what['recognizer']} hears, {what['language_model']} thinks, {what['voice']} speaks;"
        f" ready after {result.start_s:.1f} s",
        soft_wrap=True,
    )
    for call in result.calls:
        _print_conversation(console, call)


def _print_conversation(console: Console, result: DemoCall) -> None:
    """Greeting, every turn with its waterfall, the file that was written."""
    call, record = result.call, result.record
    who = result.caller or "caller"
    greeting_ms = "no greeting" if call.greeting_s is None else f"{call.greeting_s * 1000:.0f} ms"
    console.print(f"\n{who} is answered after {greeting_ms}\n", style="bold")
    _said(console, "agent", record["greeting"])
    turns: Sequence[Mapping[str, Any]] = record["turns"]
    scale_ms = max([400, *(turn["timeline_ms"].get("first_frame", 0) for turn in turns)])
    measured = call.lines if len(call.lines) == len(turns) else [None] * len(turns)
    for turn, line in zip(turns, measured, strict=True):
        console.print()
        _said(console, who, line.words if line and line.words else turn["heard"])
        if line and line.words and canonical(turn["heard"]) != canonical(line.words):
            _said(console, "(heard)", turn["heard"])
        _said(console, "agent", turn["said"] + (" [interrupted]" if turn["interrupted"] else ""))
        _waterfall(console, turn, line, scale_ms)
    unanswered = [line.words or line.name for line in call.lines if not line.answered]
    console.print()
    for words in unanswered:
        console.print(f"no answer to: {words}", style="bold red")
    if len(call.lines) < result.lines:
        console.print(
            f"the call ended ({call.outcome}) after {len(call.lines)} of {result.lines} lines",
            style="bold red",
        )
    _print_summary(console, call)


def print_calls(console: Console, results: Sequence[CallResult]) -> None:
    """One table for all calls of ``appliance call``."""
    table = Table("call", "line", "answer after", "agent stopped after", box=None)
    for call in results:
        for line in call.lines:
            table.add_row(
                call.uuid[:8], line.name, _ms(line.voice_to_voice_s), _ms(line.reaction_s)
            )
        if not call.lines:
            table.add_row(call.uuid[:8], f"({call.outcome})", "-", "-")
    console.print(table)
    for call in results:
        _print_summary(console, call)


def _print_summary(console: Console, call: CallResult) -> None:
    known = [line.voice_to_voice_s for line in call.lines if line.voice_to_voice_s is not None]
    times = f", median {_ms(median(known))}, slowest {_ms(max(known))}" if known else ""
    console.print(
        f"{len(known)} of {len(call.lines)} lines answered{times}; "
        f"{call.outcome.replace('_', ' ')} at {call.duration_s:.0f} s"
    )
    if call.recording is not None:
        console.print(
            f"the call as you would hear it (caller left, agent right): {call.recording}",
            soft_wrap=True,
        )


def _said(console: Console, who: str, words: str) -> None:
    row = Table.grid(padding=(0, 2))
    row.add_row(Text(f"{who:>8}", style="bold"), Text(words))
    console.print(row)


def _waterfall(
    console: Console, turn: Mapping[str, Any], line: LineResult | None, scale_ms: int
) -> None:
    """One bar a stage, from where the stage before ended; 0 is the caller's last voiced sample."""
    block = "█" if console.encoding.lower().startswith("utf") else "#"
    begin_ms = 0
    for name, at_ms in sorted(turn["timeline_ms"].items(), key=lambda item: item[1]):
        if name not in STAGES:
            continue
        label, colour = STAGES[name]
        first, last = (
            min(BAR_COLUMNS, round(ms * BAR_COLUMNS / scale_ms)) for ms in (begin_ms, at_ms)
        )
        row = Text(f"{'':10}{label:<20}{' ' * first}")
        row.append(block * max(1, last - first), style=colour)
        row.append(f" {at_ms} ms")
        console.print(row)
        begin_ms = at_ms
    source = str(turn["source"]).replace("_", " ")
    heard = "" if line is None else f", heard by the caller after {_ms(line.voice_to_voice_s)}"
    console.print(Text(f"{'':10}answered from {source}{heard}", style="dim"))


def _ms(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds * 1000:.0f} ms"
