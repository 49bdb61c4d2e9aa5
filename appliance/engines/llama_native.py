"""llama.cpp through its C interface: the one place that knows pointers.

The high-level ``Llama`` class of llama-cpp-python holds one conversation per object. A telephone
exchange needs many conversations over one set of weights, so this works on the level below:
``Weights`` is the model, ``Cells`` is a context whose KV cells are divided into sequences, ``Row``
is one token to evaluate. Every failure of llama.cpp becomes an error of ours here, nowhere else.

Threads: ``Weights`` may be read by any; ``Cells`` and ``Sampler`` belong to one thread at a time.
The calls release the GIL.
"""

from __future__ import annotations

import ctypes
import json
from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import llama_cpp as native
from llama_cpp.llama_grammar import json_schema_to_gbnf

from appliance.engines.base import Sampling, ToolSpec
from appliance.engines.tool_calls import call_schema
from appliance.errors import LanguageModelError, WeightsError

ENGINE: Final = "llama"

REPEAT_TOKENS: Final = 64
REPEAT_PENALTY: Final = 1.1
"""Likelihood of a token already in the answer is divided by this: small models run in circles."""

_LEVEL_ERROR: Final = 3  # enum ggml_log_level
_last_errors: deque[str] = deque(maxlen=1)


@native.llama_log_callback  # type: ignore[untyped-decorator]
def _keep_last_error(level: int, text: bytes | None, _user_data: object) -> None:
    """Hundreds of lines per model on stderr otherwise; the last error explains a failed call."""
    if level == _LEVEL_ERROR and text and (line := text.decode("utf-8", "replace").strip()):
        _last_errors.append(line)


def last_error() -> str:
    """What llama.cpp complained of last, or "no reason given"; forgets it."""
    return _last_errors.pop() if _last_errors else "no reason given"


class Weights:
    """A GGUF file in memory (mapped, so that its pages are shared and load on demand).

    Raises WeightsError when the file is missing or is none that llama.cpp can read.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise WeightsError(
                f"no language model at {path}: run `appliance models install`, or set"
                " language_model to a GGUF file that exists"
            )
        native.llama_log_set(_keep_last_error, ctypes.c_void_p(0))
        native.llama_backend_init()
        params = native.llama_model_default_params()
        params.use_extra_bufts = not amx_is_compiled_in()
        self.pointer = native.llama_model_load_from_file(str(path).encode(), params)
        if not self.pointer:
            raise WeightsError(
                f"{path} is no readable GGUF model ({last_error()}): run `appliance models verify`,"
                " then `appliance models install` again"
            )
        self.path = path
        self._vocab = native.llama_model_get_vocab(self.pointer)
        self.trained_context: int = native.llama_model_n_ctx_train(self.pointer)
        self.plain = lru_cache(256)(self._plain)
        """A text without anything that this model would take for one of its markers."""
        self.rewinds = not (
            native.llama_model_is_recurrent(self.pointer)
            or native.llama_model_is_hybrid(self.pointer)
        )
        """Whether cells can be cut at any token; recurrent models keep only their latest state."""

    @property
    def template(self) -> str | None:
        """The chat template in the file, if there is one."""
        source: bytes | None = native.llama_model_chat_template(self.pointer, None)
        return source.decode() if source else None

    @property
    def bos(self) -> str:
        return self._text(native.llama_vocab_bos(self._vocab))

    @property
    def eos(self) -> str:
        return self._text(native.llama_vocab_eos(self._vocab))

    def tokenize(self, text: str, *, special: bool) -> list[int]:
        """Token ids. With ``special``, markers such as ``<|im_end|>`` are one token, and a
        beginning that the vocabulary asks for is put in front unless ``text`` begins with it."""
        data = text.encode()
        room = len(data) + 8  # a token is at least a byte, plus what is put in front
        tokens = (native.llama_token * room)()
        begin = special and not (self.bos and text.startswith(self.bos))
        n = native.llama_tokenize(self._vocab, data, len(data), tokens, room, begin, special)
        if n < 0:
            raise LanguageModelError(ENGINE, f"a text of {len(text)} characters has no tokens")
        return list(tokens[:n])

    def _plain(self, text: str) -> str:
        for token in self.tokenize(text, special=True):
            if native.llama_vocab_is_control(self._vocab, token) and (marker := self._text(token)):
                text = text.replace(marker, " ")
        return text

    def piece(self, token: int) -> bytes:
        """The bytes of a token: perhaps a part of a character; nothing for a marker."""
        return self._piece(token, special=False)

    def ends(self, token: int) -> bool:
        """Whether an assistant's message is over with this token: an end, or any other marker."""
        return bool(
            native.llama_vocab_is_eog(self._vocab, token)
            or native.llama_vocab_is_control(self._vocab, token)
        )

    def _text(self, token: int) -> str:
        return self._piece(token, special=True).decode("utf-8", "replace") if token >= 0 else ""

    def _piece(self, token: int, *, special: bool) -> bytes:
        buffer = ctypes.create_string_buffer(256)
        n = native.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, special)
        return buffer.raw[: max(0, n)]

    def close(self) -> None:
        """Free the memory. Only after every ``Cells`` of it was closed; idempotent."""
        if self.pointer:
            native.llama_model_free(self.pointer)
            self.pointer = None


class Row(NamedTuple):
    """One token to evaluate."""

    token: int
    position: int
    sequence: int
    answer: bool
    """Whether the token that follows it will be drawn."""


class Cells:
    """KV cells for ``sequences`` conversations of at most ``tokens`` tokens each.

    Each sequence has its own buffer: with one buffer for all, every token would attend over the
    masked cells of the other calls too (measured: a fifth more CPU at four calls with histories).
    """

    def __init__(
        self, weights: Weights, *, tokens: int, sequences: int, rows: int, threads: int
    ) -> None:
        params = native.llama_context_default_params()
        params.n_ctx = tokens * sequences
        params.n_batch = params.n_ubatch = rows
        params.n_seq_max = sequences
        params.n_threads = params.n_threads_batch = threads
        params.kv_unified = False
        params.flash_attn_type = native.LLAMA_FLASH_ATTN_TYPE_DISABLED  # halves prefill on CPUs
        params.swa_full = True  # windowed attention could not go back to a common prefix otherwise
        params.no_perf = True
        self._context: Any = native.llama_init_from_model(weights.pointer, params)
        if not self._context:
            raise LanguageModelError(
                ENGINE, f"no memory for {sequences} conversations ({last_error()})"
            )
        self._memory = native.llama_get_memory(self._context)
        self._batch = native.llama_batch_init(rows, 0, 1)
        self.tokens: int = native.llama_n_ctx_seq(self._context)
        self.can_slide = bool(native.llama_memory_can_shift(self._memory))

    def evaluate(self, rows: Sequence[Row]) -> None:
        """Put ``rows`` into their cells, at most ``rows`` of the constructor at once.

        Raises LanguageModelError; the sequences of these rows are then in an unknown state.
        """
        batch = self._batch
        batch.n_tokens = len(rows)
        for i, row in enumerate(rows):
            batch.token[i] = row.token
            batch.pos[i] = row.position
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = row.sequence
            batch.logits[i] = row.answer
        if code := native.llama_decode(self._context, batch):
            reason = "no free KV cell" if code == 1 else last_error()
            raise LanguageModelError(ENGINE, f"evaluation failed with {code} ({reason})")

    def draw(self, row: int, sampler: Sampler) -> int:
        """The token that follows row number ``row`` of the last ``evaluate``."""
        token: int = native.llama_sampler_sample(sampler.pointer, self._context, row)
        return token

    def cut(self, sequence: int, tokens: int) -> None:
        """Keep only the first ``tokens``. Other than 0 only for models that ``rewind``."""
        native.llama_memory_seq_rm(self._memory, sequence, tokens, -1)

    def slide(self, sequence: int, start: int, distance: int) -> None:
        """Drop ``distance`` tokens at ``start`` and move what follows into their place."""
        native.llama_memory_seq_rm(self._memory, sequence, start, start + distance)
        native.llama_memory_seq_add(self._memory, sequence, start + distance, -1, -distance)

    def save(self, sequence: int) -> bytes:
        """The contents of the cells, to be put into any other sequence of the same weights."""
        size = native.llama_state_seq_get_size(self._context, sequence)
        buffer = (ctypes.c_uint8 * size)()
        n = native.llama_state_seq_get_data(self._context, buffer, size, sequence)
        return bytes(memoryview(buffer)[:n])

    def restore(self, sequence: int, state: bytes) -> None:
        """Fill ``sequence`` with what was saved. Raises LanguageModelError when it does not fit."""
        native.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        if not native.llama_state_seq_set_data(self._context, buffer, len(state), sequence):
            raise LanguageModelError(ENGINE, f"the system prompt was not restored ({last_error()})")

    def length(self, sequence: int) -> int:
        """How many tokens ``sequence`` holds."""
        last: int = native.llama_memory_seq_pos_max(self._memory, sequence)
        return last + 1

    def close(self) -> None:
        """Idempotent."""
        if self._context:
            native.llama_batch_free(self._batch)
            native.llama_free(self._context)
            self._context = None


class Sampler:
    """How the next token is chosen. Freed with its last reference, on whichever thread that is."""

    def __init__(self, sampling: Sampling, weights: Weights) -> None:
        self.pointer: Any = native.llama_sampler_chain_init(
            native.llama_sampler_chain_default_params()
        )
        if sampling.tools:
            native.llama_sampler_chain_add(self.pointer, _tool_grammar(sampling.tools, weights))
        words = native.llama_vocab_n_tokens(native.llama_model_get_vocab(weights.pointer))
        repeats = native.llama_sampler_init_penalties(words, REPEAT_TOKENS, REPEAT_PENALTY, 0, 0)
        for link in [repeats, *self._links(sampling)]:
            native.llama_sampler_chain_add(self.pointer, link)

    @staticmethod
    def _links(sampling: Sampling) -> list[Any]:
        if sampling.temperature <= 0:
            return [native.llama_sampler_init_greedy()]
        return [
            native.llama_sampler_init_top_k(40),
            native.llama_sampler_init_top_p(0.95, 1),
            native.llama_sampler_init_temp(sampling.temperature),
            native.llama_sampler_init_dist(sampling.seed),
        ]

    def __del__(self) -> None:
        native.llama_sampler_free(self.pointer)


def _tool_grammar(tools: Sequence[ToolSpec], weights: Weights) -> Any:
    """Lets pass whatever does not begin with a brace, and after one only a call of ``tools``."""
    grammar = _grammar(json.dumps(call_schema(tools))).encode()
    pattern = (ctypes.c_char_p * 1)(rb"\s*(\{[\s\S]*)")
    vocab = native.llama_model_get_vocab(weights.pointer)
    return native.llama_sampler_init_grammar_lazy_patterns(
        vocab, grammar, b"root", pattern, 1, None, 0
    )


@lru_cache(maxsize=64)
def _grammar(schema: str) -> str:
    return str(json_schema_to_gbnf(schema))


def amx_is_compiled_in() -> bool:
    """Whether this build of llama.cpp multiplies on Intel's AMX tiles.

    GCC 12 miscompiles that code (its ``_tile_loadconfig`` tells the compiler of 8 of the 64 bytes
    read, the others are left unwritten): the process dies at the first prompt. Without the extra
    buffer types the code is not reached.
    """
    return b"AMX_INT8 = 1" in native.llama_print_system_info()
