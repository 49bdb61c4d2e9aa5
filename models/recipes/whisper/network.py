"""Whisper's network for training, small enough for two cores.

The graph is the one that CTranslate2 runs for every Whisper model: two convolutions over log-mel
frames, the second with stride two, sinusoidal positions, pre-norm transformer layers, and a
decoder whose output projection is its embedding. Added for training alone, and not exported: two
heads that name, for every position, the phone and the piece of a word that is being said, which
teach the encoder to hear long before the decoder has learnt to read; and the weights of two
cross-attention heads, which the loss draws to where the words are.

Two things make a CPU fast enough. The encoder's heads begin as soft windows at fixed distances, so
that it starts as a stack of convolutions and need not discover that neighbours matter. Attention is
written as plain matrix products: their backward pass is three times as fast as that of the fused
kernel on a CPU.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

MEL_BANDS = 80
MAX_POSITIONS = 1500
MAX_TOKENS = 448
GUIDED_HEADS = ((1, 0), (1, 1))
"""(decoder layer, head) of the cross-attention that is told where the next piece is; faster-whisper
takes word times from these."""
HEAD_OFFSETS = ((-4, -1, 1, 4), (-8, -3, 3, 8), (-12, -4, 4, 12), (-20, -6, 6, 20))
"""Per encoder layer and head: how many times 20 ms away a head looks to begin with."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a network."""

    vocabulary: int
    pieces: int
    """Of text; the first so many of the vocabulary."""
    phones: int
    """Phone classes, silence (class 0) included."""
    d_model: int = 192
    heads: int = 4
    d_ffn: int = 768
    encoder_layers: int = 5
    decoder_layers: int = 2
    dropout: float = 0.05


class SteadyDropout(nn.Module):
    """Dropout that drops a channel for a whole utterance: one small mask instead of a large one."""

    def __init__(self, probability: float) -> None:
        super().__init__()
        self.probability = probability

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.probability == 0.0:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) > self.probability
        return x * (kept.to(x.dtype) / (1.0 - self.probability))


class Norm(nn.LayerNorm):
    """A layer norm whose result is narrow where products will be, so that it is cast once."""

    def forward(self, x: Tensor) -> Tensor:
        normed = super().forward(x)
        return (
            normed.to(torch.get_autocast_dtype("cpu"))
            if torch.is_autocast_enabled("cpu")
            else normed
        )


class Attention(nn.Module):
    """Multi-head attention; keys have no bias, as Whisper's."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(d_model, d_model)
        self.key = nn.Linear(d_model, d_model, bias=False)
        self.value = nn.Linear(d_model, d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, memory: Tensor, causal: bool = False) -> tuple[Tensor, Tensor]:
        """The attended ``x`` [B, T, d] and the weights [B, heads, T, S]."""
        query, key, value = self._projected(x, memory)
        with torch.autocast("cpu", enabled=False):  # else softmax would be of twice the width
            nothing = torch.empty(1, 1, 1, dtype=query.dtype)
            size = query.shape[-1] ** -0.5
            scores = torch.baddbmm(nothing, query, key.transpose(1, 2), beta=0, alpha=size)
            if causal:
                later = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
                scores = scores.masked_fill(later, -1e4)
            weights = scores.softmax(-1)
            mixed = torch.bmm(weights, value).unflatten(0, (len(x), self.heads))
        return self.out(mixed.transpose(1, 2).reshape(x.shape)), weights.unflatten(
            0, (len(x), self.heads)
        )

    def _projected(self, x: Tensor, memory: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries of ``x``, keys and values of ``memory``, each [B * heads, T, size]."""
        query, key, value = self.query, self.key, self.value
        if x is not memory:
            return self._split(query(x)), self._split(key(memory)), self._split(value(memory))
        assert query.bias is not None
        assert value.bias is not None
        together = functional.linear(  # one product is faster than three
            x,
            torch.cat([query.weight, key.weight, value.weight]),
            torch.cat([query.bias, torch.zeros_like(query.bias), value.bias]),
        )
        first, second, third = together.chunk(3, dim=-1)
        return self._split(first), self._split(second), self._split(third)

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2).flatten(0, 1)


class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ffn: int) -> None:
        super().__init__()
        self.norm = Norm(d_model)
        self.widen = nn.Linear(d_model, d_ffn)
        self.narrow = nn.Linear(d_ffn, d_model)

    def forward(self, x: Tensor) -> Tensor:
        narrowed: Tensor = self.narrow(functional.gelu(self.widen(self.norm(x))))
        return narrowed


class EncoderLayer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm = Norm(shape.d_model)
        self.attention = Attention(shape.d_model, shape.heads)
        self.ffn = FeedForward(shape.d_model, shape.d_ffn)
        self.drop = SteadyDropout(shape.dropout)

    def forward(self, x: Tensor) -> Tensor:
        normed = self.attention_norm(x)
        x = x + self.drop(self.attention(normed, normed)[0])
        return x + self.drop(self.ffn(x))


class DecoderLayer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm = Norm(shape.d_model)
        self.attention = Attention(shape.d_model, shape.heads)
        self.cross_norm = Norm(shape.d_model)
        self.cross = Attention(shape.d_model, shape.heads)
        self.ffn = FeedForward(shape.d_model, shape.d_ffn)
        self.drop = SteadyDropout(shape.dropout)

    def forward(self, x: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        normed = self.attention_norm(x)
        x = x + self.drop(self.attention(normed, normed, causal=True)[0])
        crossed, weights = self.cross(self.cross_norm(x), memory)
        x = x + self.drop(crossed)
        return x + self.drop(self.ffn(x)), weights


class Encoder(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d_model = shape.d_model
        self.conv1 = nn.Conv1d(MEL_BANDS, d_model, 3, padding=1)
        self.conv2 = nn.Conv1d(d_model, d_model, 3, stride=2, padding=1)
        self.register_buffer(
            "positions", sinusoids(2 * MAX_POSITIONS, d_model)[::2].clone()
        )  # 40 ms
        self.layers = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder_layers))
        self.norm = Norm(d_model)
        self.drop = SteadyDropout(shape.dropout)

    def forward(self, mel: Tensor) -> Tensor:
        """``mel`` [B, 80, T], T even and at most 3000 -> [B, T / 2, d]."""
        x = functional.gelu(self.conv2(functional.gelu(self.conv1(mel)))).transpose(1, 2)
        x = self.drop(x + self.positions[: x.shape[1]])
        for layer in self.layers:
            x = layer(x)
        normed: Tensor = self.norm(x)
        return normed


class Decoder(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embedding = nn.Embedding(shape.vocabulary, shape.d_model)
        self.positions = nn.Embedding(MAX_TOKENS, shape.d_model)
        self.layers = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder_layers))
        self.norm = Norm(shape.d_model)
        self.drop = SteadyDropout(shape.dropout)

    def forward(self, tokens: Tensor, memory: Tensor) -> tuple[Tensor, list[Tensor]]:
        """``tokens`` [B, U] -> logits [B, U, vocabulary], cross-attention of every layer."""
        x = self.drop(self.embedding(tokens) + self.positions.weight[: tokens.shape[1]])
        crossed = []
        for layer in self.layers:
            x, weights = layer(x, memory)
            crossed.append(weights)
        return functional.linear(self.norm(x), self.embedding.weight), crossed


class Network(nn.Module):
    """Whisper, and the two heads that exist for training alone."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.decoder = Decoder(shape)
        self.phone_head = nn.Linear(shape.d_model, shape.phones)
        self.piece_head = nn.Linear(shape.d_model, shape.pieces + 1)  # the last class: none
        self._initialise()

    @torch.no_grad()
    def _initialise(self) -> None:
        for name, weight in self.named_parameters():
            if "embedding" in name:
                nn.init.normal_(weight, std=0.02)
            elif "positions" in name:
                nn.init.normal_(weight, std=0.01)
            elif weight.dim() == 2:
                nn.init.xavier_uniform_(weight)
            if name.endswith(("out.weight", "narrow.weight")):
                weight *= 0.5
        for index, layer in enumerate(self.encoder.layers):
            offsets = HEAD_OFFSETS[min(index, len(HEAD_OFFSETS) - 1)]
            look_at_offsets(layer.attention, offsets)


def sinusoids(length: int, channels: int) -> Tensor:
    """Whisper's table of positions [length, channels]: sines, then cosines."""
    step = math.log(10000) / (channels // 2 - 1)
    angles = torch.arange(length)[:, None] * torch.exp(-step * torch.arange(channels // 2))[None]
    return torch.cat([angles.sin(), angles.cos()], 1)


def look_at_offsets(attention: Attention, offsets: tuple[int, ...], sharpness: float = 1.3) -> None:
    """Let head ``h`` begin by attending ``offsets[h]`` positions away.

    The key at j is the table of positions itself, the query at i the table turned by the offset, so
    that a score is the sum over frequencies w of cos(w (j - i - offset)), largest at the offset.
    """
    d_model = attention.query.in_features
    half, size = d_model // 2, d_model // attention.heads
    frequencies = torch.exp(-math.log(10000) / (half - 1) * torch.arange(half))
    used = (torch.arange(size // 2) * (0.5 * half) / (size // 2)).long()  # 1 to 0.01 rad per 20 ms
    query, key = attention.query.weight, attention.key.weight
    query *= 0.3
    key *= 0.3
    for head in range(attention.heads):
        offset = offsets[head % len(offsets)]
        for pair, frequency in enumerate(used):
            row = head * size + 2 * pair
            angle = float(frequencies[frequency]) * offset
            cosine, sine = math.cos(angle) * sharpness, math.sin(angle) * sharpness
            key[row, frequency] += sharpness
            key[row + 1, half + frequency] += sharpness
            query[row, frequency] += cosine
            query[row, half + frequency] += sine
            query[row + 1, half + frequency] += cosine
            query[row + 1, frequency] -= sine
