"""Training: the loss, the schedule, and checkpoints from which a broken-off run goes on.

The learning rate rises, stays, and falls to nothing over the second half of the steps. Their number
may be changed while training: lower it, and the fall begins sooner.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_
from torch.optim import AdamW, Muon, Optimizer
from tqdm import tqdm

from models.recipes.corpus.phones import PHONES
from models.recipes.whisper.batches import IGNORED, Batch, Batches
from models.recipes.whisper.features import Store
from models.recipes.whisper.network import GUIDED_HEADS, Network, Shape
from models.recipes.whisper.tokens import Pieces

SEED = 1
LEARNING_RATE = 1.5e-3
WARM_UP = 200
FALL = 0.5
"""Of all steps, at the end."""
MATRICES_EVERY = 2
"""Steps of a process from one change of the matrices to the next, which goes as many times as far:
Muon would take a quarter of every step, and the mean that it follows turns little in one."""
MOMENTUM = 0.95
"""Of that mean, for each step."""
FOCUS = 0.5
"""From this part of the steps on, what is not the front desk comes less often: by then it has
taught the sounds."""
LAST = 350
"""Silence behind 14 s has nothing to teach the encoder."""
VALIDATION = 192
SAVE_EVERY_S = 100.0
REPORT_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a process of a run is."""

    step: int = 0
    """Of all processes together."""
    pool: int = 0
    pool_begun: int = 0
    """The step at which the pool was drawn."""
    batch: int = 0
    """Of the pool."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the processes of a run share: the weights too, which each changes as it comes to it."""

    network: Network
    batches: Batches
    weights: Callable[[float], npt.NDArray[np.float64]]
    """How often each example is drawn, when such a share of the steps is done."""
    taken: Synchronized[int]
    """Steps, of all processes."""
    steps: int
    processes: int


def train(
    store: Store, pieces: Pieces, checkpoint: Path, steps: int, processes: int = 1
) -> Network:
    """The network after ``steps`` steps; goes on from ``checkpoint`` if that is there.

    With one process a run that was broken off ends as if it had not been. Several change the same
    weights without waiting for each other: none idles on a busy machine, and no two runs are alike.
    """
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    torch.set_num_threads(1)
    network = Network(Shape(pieces.count, pieces.end, len(PHONES)))
    optimizers = _optimizers(network)
    progress = Progress()
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        for optimizer, state in zip(optimizers, saved["optimizers"], strict=True):
            optimizer.load_state_dict(state)
        progress = Progress(**saved["progress"])
    order = np.random.default_rng(SEED).permutation(len(store.examples))
    aside, learnt = order[:VALIDATION], order[VALIDATION:]
    forked = get_context("fork")
    run = Run(
        network.share_memory(),
        Batches(store, pieces, SEED),
        partial(_weights, store, learnt),
        forked.Value("i", progress.step),
        steps,
        processes,
    )
    others = [
        forked.Process(target=_help, args=(run, progress, rank), daemon=True)
        for rank in range(1, processes)
    ]
    for other in others:
        other.start()
    _lead(run, optimizers, progress, checkpoint, aside)
    for other in others:
        other.join()
    return network.eval()


def _lead(
    run: Run,
    optimizers: tuple[Muon, AdamW],
    progress: Progress,
    checkpoint: Path,
    aside: npt.NDArray[np.int64],
) -> None:
    """Train, and tell and save how far all have come."""
    saved_at = time.monotonic()
    told = progress.step
    with tqdm(total=run.steps, initial=progress.step, desc="training", unit="step") as bar:
        for reached, parts in _steps(run, optimizers, progress, rank=0):
            bar.update(reached.step - bar.n)
            if reached.step >= told + REPORT_EVERY or reached.step >= run.steps:
                told = reached.step
                bar.write(f"step {told} {parts} | {_validated(run.network, run.batches, aside)}")
            due = time.monotonic() - saved_at > SAVE_EVERY_S and reached.batch % MATRICES_EVERY == 0
            if due or reached.step >= run.steps:
                _save(checkpoint, run.network, optimizers, reached)
                saved_at = time.monotonic()


def _help(run: Run, progress: Progress, rank: int) -> None:
    """Train beside the leader."""
    for _ in _steps(run, _optimizers(run.network), progress, rank):
        pass


def _steps(
    run: Run, optimizers: tuple[Muon, AdamW], progress: Progress, rank: int
) -> Iterator[tuple[Progress, str]]:
    while run.taken.value < run.steps:
        weights = run.weights(progress.pool_begun / run.steps)
        pool = run.batches.pool(progress.pool * run.processes + rank, weights)
        for number, batch in enumerate(pool):
            if number < progress.batch:
                continue
            with run.taken.get_lock():
                if run.taken.value >= run.steps:
                    return
                step = run.taken.value
                run.taken.value += 1
            turned = number % MATRICES_EVERY == MATRICES_EVERY - 1
            parts = _step(run.network, optimizers, batch, step, run.steps, turned)
            progress = replace(progress, step=step + 1, batch=number + 1)
            yield progress, parts
        progress = Progress(progress.step, progress.pool + 1, progress.step)


def rate(step: int, steps: int) -> float:
    """The learning rate of a step."""
    left = (steps - step) / (FALL * steps)
    return LEARNING_RATE * min(1.0, (step + 1) / WARM_UP, left)


def losses(network: Network, batch: Batch, smoothing: float = 0.05) -> dict[str, Tensor]:
    """``words``: of the next piece. ``phones``, ``pieces``: of the encoder's two heads. ``place``:
    how little the guided heads look where the words are. ``right``: share of pieces foretold."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        heard = network.encoder(batch.mel)
        logits, crossed = network.decoder(batch.inputs, heard)
        heard = heard[:, :LAST]
        phones, pieces = network.phone_head(heard), network.piece_head(heard)
    said = batch.targets != IGNORED
    logits, targets = logits[said].float(), batch.targets[said]
    return {
        "words": functional.cross_entropy(logits, targets, label_smoothing=smoothing),
        "phones": _named(phones, batch.phones),
        "pieces": _named(pieces, batch.heard),
        "place": _misplaced(crossed, batch),
        "right": (logits.argmax(-1) == targets).float().mean(),
    }


def _named(logits: Tensor, classes: Tensor) -> Tensor:
    wanted = classes[:, :LAST].flatten()
    loss = functional.cross_entropy(
        logits.float().flatten(0, 1), wanted, ignore_index=IGNORED, reduction="sum"
    )
    return loss / (wanted != IGNORED).sum().clamp(min=1)


def _misplaced(crossed: list[Tensor], batch: Batch) -> Tensor:
    """Minus the logarithm of the attention that is where it is to be, on average."""
    placed = batch.centres >= 0
    if not placed.any():
        return torch.zeros(())
    positions = torch.arange(crossed[0].shape[-1])
    distance = positions - batch.centres[..., None]
    near = torch.exp(-distance.square() / (2.0 * batch.widths[..., None].square()))
    there = [
        (crossed[layer][:, head].float() * near).sum(-1)[placed] for layer, head in GUIDED_HEADS
    ]
    return -(torch.cat(there) + 1e-3).log().mean()


def _step(
    network: Network,
    optimizers: tuple[Muon, AdamW],
    batch: Batch,
    step: int,
    steps: int,
    matrices: bool,
) -> str:
    """Learn from ``batch``; ``matrices`` says whether it is their turn to change."""
    network.train()
    torch.manual_seed(SEED * 1_000_003 + step)
    parts = losses(network, batch)
    hearing = max(0.2, 1.0 - 1.6 * step / steps)
    place = max(0.02, 0.3 - 0.6 * step / steps)
    loss = parts["words"] + hearing * (parts["phones"] + parts["pieces"]) + place * parts["place"]
    loss.backward()  # type: ignore[no-untyped-call]
    clip_grad_norm_(network.parameters(), 1.0)
    muon, adamw = optimizers
    due: list[tuple[Optimizer, int]] = [(adamw, 1)]
    if matrices:
        due.append((muon, MATRICES_EVERY))
    for optimizer, times in due:
        for group in optimizer.param_groups:
            group["lr"] = times * rate(step, steps)
        optimizer.step()
        optimizer.zero_grad()
    return _told(parts)


def _optimizers(network: Network) -> tuple[Muon, AdamW]:
    """Muon for the matrices inside the network, which learns from fewer steps; else AdamW."""
    matrices = [
        weight
        for name, weight in network.named_parameters()
        if weight.dim() == 2 and ".layers." in name
    ]
    inside = {id(weight) for weight in matrices}
    rest = [weight for weight in network.parameters() if id(weight) not in inside]
    return (
        Muon(
            matrices,
            LEARNING_RATE,
            momentum=MOMENTUM**MATRICES_EVERY,
            weight_decay=0.02,
            adjust_lr_fn="match_rms_adamw",
        ),
        AdamW(rest, LEARNING_RATE, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
    )


def _weights(store: Store, learnt: npt.NDArray[np.int64], done: float) -> npt.NDArray[np.float64]:
    """How often each example is drawn; those kept aside never."""
    weights = np.zeros(len(store.examples))
    for at in learnt:
        example = store.examples[at]
        focused = done >= FOCUS
        weights[at] = (1.0 if example.front_desk else 0.25 if focused else 0.6) * (
            0.4 if example.doubled else 1.0
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


def _save(path: Path, network: Network, optimizers: tuple[Muon, AdamW], progress: Progress) -> None:
    part = path.with_suffix(".part")
    state = {
        "network": network.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        "progress": asdict(progress),
    }
    torch.save(state, part)
    part.rename(path)
