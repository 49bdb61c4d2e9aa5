"""The acoustic model: a time-delay network that names the phone in every third frame.

Small enough for an eighth of a per cent of a core a call, and made of nothing but what Kaldi's
``FixedAffineComponent`` can hold: frames side by side, an affine map, a rectifier. Normalisations
are folded into the maps when the model is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import nn

from models.recipes.corpus.phones import PHONES
from models.recipes.vosk.features import BANDS, STEP, cepstral_map
from models.recipes.vosk.kaldi_files import Affine, Floats

CLASSES: Final = 2 * len(PHONES)
NORM_EPSILON: Final = 1e-5


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a network is, and what it sees."""

    width: int
    layers: tuple[tuple[int, ...], ...] = ((-1, 0, 1), (-1, 0, 1), (-2, 0, 2), (-3, 0, 2))
    """What each layer behind the first sees of the one before, in steps of 30 ms. The first sees
    seven frames of features."""

    @property
    def before(self) -> int:
        """Frames of features it sees before the one it names."""
        return 3 - STEP * sum(min(offsets) for offsets in self.layers)

    @property
    def behind(self) -> int:
        """... and behind it."""
        return 3 + STEP * sum(max(offsets) for offsets in self.layers)


class Network(nn.Module):
    """Scores of ``CLASSES``. Takes mel bands, (utterances, frames, ``BANDS``), with ``before`` and
    ``behind`` frames of context around; gives (utterances, named frames, ``CLASSES``)."""

    cepstra: torch.Tensor
    mean: torch.Tensor
    spread: torch.Tensor

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        sizes = [7 * BANDS, *(len(offsets) * width for offsets in shape.layers)]
        self.maps = nn.ModuleList(nn.Linear(size, width, bias=False) for size in sizes)
        self.norms = nn.ModuleList(nn.BatchNorm1d(width, NORM_EPSILON) for _ in sizes)
        self.out = nn.Linear(width, CLASSES)
        self.dropout = nn.Dropout1d(dropout)
        self.register_buffer("cepstra", torch.tensor(cepstral_map(), dtype=torch.float32))
        self.register_buffer("mean", torch.zeros(BANDS))
        self.register_buffer("spread", torch.ones(BANDS))

    def normalise_for(self, bands: torch.Tensor) -> None:
        """Take mean and spread of the features from ``bands``, (frames, ``BANDS``)."""
        cepstra = bands.float() @ self.cepstra
        self.mean.copy_(cepstra.mean(0))
        self.spread.copy_(cepstra.std(0))

    def forward(self, bands: torch.Tensor) -> torch.Tensor:
        features = (bands @ self.cepstra - self.mean) / self.spread
        seen = features.unfold(1, 7, STEP).transpose(2, 3).flatten(2)
        hidden = self._layer(0, seen)
        for number, offsets in enumerate(self.shape.layers, 1):
            first, length = min(offsets), hidden.shape[1] - max(offsets) + min(offsets)
            parts = [hidden[:, at - first : at - first + length] for at in offsets]
            hidden = self._layer(number, torch.cat(parts, dim=2))
        scores: torch.Tensor = self.out(hidden)
        return scores

    def _layer(self, number: int, seen: torch.Tensor) -> torch.Tensor:
        mapped = self.maps[number](seen)
        normed = self.norms[number](mapped.flatten(0, 1)).view_as(mapped)
        hidden: torch.Tensor = self.dropout(torch.relu(normed).transpose(1, 2)).transpose(1, 2)
        return hidden

    def folded(self) -> list[Affine]:
        """The same function of cepstra as plain affine maps with rectifiers between them."""
        offsets: list[tuple[int, ...]] = [(-3, -2, -1, 0, 1, 2, 3)]
        offsets += [tuple(STEP * at for at in layer) for layer in self.shape.layers]
        layers = []
        for number, offset in enumerate(offsets):
            norm = self.norms.get_submodule(str(number))
            weights = _double(self.maps.get_parameter(f"{number}.weight"))
            bias = np.zeros(self.shape.width)
            if number == 0:
                weights = weights / np.tile(_double(self.spread), 7)
                bias = -weights @ np.tile(_double(self.mean), 7)
            spread = _double(norm.get_buffer("running_var")) + NORM_EPSILON
            scale = _double(norm.get_parameter("weight")) / np.sqrt(spread)
            bias = (bias - _double(norm.get_buffer("running_mean"))) * scale
            bias = bias + _double(norm.get_parameter("bias"))
            layers.append(Affine(offset, weights * scale[:, None], bias))
        layers.append(Affine((0,), _double(self.out.weight), _double(self.out.bias)))
        return layers


def _double(values: torch.Tensor) -> Floats:
    numbers: Floats = values.detach().double().numpy()
    return numbers
