"""How the small Whisper is trained and exported."""

import json
from pathlib import Path

import numpy as np
import pytest

from models.recipes.whisper.tokens import Pieces

pytestmark = pytest.mark.unit


def store():
    from models.recipes.whisper.features import Example, Store

    draw = np.random.default_rng(1)
    texts = [["yes"], ["no", "please"], ["hello", "..."], []] * 60
    examples = [
        Example(
            start=at * 100, count=100, words=words, span_s=(0.1, 0.8) if words else (0.0, 0.0),
            places_s=[(0.1 + 0.3 * at, 0.4 + 0.3 * at) for at in range(len(words))],
            front_desk="..." not in words, doubled=False,
        )
        for at, words in enumerate(texts)
    ]  # fmt: skip
    features = draw.normal(size=(100 * len(texts), 80)).astype(np.float16)
    return Store(examples, features, draw.integers(0, 41, 100 * len(texts)).astype(np.int8))


def test_a_batch_holds_what_was_said_and_where(pieces: Pieces) -> None:
    from models.recipes.whisper.batches import IGNORED, Batches

    batch = Batches(store(), pieces, seed=1).plain([1, 3])
    said = [number for word in ("no", "please") for number in pieces.encode(word)]
    assert batch.inputs[0, : len(said) + 2].tolist() == [pieces.start, pieces.no_times, *said]
    targets = batch.targets[0].tolist()
    assert targets[: len(said) + 2] == [pieces.no_times, *said, pieces.end]
    assert set(targets[len(said) + 2 :]) <= {IGNORED}
    silent = batch.targets[1].tolist()
    assert silent[:2] == [pieces.no_speech, pieces.end]
    assert set(silent[2:]) == {IGNORED}
    centres = batch.centres[0][batch.centres[0] >= 0]
    assert len(centres) == len(said)
    assert centres.tolist() == sorted(centres.tolist())
    assert 2 < centres[0] < centres[-1] < 18  # positions of 40 ms between 0.1 and 0.7 s
    spoken = batch.heard[0].tolist()
    assert spoken[:2] == [pieces.end] * 2
    assert list(dict.fromkeys(spoken[3:17])) == list(dict.fromkeys(said))
    assert set(spoken[18:]) == {pieces.end} == set(batch.heard[1].tolist())


def test_another_throat_moves_the_resonances_of_the_telephone_band() -> None:
    from models.recipes.whisper.batches import TELEPHONE_HZ, warped

    mel = np.zeros((2, 80), np.float32)
    mel[:, [14, 40, 70]] = 1.0  # 560 Hz, 1.7 kHz, 5.4 kHz
    assert np.allclose(warped(mel, TELEPHONE_HZ), mel, atol=1e-4)
    longer, shorter = warped(mel, TELEPHONE_HZ / 0.87)[0], warped(mel, TELEPHONE_HZ / 1.15)[0]
    assert (longer[:25].argmax(), shorter[:25].argmax()) == (12, 16)  # 490 and 640 Hz
    assert (longer[25:62].argmax() + 25, shorter[25:62].argmax() + 25) == (36, 44)
    assert longer[70] == shorter[70] == 1.0


def test_added_noise_fills_the_telephone_band_and_hides_nothing_louder() -> None:
    from models.recipes.whisper.batches import ABOVE_TELEPHONE, noisy

    mel = np.full((50, 80), -1.0, np.float32)
    mel[20:30, 10:20] = 1.0
    heard = noisy(mel, np.random.default_rng(0))
    assert np.allclose(heard[20:30, 10:20], 1.0, atol=0.02)
    assert (heard[:, :ABOVE_TELEPHONE] > -0.95).all()
    assert (heard[:, ABOVE_TELEPHONE:] == -1.0).all()


def test_a_batch_in_which_nobody_speaks_can_be_learnt_from(pieces: Pieces) -> None:
    import torch

    from models.recipes.whisper.batches import Batches
    from models.recipes.whisper.network import Network, Shape
    from models.recipes.whisper.train import losses

    batch = Batches(store(), pieces, seed=1).plain([3, 7])
    parts = losses(Network(Shape(pieces.count, pieces.end, phones=41)), batch)
    assert all(torch.isfinite(value) for value in parts.values())


def test_a_broken_off_run_goes_on_as_it_would_have(
    pieces: Pieces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from models.recipes.whisper import train

    monkeypatch.setattr(train, "VALIDATION", 48)
    monkeypatch.setattr(train, "SAVE_EVERY_S", 0.0)
    whole = train.train(store(), pieces, tmp_path / "whole.pt", 4)
    step = train._step

    def stumbling(*arguments) -> str:
        if arguments[3] == 2:
            raise KeyboardInterrupt
        return step(*arguments)

    monkeypatch.setattr(train, "_step", stumbling)
    with pytest.raises(KeyboardInterrupt):
        train.train(store(), pieces, tmp_path / "broken.pt", 4)
    monkeypatch.setattr(train, "_step", step)
    resumed = train.train(store(), pieces, tmp_path / "broken.pt", 4)
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(one, other)


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    from models.recipes.whisper import train

    rates = [train.rate(step, 1000) for step in range(1000)]
    assert rates[0] < rates[100] < rates[300] == rates[450] == train.LEARNING_RATE > rates[600]
    assert rates[990] < 0.1 * train.LEARNING_RATE
    assert train.rate(1000, 1000) == 0.0


def test_the_exported_network_hears_as_the_trained_one(pieces: Pieces, tmp_path: Path) -> None:
    import torch
    from faster_whisper import WhisperModel

    from models.recipes.whisper.export import export
    from models.recipes.whisper.network import Network, Shape

    torch.manual_seed(1)
    network = Network(Shape(pieces.count, pieces.end, phones=41)).eval()
    tokenizer = tmp_path / "tokenizer.json"
    pieces.tokenizer.save(str(tokenizer))
    export(network, tokenizer, tmp_path / "model")
    model = WhisperModel(str(tmp_path / "model"), device="cpu", cpu_threads=1)
    mel = np.random.default_rng(1).normal(size=(80, 3000)).astype(np.float32)
    encoded = model.encode(mel)  # the array is a view of it
    heard = np.array(encoded)
    with torch.no_grad():
        expected = network.encoder(torch.from_numpy(mel)[None]).numpy()
    assert np.abs(heard - expected).max() < 0.05 * np.abs(expected).max()  # weights are int8
    assert len(json.loads((tmp_path / "model/vocabulary.json").read_text())) == pieces.count


def test_labels_follow_an_utterance_over_the_line() -> None:
    from models.recipes.corpus.channel import Received
    from models.recipes.corpus.phones import PHONES
    from models.recipes.corpus.utterance import Utterance
    from models.recipes.whisper.features import UNKNOWN, _labels

    samples = np.zeros(16000, np.int16)
    timed = Utterance("yes", "v", samples, ("SIL", "y", "eh", "s"), (0.1, 0.3, 0.6, 0.9))
    heard = Received(np.zeros(8000), start_s=0.2, speed=2.0)
    labels = _labels([timed], [0.0], 40, heard)
    named = [PHONES[label] for label in labels]
    assert named[:12] == ["SIL"] * 12  # 0.2 s before it, and 0.05 s of its own
    assert [named[at] for at in (15, 21, 30)] == ["y", "eh", "s"]
    assert set(named[33:]) == {"SIL"}
    unknown = Utterance("yes", "v", samples, ("y",), ())
    assert set(_labels([unknown], [0.0], 40, heard)) == {UNKNOWN}


def test_the_matrices_learn_from_every_step_and_change_when_it_is_their_turn(
    pieces: Pieces,
) -> None:
    import torch

    from models.recipes.whisper import train
    from models.recipes.whisper.batches import Batches
    from models.recipes.whisper.network import Network, Shape

    network = Network(Shape(pieces.count, pieces.end, phones=41))
    optimizers = muon, _ = train._optimizers(network)
    batches = Batches(store(), pieces, seed=1)
    inside = network.encoder.layers[0].ffn.widen.weight
    outside = network.decoder.embedding.weight
    before = inside.clone(), outside.clone()
    train._step(network, optimizers, batches.plain([0, 1]), 500, 1000, matrices=False)
    assert torch.equal(inside, before[0])
    assert not torch.equal(outside, before[1])
    learnt = inside.grad.clone()
    train._step(network, optimizers, batches.plain([4, 5]), 500, 1000, matrices=True)
    assert not torch.equal(inside, before[0])
    assert inside.grad is None
    momentum = muon.state[inside]["momentum_buffer"]
    assert not torch.equal(momentum, torch.zeros_like(momentum))
    assert torch.nn.functional.cosine_similarity(momentum.flatten(), learnt.flatten(), 0) > 0.5
