"""Fitting a network to examples: cross entropy, one cycle of the learning rate, resumable.

Every step's pieces are dealt out to threads that work out gradients each for its own: on so small a
network PyTorch's own threads spend their time waiting for each other.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import nn
from torch.optim import AdamW, Muon
from tqdm import tqdm

from models.recipes.corpus.channel import throat
from models.recipes.vosk.examples import IGNORED, Examples, frames_of
from models.recipes.vosk.features import BANDS, band_at, band_hz, white_noise
from models.recipes.vosk.network import CLASSES, Network, Shape

BATCH: Final = 64
PEAK_RATE: Final = 4e-3
WARM_UP: Final = 0.05
"""Of all steps."""
SMOOTHING: Final = 0.02
CHECKPOINT_S: Final = 120
WARPED: Final = 0.7
"""Of all pieces."""
NOISY: Final = 0.3
"""Of all pieces, besides the noise that is in their sound."""
NOISE_BELOW: Final = (2.0, 9.0)
"""How far its loudest band lies below the loudest of a piece, in natural logarithms of energy:
white noise 15 dB below speech lies 4 below."""
VALIDATION: Final = 256
"""Pieces that are only looked at to tell how it goes."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A trained network and how often each class occurred."""

    network: Network
    frequencies: torch.Tensor


def fit(
    examples: Examples,
    shape: Shape,
    passes: float,
    checkpoint: Path,
    threads: int = 1,
    seed: int = 0,
) -> Fit:
    """Train for so many ``passes`` over ``examples``; goes on from ``checkpoint`` if it exists."""
    torch.manual_seed(seed)
    _one_thread()
    order = torch.randperm(len(examples.bands))
    held, used = order[:VALIDATION], order[VALIDATION:]
    network = Network(shape)
    network.normalise_for(frames_of([examples.bands[used[:2000]]]))
    optimisers = _optimisers(network)
    steps = int(passes * (len(used) // BATCH))
    begin = _restore(checkpoint, network, optimisers)
    network.train()
    saved, recent = time.monotonic(), []
    bar = tqdm(range(begin, steps), initial=begin, total=steps, desc="training", unit="step")
    with ThreadPoolExecutor(threads, initializer=_one_thread) as pool:
        for step in bar:
            chosen = _chosen(used, step).chunk(threads)
            draws = [(part, np.random.default_rng([2, step, at])) for at, part in enumerate(chosen)]
            losses = pool.map(lambda pieces: _learn(network, examples, *pieces), draws)
            recent.append(sum(losses))
            _change(network, optimisers, rate(step / steps))
            if time.monotonic() - saved > CHECKPOINT_S or step == steps - 1:
                _save(checkpoint, network, optimisers, step + 1)
                right = _accuracy(network, examples, held)
                bar.write(f"step {step + 1}: loss {np.mean(recent):.3f}, classes right {right:.1%}")
                saved, recent = time.monotonic(), []
    network.eval()
    labels = examples.labels[examples.labels != IGNORED].long()
    frequencies = torch.bincount(labels, minlength=CLASSES).double() + 10
    return Fit(network, frequencies / frequencies.sum())


def _one_thread() -> None:
    """For the thread that calls: PyTorch counts threads for each."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)


def _optimisers(network: Network) -> tuple[Muon, AdamW]:
    """Muon for the maps between layers, which learns from fewer steps; else AdamW."""
    maps = [each.weight for each in network.maps.children() if isinstance(each, nn.Linear)]
    inside = {id(weight) for weight in maps}
    rest = [weight for weight in network.parameters() if id(weight) not in inside]
    return (
        Muon(maps, PEAK_RATE, weight_decay=0.02, adjust_lr_fn="match_rms_adamw"),
        AdamW(rest, PEAK_RATE, weight_decay=1e-3, fused=True),
    )


def _chosen(used: torch.Tensor, step: int) -> torch.Tensor:
    """The pieces of a step: in each pass all, in another order."""
    batches = len(used) // BATCH
    shuffled = np.random.default_rng([1, step // batches]).permutation(len(used))
    at = step % batches * BATCH
    return used[torch.from_numpy(shuffled[at : at + BATCH])]


def _learn(
    network: Network, examples: Examples, chosen: torch.Tensor, draw: np.random.Generator
) -> float:
    """Add the gradients of the ``chosen`` pieces; their part of the loss of a step."""
    bands = noisy(warped(examples.bands[chosen].float(), draw), draw)
    bands = distorted(bands, torch.Generator().manual_seed(int(draw.integers(2**62))))
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(bands)
    loss = nn.functional.cross_entropy(
        scores.float().flatten(0, 1),
        examples.labels[chosen].long().flatten(),
        ignore_index=IGNORED,
        label_smoothing=SMOOTHING,
    )
    loss = loss * (len(chosen) / BATCH)
    loss.backward()  # type: ignore[no-untyped-call]
    return float(loss.detach())


def _change(network: Network, optimisers: Sequence[torch.optim.Optimizer], share: float) -> None:
    """Follow the gradients, at such a ``share`` of the peak rate."""
    nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = PEAK_RATE * share
        optimiser.step()
        optimiser.zero_grad()


def rate(progress: float) -> float:
    """The learning rate relative to its peak, at a ``progress`` of 0..1: up, then half a cosine."""
    if progress < WARM_UP:
        return progress / WARM_UP
    return 0.5 * (1 + float(np.cos(np.pi * (progress - WARM_UP) / (1 - WARM_UP)))) + 1e-3


def warped(bands: torch.Tensor, draw: np.random.Generator) -> torch.Tensor:
    """``bands`` (pieces, frames, ``BANDS``), most of them as if spoken by other throats."""
    maps = np.zeros((len(bands), BANDS, BANDS), dtype=np.float32)
    target = np.arange(BANDS)
    for each in maps:
        source = target.astype(np.float64)
        if draw.random() < WARPED:
            source = band_at(throat(band_hz(), draw))
        below = np.minimum(source.astype(np.int64), BANDS - 2)
        each[below, target] = below + 1 - source
        each[below + 1, target] = source - below
    return bands.bmm(torch.from_numpy(maps))


def noisy(bands: torch.Tensor, draw: np.random.Generator) -> torch.Tensor:
    """``bands``, some of them with noise that no copy of theirs has: its energy is spread evenly
    over the frequencies, or leans to one side."""
    chosen = torch.from_numpy(draw.random(len(bands)) < NOISY)
    heard = bands[chosen]
    pieces, frames, _ = heard.shape
    loud = heard.amax((1, 2), keepdim=True)
    below = torch.from_numpy(draw.uniform(*NOISE_BELOW, (pieces, 1, 1)))
    lean = draw.normal(0, 0.5, (pieces, 1, 1)) * np.linspace(-1, 1, BANDS)
    flicker = draw.normal(0, 1, (pieces, frames, BANDS)) * np.linspace(1.0, 0.5, BANDS)
    noise = loud - below + torch.from_numpy(white_noise() + lean + flicker)
    mixed = bands.clone()
    mixed[chosen] = torch.logaddexp(heard.double(), noise).float()
    return mixed


def distorted(bands: torch.Tensor, draw: torch.Generator) -> torch.Tensor:
    """``bands`` (pieces, frames, ``BANDS``) through random frequency responses, with up to two
    stretches of bands and of frames lost."""
    pieces, frames, _ = bands.shape
    knots = torch.randn(pieces, 1, 6, generator=draw)
    response = nn.functional.interpolate(knots, BANDS, mode="linear", align_corners=True)
    bands = bands + 0.7 * response
    nothing = bands.mean(dim=(1, 2), keepdim=True)
    for _ in range(2):
        lost_bands = _stretch(pieces, BANDS, 7, draw)[:, None, :]
        lost_frames = _stretch(pieces, frames, 8, draw)[:, :, None]
        bands = torch.where(lost_bands | lost_frames, nothing, bands)
    return bands


def _stretch(pieces: int, size: int, longest: int, draw: torch.Generator) -> torch.Tensor:
    """(pieces, size): True in one stretch of each piece, of up to ``longest``, perhaps of none."""
    length = torch.randint(-longest, longest + 1, (pieces, 1), generator=draw).clamp_min(0)
    start = (torch.rand(pieces, 1, generator=draw) * (size - length)).long()
    at = torch.arange(size)
    return (at >= start) & (at < start + length)


def _accuracy(network: Network, examples: Examples, held: torch.Tensor) -> float:
    network.eval()
    with torch.no_grad():
        found = network(examples.bands[held].float()).argmax(-1)
    network.train()
    wanted = examples.labels[held]
    return float((found == wanted)[wanted != IGNORED].float().mean())


def _save(
    path: Path, network: Network, optimisers: Sequence[torch.optim.Optimizer], step: int
) -> None:
    part = path.with_suffix(".part")
    states = [optimiser.state_dict() for optimiser in optimisers]
    torch.save({"network": network.state_dict(), "optimisers": states, "step": step}, part)
    part.rename(path)


def _restore(path: Path, network: Network, optimisers: Sequence[torch.optim.Optimizer]) -> int:
    """The step to go on with."""
    if not path.exists():
        return 0
    state: dict[str, Any] = torch.load(path)
    network.load_state_dict(state["network"])
    for optimiser, saved in zip(optimisers, state["optimisers"], strict=True):
        optimiser.load_state_dict(saved)
    return int(state["step"])
