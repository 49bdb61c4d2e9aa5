"""Training: the loss, the schedule, and checkpoints from which a broken-off run goes on.

The learning rate rises, stays, and falls to nothing over the last third of the steps, so the number
of steps may be changed while training: lower it, and the fall begins sooner.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_
from tqdm import tqdm

from models.recipes.corpus.phones import PHONES
from models.recipes.whisper.batches import IGNORED, Batch, Batches
from models.recipes.whisper.features import Store
from models.recipes.whisper.network import GUIDED_HEADS, Network, Shape
from models.recipes.whisper.tokens import Pieces

SEED = 1
LEARNING_RATE = 1.5e-3
WARM_UP = 200
FALL = 0.35
"""Of all steps, at the end."""
FOCUS = 0.5
"""From this part of the steps on, what is not the front desk and what is doubled comes less often:
by then it has taught the sounds."""
VALIDATION = 192
SAVE_EVERY_S = 100.0
REPORT_EVERY = 250


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is."""

    step: int = 0
    pool: int = 0
    pool_begun: int = 0
    """The step at which the pool was drawn."""
    batch: int = 0
    """Of the pool."""


def train(store: Store, pieces: Pieces, checkpoint: Path, steps: int) -> Network:
    """The network after ``steps`` steps; goes on from ``checkpoint`` if that is there."""
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    network = Network(Shape(vocabulary=pieces.count, phones=len(PHONES)))
    optimizer = _optimizer(network)
    progress = Progress()
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        progress = Progress(**saved["progress"])
    order = np.random.default_rng(SEED).permutation(len(store.examples))
    aside, learnt = order[:VALIDATION], order[VALIDATION:]
    batches = Batches(store, pieces, SEED)
    saved_at = time.monotonic()
    with tqdm(total=steps, initial=progress.step, desc="training", unit="step") as bar:
        while progress.step < steps:
            weights = _weights(store, learnt, progress.pool_begun / steps)
            for number, batch in enumerate(batches.pool(progress.pool, weights)):
                if number < progress.batch:
                    continue
                parts = _step(network, optimizer, batch, progress.step, steps)
                progress = replace(progress, step=progress.step + 1, batch=number + 1)
                bar.update()
                if progress.step % REPORT_EVERY == 0:
                    bar.write(
                        f"step {progress.step} {parts} | {_validated(network, batches, aside)}"
                    )
                if time.monotonic() - saved_at > SAVE_EVERY_S or progress.step == steps:
                    _save(checkpoint, network, optimizer, progress)
                    saved_at = time.monotonic()
                if progress.step == steps:
                    break
            progress = Progress(progress.step, progress.pool + 1, progress.step)
    return network.eval()


def rate(step: int, steps: int) -> float:
    """The learning rate of a step."""
    left = (steps - step) / (FALL * steps)
    return LEARNING_RATE * min(1.0, (step + 1) / WARM_UP, left)


def losses(network: Network, batch: Batch, smoothing: float = 0.05) -> dict[str, Tensor]:
    """``words``: of the next piece. ``ctc``, ``phones``: of the encoder's two heads. ``place``: how
    much of the guided heads' attention is not where the word is. ``right``: pieces foretold."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        heard = network.encoder(batch.mel)
        logits, crossed = network.decoder(batch.inputs, heard)
        heard = heard[:, :700]  # silence behind 14 s has nothing to teach
        phones, ctc = network.frame_head(heard).float(), network.ctc_head(heard).float()
    said = batch.targets != IGNORED
    logits, targets = logits.float()[said], batch.targets[said]
    return {
        "words": functional.cross_entropy(logits, targets, label_smoothing=smoothing),
        "ctc": _ctc(ctc, batch.ctc),
        "phones": functional.cross_entropy(
            phones.transpose(1, 2), batch.phones[:, :700], ignore_index=IGNORED
        ),
        "place": _misplaced(crossed, batch),
        "right": (logits.argmax(-1) == targets).float().mean(),
    }


def _ctc(logits: Tensor, phones: list[list[int]]) -> Tensor:
    counts = torch.tensor([len(each) for each in phones])
    if not counts.any():  # nobody speaks in all of the batch
        return torch.zeros(())
    loss = functional.ctc_loss(
        logits.log_softmax(-1).transpose(0, 1),
        torch.tensor([phone for each in phones for phone in each]),
        torch.full((len(phones),), logits.shape[1]),
        counts,
        blank=logits.shape[-1] - 1,
        reduction="none",
        zero_infinity=True,
    )
    return (loss / counts.clamp(min=5)).mean()


def _misplaced(crossed: list[Tensor], batch: Batch) -> Tensor:
    placed = batch.centres >= 0
    if not placed.any():
        return torch.zeros(())
    positions = torch.arange(crossed[0].shape[-1])
    distance = positions - batch.centres[..., None]
    away = 1.0 - torch.exp(-distance.square() / (2.0 * batch.widths[..., None].square()))
    shares = [
        (crossed[layer][:, head].float() * away).sum(-1)[placed] for layer, head in GUIDED_HEADS
    ]
    return torch.stack(shares).mean()


def _step(
    network: Network, optimizer: torch.optim.Optimizer, batch: Batch, step: int, steps: int
) -> str:
    network.train()
    torch.manual_seed(SEED * 1_000_003 + step)
    for group in optimizer.param_groups:
        group["lr"] = rate(step, steps)
    parts = losses(network, batch)
    hearing = 0.3 if step < FOCUS * steps else 0.15
    place = max(0.1, 1.5 - 4.0 * step / steps)
    loss = parts["words"] + hearing * (parts["ctc"] + parts["phones"]) + place * parts["place"]
    loss.backward()  # type: ignore[no-untyped-call]
    clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return _told(parts)


def _optimizer(network: Network) -> torch.optim.Optimizer:
    weights = list(network.parameters())
    decayed = [weight for weight in weights if weight.dim() > 1]
    rest = [weight for weight in weights if weight.dim() <= 1]
    groups = [{"params": decayed, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=(0.9, 0.98), fused=True)


def _weights(store: Store, learnt: npt.NDArray[np.int64], done: float) -> npt.NDArray[np.float64]:
    """How often each example is drawn; those kept aside never."""
    weights = np.zeros(len(store.examples))
    for at in learnt:
        example = store.examples[at]
        focused = done >= FOCUS
        weights[at] = (1.0 if example.front_desk or not focused else 0.25) * (
            0.4 if example.doubled and focused else 1.0
        )
    return weights


def _validated(network: Network, batches: Batches, aside: npt.NDArray[np.int64]) -> str:
    network.eval()
    with torch.no_grad():
        groups = np.array_split(aside, VALIDATION // 48)
        parts = [losses(network, batches.plain(list(group)), smoothing=0.0) for group in groups]
    means = {name: torch.stack([part[name] for part in parts]).mean() for name in parts[0]}
    return "not trained: " + _told(means)


def _told(parts: dict[str, Tensor]) -> str:
    return " ".join(f"{name} {float(value.detach()):.3f}" for name, value in parts.items())


def _save(
    path: Path, network: Network, optimizer: torch.optim.Optimizer, progress: Progress
) -> None:
    part = path.with_suffix(".part")
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "progress": asdict(progress),
    }
    torch.save(state, part)
    part.rename(path)
