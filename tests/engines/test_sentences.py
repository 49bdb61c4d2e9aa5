"""Vectors of sentences, by a tiny BERT with random weights through the real libraries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from appliance.engines.load import load_sentences
from appliance.engines.sentences import BATCH, SentenceEncoder
from appliance.errors import EngineError, WeightsError
from appliance.weights.sentence_encoder import convert_sentence_encoder
from tests.weights.test_sentence_encoder import PIECES, TOKENS, shapes, write_bert

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its tokenizer pads to a length, as the public model's does."""
    source, target = tmp_path_factory.mktemp("bert"), tmp_path_factory.mktemp("encoder")
    write_bert(source, shapes())
    vocabulary = {piece: number for number, piece in enumerate(PIECES)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    special = [("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])]
    tokenizer.post_processor = TemplateProcessing("[CLS] $A [SEP]", None, special)
    tokenizer.enable_padding(length=TOKENS)
    tokenizer.save(str(source / "tokenizer.json"))
    convert_sentence_encoder(source, target)
    return target


@pytest.fixture
async def encoder(model: Path) -> AsyncIterator[SentenceEncoder]:
    encoder = await SentenceEncoder.load(model)
    yield encoder
    await encoder.close()


async def test_each_sentence_gets_a_row_of_length_one(encoder: SentenceEncoder) -> None:
    rows = await encoder.vectors(["open", "closed", "opening closed"])
    assert rows.shape[0] == 3
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-5)


async def test_a_vector_does_not_depend_on_what_else_is_encoded(encoder: SentenceEncoder) -> None:
    alone = await encoder.vectors(["open"])
    beside = await encoder.vectors(["open", "closed opening closed opening closed"])
    many = await encoder.vectors(["open"] * (BATCH + 1))
    assert beside[0] == pytest.approx(alone[0], abs=0.02)
    assert many[-1] == pytest.approx(alone[0], abs=0.02)


async def test_nothing_gets_no_row_and_no_word_gets_one(encoder: SentenceEncoder) -> None:
    assert len(await encoder.vectors([])) == 0
    rows = await encoder.vectors(["", "\x00", "öffnen"])
    assert np.isfinite(rows).all()


async def test_a_closed_one_refuses(model: Path) -> None:
    encoder = await load_sentences(str(model), model.parent)
    await encoder.close()
    await encoder.close()
    with pytest.raises(EngineError):
        await encoder.vectors(["open"])


async def test_a_folder_with_something_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"nothing")
    with pytest.raises(WeightsError, match="not an encoder of sentences"):
        await SentenceEncoder.load(tmp_path)
