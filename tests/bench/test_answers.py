"""``bench answers``: what counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from appliance.bench.answers import SHIPPED, Sentence, judged, measure_answers, read_sentences
from appliance.bench.figures import conditions
from appliance.call.reply import FixedReply, ModelReply
from appliance.cli import app
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS, Settings
from appliance.errors import SettingsError

pytestmark = pytest.mark.unit

AGENT = read_agents(SHIPPED_AGENTS).default.model_copy(update={"embedding": None})
IDS = [entry.id for entry in AGENT.knowledge]
SITES = sorted((Path(__file__).parents[1] / "data" / "sites").glob("*.yaml"))


def sentence(*expected: str) -> Sentence:
    return Sentence("known", "", "where are you", expected)


@pytest.mark.parametrize(
    ("expected", "reply", "outcome"),
    [
        (("address",), FixedReply("", answers=("address",)), "right"),
        (("address",), FixedReply("", answers=("hours",)), "wrong"),
        (("address", "hours"), FixedReply("", answers=("hours", "address")), "right"),
        (("address", "hours"), FixedReply("", answers=("hours",)), "wrong"),
        (("address",), FixedReply("", choices=("hours", "address")), "asked back"),
        (("address",), FixedReply("", choices=("hours",)), "not answered"),
        (("address",), ModelReply(""), "not answered"),
        ((), FixedReply("", answers=("hours",)), "wrong"),
        ((), FixedReply("", choices=("hours",)), "right"),
        ((), ModelReply(""), "right"),
    ],
)
def test_the_entry_that_is_spoken_counts(
    expected: tuple[str, ...], reply: FixedReply | ModelReply, outcome: str
) -> None:
    assert judged(sentence(*expected), reply) == outcome


async def test_the_shipped_sentences_are_measured_by_words_alone(tmp_path: Path) -> None:
    sentences = read_sentences(SHIPPED, IDS)
    report = await measure_answers(AGENT, tmp_path, sentences, conditions(Settings()))
    assert sum(each.sentences for each in report.by_kind.values()) == len(sentences)
    for figures in report.by_kind.values():
        shares = (figures.right, figures.asked_back, figures.wrong, figures.not_answered)
        assert sum(shares) == figures.sentences
    assert report.plan is not None
    assert len(report.failures) == len(sentences) - sum(f.right for f in report.by_kind.values())


def test_lines_of_another_site_or_part_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "asked.tsv"
    path.write_text(
        "part\tsite\tkind\tprevious\ttext\texpected\n"
        "dev\treceptionist\tknown\t\twhere are you\taddress\n"
        "held\treceptionist\tknown\t\twhere is it\taddress\n"
        "dev\thotel\tknown\t\tis there a pool\tpool\n"
    )
    found = read_sentences(path, IDS, site="receptionist", part="dev")
    assert [each.text for each in found] == ["where are you"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind\ttext\n", r":1: no column previous; its first line must hold kind, previous"),
        ("", r":1: no column kind"),
        ("kind\tprevious\ttext\texpected\nknown\t\twhere\tadress\n", r":2: the agent has no entry"),
        ("kind\tprevious\ttext\texpected\nknown\tx\twhere\thours\n", r":2: the agent has no entry"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "asked.tsv"
    path.write_text(text)
    with pytest.raises(SettingsError, match=message):
        read_sentences(path, IDS)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_sentences(tmp_path, IDS)


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_every_site_has_words_to_ask_back_with_and_one_emergency(path: Path) -> None:
    known = read_agents(path).default.knowledge
    assert all(entry.asks for entry in known)
    assert [entry.id for entry in known if entry.urgent] == ["emergency"]


def test_the_command_prints_a_row_for_each_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPLIANCE_MODELS_DIR", "/nonexistent")
    result = CliRunner().invoke(app, ["bench", "answers", "--show"])
    assert result.exit_code == 0, result.output
    assert "known" in result.output
    assert "words alone" in result.output
    assert "words to plan" in result.output
