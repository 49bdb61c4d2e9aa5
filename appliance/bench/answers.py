"""Whether callers' questions are answered rightly: text in, no sound, no language model.

Each sentence is planned as in a call. What counts is the entry whose answer would be spoken: an
answer of the wrong entry is a wrong fact, a question back that names the right one costs the caller
three seconds, and an honest "I do not know that" is right where nobody wrote an answer.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from appliance.bench.figures import Conditions, Spread, spread
from appliance.call.answer import planned
from appliance.call.reply import FixedReply, Reply, from_entries
from appliance.config.agent import OWN_MODEL, Agent
from appliance.engines.load import load_sentences
from appliance.errors import SettingsError
from appliance.knowledge.matcher import Knowledge
from appliance.knowledge.meaning import learn

SHIPPED: Final = Path(__file__).with_name("answers.tsv")
"""Sentences to the shipped receptionist that its questions were not written after."""
COLUMNS: Final = ("kind", "previous", "text", "expected")
Outcome = Literal["right", "asked back", "wrong", "not answered"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a caller says, and what should come of it."""

    kind: str
    """``known``, ``urgent``, ``unknown``, or whatever the author calls it."""
    previous: str
    """Id of the entry that was answered just before; empty: none."""
    text: str
    expected: tuple[str, ...]
    """Ids of the entries that answer it; none: no entry may."""


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The outcomes of the sentences of one kind; they add up to ``sentences``."""

    sentences: int
    right: int
    """Answered rightly at once; or no entry answered, where none should."""
    asked_back: int
    """Not answered at once, but the right entry stands in the question back."""
    wrong: int
    """Another entry was spoken, or one of several was missing or too many."""
    not_answered: int
    """Admitted, left to the model, or asked back about the wrong entries."""


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """``bench answers``."""

    conditions: Conditions
    agent: str
    entries: int
    encoder: str
    """What compared the sentences; empty: words alone."""
    by_kind: dict[str, KindFigures]
    plan: Spread | None
    """From the words to the plan."""
    failures: list[str]
    """A line for each sentence that was not right at once."""


def read_sentences(
    path: Path, entries: Sequence[str], *, site: str = "", part: str = ""
) -> list[Sentence]:
    """The sentences of a table with the columns ``COLUMNS``, tab separated, their names first.

    Of a table with a column ``site`` those of ``site`` alone, of one with ``part`` those of
    ``part``, if that is given. Raises SettingsError that names file and line.
    """
    return list(_sentences(path, set(entries), site, part))


def _sentences(path: Path, entries: set[str], site: str, part: str) -> Iterator[Sentence]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
    if missing:
        raise SettingsError(
            f"{path}:1: no column {missing[0]}; its first line must hold {', '.join(COLUMNS)}"
            " with tabs between them"
        )
    for number, row in enumerate(table, 2):
        if (site and row.get("site", site) != site) or (part and row.get("part", part) != part):
            continue
        expected = tuple(filter(None, row["expected"].split("+")))
        unknown = [each for each in (*expected, row["previous"]) if each and each not in entries]
        if unknown:
            raise SettingsError(f"{path}:{number}: the agent has no entry {unknown[0]!r}")
        yield Sentence(row["kind"], row["previous"], row["text"], expected)


async def measure_answers(
    agent: Agent, models_dir: Path, sentences: Sequence[Sentence], before: Conditions
) -> AnswersReport:
    """Plan every one of ``sentences`` with what ``agent`` knows. Raises WeightsError,
    EngineError."""
    name = None if agent.embedding == OWN_MODEL else agent.embedding
    encoder = None if name is None else await load_sentences(name, models_dir)
    try:
        meaning = None
        if encoder is not None:
            meaning = await learn(encoder, agent.knowledge, agent.language)
        knowledge = Knowledge(agent.knowledge, agent.language, meaning)
        outcomes: list[tuple[Sentence, Outcome, Reply, float]] = []
        for sentence in sentences:
            previous = (
                from_entries([knowledge.entry(sentence.previous)], knowledge)
                if sentence.previous
                else None
            )
            begun = time.perf_counter()
            reply = await planned(sentence.text, agent, knowledge, previous)
            took_s = time.perf_counter() - begun
            outcomes.append((sentence, judged(sentence, reply), reply, took_s))
    finally:
        if encoder is not None:
            await encoder.close()
    kinds: dict[str, list[Outcome]] = {}
    for sentence, done, *_ in outcomes:
        kinds.setdefault(sentence.kind, []).append(done)
    return AnswersReport(
        before,
        agent.name,
        len(agent.knowledge),
        name or "",
        {kind: _figures(listed) for kind, listed in kinds.items()},
        spread(took_s for *_, took_s in outcomes),
        [_line(each, done, reply) for each, done, reply, _ in outcomes if done != "right"],
    )


def judged(sentence: Sentence, reply: Reply) -> Outcome:
    """What came of ``sentence``."""
    answers = reply.answers if isinstance(reply, FixedReply) else ()
    if answers:
        return "right" if set(answers) == set(sentence.expected) else "wrong"
    if not sentence.expected:
        return "right"
    choices = reply.choices if isinstance(reply, FixedReply) else ()
    return "asked back" if set(choices) & set(sentence.expected) else "not answered"


def _figures(outcomes: Sequence[Outcome]) -> KindFigures:
    return KindFigures(
        len(outcomes),
        outcomes.count("right"),
        outcomes.count("asked back"),
        outcomes.count("wrong"),
        outcomes.count("not answered"),
    )


def _line(sentence: Sentence, outcome: Outcome, reply: Reply) -> str:
    said = reply.text if isinstance(reply, FixedReply) else "(the language model)"
    wanted = " + ".join(sentence.expected) or "no answer"
    return f"{outcome}: {sentence.text} -> {said} (wanted: {wanted})"
