"""The network that is written is the one that was trained."""

from pathlib import Path

import numpy as np
import pytest
import torch

from models.recipes.vosk import training
from models.recipes.vosk.examples import IGNORED, PIECE, Examples
from models.recipes.vosk.features import BANDS, STEP, band_hz
from models.recipes.vosk.network import CLASSES, Network, Shape
from models.recipes.vosk.training import fit, noisy, warped

pytestmark = pytest.mark.unit


def test_folded_layers_compute_what_the_network_does() -> None:
    torch.manual_seed(0)
    network = Network(Shape(16))
    size = 30 * STEP + network.shape.before + network.shape.behind - STEP + 1
    network.train()
    for _ in range(3):
        network(torch.randn(4, size, BANDS) * 3 + 1)
    network.mean.normal_()
    network.spread.uniform_(1, 2)
    bands = torch.randn(size, BANDS)
    expected = network.eval()(bands[None])[0].detach().numpy()
    assert expected.shape == (30, CLASSES)

    frames = dict(enumerate((bands.double() @ network.cepstra.double()).numpy()))
    layers = network.folded()
    for number, layer in enumerate(layers):
        seen = {
            at: np.concatenate([frames[at + offset] for offset in layer.offsets])
            for at in frames
            if all(at + offset in frames for offset in layer.offsets)
        }
        frames = {at: layer.weights @ values + layer.bias for at, values in seen.items()}
        if number < len(layers) - 1:
            frames = {at: np.maximum(values, 0) for at, values in frames.items()}
    assert min(frames) == network.shape.before
    found = [frames[network.shape.before + STEP * number] for number in range(30)]
    assert np.stack(found) == pytest.approx(expected, abs=1e-5)


def test_other_throats_move_a_resonance() -> None:
    bands = torch.zeros(200, 3, BANDS)
    bands[:, :, 20] = 1.0
    moved = warped(bands, np.random.default_rng(0))
    centres = band_hz()[moved[:, 0].argmax(1).numpy()]
    share = centres / band_hz()[20]
    assert share.min() < 0.92 < 1.08 < share.max()
    assert (share == 1.0).sum() > 40  # some stay


def test_added_noise_is_below_the_loudest_and_above_what_it_hides() -> None:
    bands = torch.full((100, 50, BANDS), -10.0)
    bands[:, 10:20, 5:15] = 10.0
    heard = noisy(bands, np.random.default_rng(1))
    assert heard[:, 10:20, 5:15].numpy() == pytest.approx(10.0, abs=0.3)
    changed = (heard - bands).abs().amax((1, 2)) > 1
    assert 15 < changed.sum() < 45  # the others stay as they are
    assert (heard[changed][:, 30:, 30:].mean((1, 2)) > 0).all()


@pytest.mark.parametrize("threads", [1, 2])
def test_training_goes_on_where_it_was_broken_off_and_has_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    shape, checkpoint = Shape(8), tmp_path / "checkpoint"
    change, changes = training._change, []

    def stumbling(*arguments: object) -> None:
        if len(changes) == 25:
            raise InterruptedError
        change(*arguments)
        changes.append(arguments)

    monkeypatch.setattr(training, "CHECKPOINT_S", 0.0)
    monkeypatch.setattr(training, "_change", stumbling)
    examples = high_or_low(training.VALIDATION + 10 * training.BATCH, shape)
    with pytest.raises(InterruptedError):
        fit(examples, shape, 5, checkpoint, threads)
    monkeypatch.setattr(training, "_change", lambda *given: (change(*given), changes.append(given)))
    trained = fit(examples, shape, 5, checkpoint, threads)
    assert len(changes) == 50  # the first 25 were not done again
    fresh = high_or_low(20, shape)
    found = trained.network(fresh.bands.float()).argmax(-1)
    assert (found == fresh.labels)[fresh.labels != IGNORED].float().mean() > 0.95
    assert trained.frequencies.sum() == pytest.approx(1.0)
    assert trained.frequencies[[3, 7]].tolist() == pytest.approx([0.5, 0.5], abs=0.05)


def high_or_low(pieces: int, shape: Shape) -> Examples:
    """Pieces of class 3 that are loud in low bands, of class 7 in high ones; the last label of each
    is behind its end."""
    draw = torch.Generator().manual_seed(pieces)
    high = torch.rand(pieces, generator=draw) < 0.5
    size = PIECE * STEP + shape.before + shape.behind - STEP + 1
    bands = torch.randn(pieces, size, BANDS, generator=draw)
    bands[high, :, BANDS // 2 :] += 6.0
    bands[~high, :, : BANDS // 2] += 6.0
    labels = torch.where(high, 7, 3)[:, None].repeat(1, PIECE).to(torch.int16)
    labels[:, -1] = IGNORED
    return Examples(bands.half(), labels)
