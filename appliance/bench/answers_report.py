"""``bench answers`` for people."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from appliance.bench.answers import AnswersReport, KindFigures
from appliance.bench.report import print_machine


def print_answers(console: Console, report: AnswersReport) -> None:
    """Conditions, a row for each kind of sentence, the time to the plan."""
    print_machine(console, report.conditions)
    encoder = report.encoder or "words alone"
    console.print(f"agent {report.agent}: {report.entries} entries, compared by {encoder}\n")
    table = Table(box=None, pad_edge=False)
    for name in (
        "kind",
        "sentences",
        "right at once",
        "+ one question back",
        "wrong",
        "unanswered",
    ):
        table.add_column(name, justify="left" if name == "kind" else "right")
    for kind, figures in report.by_kind.items():
        table.add_row(kind, *_row(figures))
    console.print(table)
    if report.plan is not None:
        plan = report.plan
        console.print(f"\nwords to plan: p50 {plan.p50_ms} ms, p95 {plan.p95_ms} ms (goal 10)")


def print_failures(console: Console, report: AnswersReport) -> None:
    """The sentences that were not right at once."""
    for line in report.failures:
        console.print(line, soft_wrap=True)


def _row(figures: KindFigures) -> list[str]:
    def share(count: int) -> str:
        return f"{count} ({100 * count / figures.sentences:.0f} %)"

    return [
        str(figures.sentences),
        share(figures.right),
        share(figures.right + figures.asked_back),
        share(figures.wrong),
        share(figures.not_answered),
    ]
