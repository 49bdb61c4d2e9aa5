"""A Whisper model that hears pure tones as words: written down in 30 ms, not trained.

With it the real library can be asked for exact words. Ten tones are ten words, each of which may be
said once per segment. How the network does it, with a few of its 48 dimensions for each purpose:

- the first convolution compares a tone's mel band with the mean of all bands, at two thresholds;
- the second takes the difference of the two, so that "this tone is on" is 0..1 at any level, and
  the encoder's feed-forward layer sharpens it to exactly 0 or 1;
- the encoder's position table carries the time, and two large constants that make layer
  normalisation a nearly fixed scaling;
- the decoder's self-attention averages which words were said; its cross-attention looks for a tone,
  the earlier the better, whose word was not said yet;
- the output is that tone's word; ``<|endoftext|>`` has a constant score in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from ctranslate2.specs import whisper_spec
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

WORDS: Final = tuple("hello goodbye yes no monday nine book cancel operator thanks".split())
SPECIAL: Final = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
BANDS: Final = (10, 15, 20, 25, 30, 35, 40, 45, 50, 65)
"""Of 80 mel bands: 410 to 2540 Hz, and 4500 Hz for "thanks", which a narrow sound cannot hold."""
SIZE: Final = 48
BIG: Final = 8.0
"""The constants that dominate layer normalisation."""

# Who lives in which of the 48 dimensions. n words:
_N: Final = len(WORDS)
TONE: Final = np.arange(_N)  # this tone is on, roughly; in the decoder: this is the next word
SHARP: Final = _N + np.arange(_N)  # this tone is on, exactly; in the decoder: this was said
SAID: Final = 2 * _N + np.arange(_N)  # the token itself
TIME, PLUS, MINUS, ZERO = range(3 * _N, 3 * _N + 4)

Floats = npt.NDArray[np.float32]


def tone_hz(band: int) -> float:
    """Centre of one of Whisper's 80 mel bands (Slaney's scale)."""
    mel = 45.245640471924965 * (band + 1) / 81
    return mel * 200 / 3 if mel < 15 else float(1000 * np.exp((mel - 15) * np.log(6.4) / 27))


def speak(
    words: Sequence[str], rate_hz: int = 16000, *, on_s: float = 0.3, gap_s: float = 0.15
) -> npt.NDArray[np.int16]:
    """``words`` as tones, int16, with ``gap_s`` before, between and behind them."""
    gap = np.zeros(int(gap_s * rate_hz))
    at = np.arange(int(on_s * rate_hz)) / rate_hz
    edge = np.minimum(1.0, np.minimum(at, at[::-1]) / 0.01)
    parts = [gap]
    for word in words:
        hz = tone_hz(BANDS[WORDS.index(word)])
        parts += [12_000 * edge * np.sin(2 * np.pi * hz * at), gap]
    return np.rint(np.concatenate(parts)).astype(np.int16)


def build(directory: Path) -> None:
    """Write the model directory."""
    tokenizer = _tokenizer()
    spec = whisper_spec.WhisperSpec(1, 1, 1, 1)
    _write_encoder(spec.encoder)
    _write_decoder(spec.decoder, tokenizer)
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    spec.register_vocabulary([piece for piece, _ in pieces])
    spec.config.suppress_ids = [tokenizer.token_to_id(token) for token in SPECIAL[1:-1]]
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = []
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize(quantization="float32")
    directory.mkdir(parents=True)
    spec.save(str(directory))
    tokenizer.save(str(directory / "tokenizer.json"), pretty=False)


def _tokenizer() -> Tokenizer:
    """One piece per word ("Ġ" is a leading blank in GPT-2's alphabet), then the special ones in the
    order that faster-whisper relies on, then 1501 timestamps."""
    pieces = ["[unk]", *("Ġ" + word for word in WORDS)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordLevel(vocab=vocabulary, unk_token="[unk]"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = [AddedToken(token, special=True, normalized=False) for token in SPECIAL]
    tokenizer.add_special_tokens(special)
    stamps = [f"<|{number * 0.02:.2f}|>" for number in range(1501)]
    tokenizer.add_tokens([AddedToken(s, special=False, normalized=False) for s in stamps])
    return tokenizer


def _write_encoder(encoder: Any) -> None:
    gain, threshold, step = 30.0, 0.45, 0.15  # a unit of log-mel is 40 dB
    encoder.conv1.weight, encoder.conv1.bias = _zeros(SIZE, 80, 3), _zeros(SIZE)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(SIZE, SIZE, 3), _zeros(SIZE)
    for tone, sharp, band in zip(TONE, SHARP, BANDS, strict=True):
        for unit, level in ((tone, threshold), (sharp, threshold + step)):
            encoder.conv1.weight[unit, :, 1] -= gain / 80
            encoder.conv1.weight[unit, band, 1] += gain
            encoder.conv1.bias[unit] = -gain * level
        # gelu(6 - 5) is about 1 while all three taps are on, gelu(-5) is 0 while none is.
        encoder.conv2.weight[tone, tone, :] = 2.0 / (gain * step)
        encoder.conv2.weight[tone, sharp, :] = -2.0 / (gain * step)
        encoder.conv2.bias[tone] = -5.0
    positions = _zeros(1500, SIZE)
    positions[:, TIME] = np.minimum(np.arange(1500), 1000) / 250.0
    positions[:, PLUS], positions[:, MINUS] = BIG, -BIG
    encoder.position_encodings.encodings = positions
    layer = encoder.layer[0]
    _make_idle(layer)
    slope = 40.0
    for tone, sharp in zip(TONE, SHARP, strict=True):  # 0 below 0.25, 1 above 0.5
        for unit, level in ((tone, 0.25), (sharp, 0.5)):
            layer.ffn.linear_0.weight[unit, tone] = slope
            layer.ffn.linear_0.bias[unit] = -slope * level
        layer.ffn.linear_1.weight[sharp, tone] = 4 / slope
        layer.ffn.linear_1.weight[sharp, sharp] = -4 / slope
    _normalise(encoder.layer_norm)


def _write_decoder(decoder: Any, tokenizer: Tokenizer) -> None:
    positions = _zeros(448, SIZE)
    positions[:, PLUS], positions[:, MINUS] = BIG, -BIG
    decoder.position_encodings.encodings = positions
    layer = decoder.layer[0]
    _make_idle(layer)
    own = layer.self_attention  # rows of linear[0]: queries, keys (both 0: a plain mean), values
    own.linear[0].weight[2 * SIZE + SAID, SAID] = 1
    own.linear[1].weight[SHARP, SAID] = 1
    _write_cross_attention(layer.attention)
    _normalise(decoder.layer_norm)
    _write_vocabulary(decoder, tokenizer)


def _write_cross_attention(cross: Any) -> None:
    """Score of a position: ``found`` for a tone, less for a later one, far less for a said one."""
    found, later, said = 600.0, 0.4 * 250, 15_000.0
    _normalise(cross.layer_norm)
    for number, rows in enumerate((SIZE, 2 * SIZE, SIZE)):
        cross.linear[number].weight, cross.linear[number].bias = _zeros(rows, SIZE), _zeros(rows)
    query, keys_values, output = (linear.weight for linear in cross.linear)
    scale = np.sqrt(SIZE)  # attention divides by it
    # ZERO is always zero but for the mean that layer normalisation subtracts; with it, the mean is
    # taken out of sums over many dimensions.
    query[SAID, SHARP], query[SAID, ZERO] = -said * scale, said * scale
    keys_values[SAID, SHARP], keys_values[SAID, ZERO] = 1, -1
    query[0, PLUS], keys_values[0, SHARP] = found * scale / BIG, 1
    keys_values[0, ZERO], keys_values[1, ZERO] = -_N, -1
    query[1, PLUS], keys_values[1, TIME] = -later * scale / BIG, 1
    keys_values[SIZE + TONE, SHARP] = 1  # the value: the tone itself
    output[TONE, TONE] = 1


def _write_vocabulary(decoder: Any, tokenizer: Tokenizer) -> None:
    pieces, gain = tokenizer.get_vocab_size(), 40.0
    embeddings, projection = _zeros(pieces, SIZE), _zeros(pieces, SIZE)
    projection[:, PLUS] = -gain / BIG
    for tone, said, word in zip(TONE, SAID, WORDS, strict=True):
        piece = tokenizer.token_to_id("Ġ" + word)
        embeddings[piece, said] = 1
        projection[piece, tone], projection[piece, PLUS] = gain, 0
    for token, score in (("<|endoftext|>", 0.4), ("<|nospeech|>", 0.5), ("<|0.00|>", -0.5)):
        projection[tokenizer.token_to_id(token), PLUS] = score * gain / BIG
    decoder.embeddings.weight, decoder.projection.weight = embeddings, projection


def _make_idle(layer: Any) -> None:
    """Both blocks of a layer present, adding nothing."""
    own, feed_forward = layer.self_attention, layer.ffn
    for linear, rows in (
        (own.linear[0], 3 * SIZE),
        (own.linear[1], SIZE),
        (feed_forward.linear_0, SIZE),
        (feed_forward.linear_1, SIZE),
    ):
        linear.weight, linear.bias = _zeros(rows, SIZE), _zeros(rows)
    _normalise(own.layer_norm)
    _normalise(feed_forward.layer_norm)


def _normalise(norm: Any) -> None:
    """Undo the scaling that PLUS and MINUS cause."""
    norm.gamma = np.full(SIZE, np.sqrt(2 * BIG * BIG / SIZE), dtype=np.float32)
    norm.beta = _zeros(SIZE)


def _zeros(*shape: int) -> Floats:
    return np.zeros(shape, dtype=np.float32)
