"""From messages to the text a chat model was trained on, and back under its limit.

Every GGUF file carries its own template; rendering that one, and no copy of ours, keeps any model
right. What a call needs beyond it: templates that refuse what a telephone call looks like (an
agent that speaks first, a caller who speaks twice because nothing of the answer was heard) get the
same conversation in the form they accept, and a history that outgrows the context loses its oldest
turns.

Pure: text in, text out. Tokens, and how many of them are in the KV cells, are ``llama.py``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from appliance.engines.base import Message

CHATML: Final = (
    "{% for message in messages %}"
    "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
"""For files without a template: the form that SmolLM, Qwen and most small models use."""

OPENING: Final = Message("user", "(The call begins.)")
"""Stands before an agent's greeting where a template insists that the user speaks first."""

PROBE: Final = (
    Message("system", "S"),
    Message("assistant", "A"),
    Message("user", "U"),
    Message("user", "U"),
)


Form = Callable[[Sequence[Message]], list[Message]]


class ChatTemplate:
    """One model's template. Raises ValueError when it cannot render even a plain conversation."""

    def __init__(self, source: str | None, *, bos: str = "", eos: str = "") -> None:
        try:
            self._render: Callable[..., Any] = Jinja2ChatFormatter(
                template=source or CHATML, bos_token=bos, eos_token=eos
            )
            self._form = next(form for form in FORMS if self._accepts(form))
        except (TemplateError, StopIteration) as error:
            reason = str(error) or "it refuses a system, a user and an assistant message"
            raise ValueError(f"its chat template cannot be rendered: {reason}") from error

    def _accepts(self, form: Form) -> bool:
        try:
            self._apply(form(PROBE))
        except (TemplateError, ValueError, TypeError):
            return False
        return True

    def render(self, messages: Sequence[Message]) -> str:
        """The prompt whose continuation is the assistant's next message. ``messages`` not empty."""
        return self._apply(self._form(messages))

    def _apply(self, messages: Sequence[Message]) -> str:
        formed = [{"role": m.role, "content": m.content} for m in messages]
        # Models that can "think" aloud first would be silent for seconds.
        prompt = self._render(messages=formed, enable_thinking=False).prompt
        assert isinstance(prompt, str)
        return prompt


def alternating(messages: Sequence[Message]) -> list[Message]:
    """The same conversation with user and assistant strictly taking turns, the user first."""
    formed: list[Message] = []
    for message in messages:
        last = formed[-1] if formed else None
        if message.role == "assistant" and (last is None or last.role == "system"):
            formed.append(OPENING)
        if last is not None and last.role == message.role:
            formed[-1] = Message(message.role, f"{last.content}\n{message.content}")
        else:
            formed.append(message)
    return formed


def without_system(messages: Sequence[Message]) -> list[Message]:
    """As ``alternating``, with the system message at the head of the first user message."""
    system, rest = split_system(alternating(messages))
    if not system or not rest:
        return [Message("user", m.content) for m in system] + rest
    return [Message("user", f"{system[0].content}\n\n{rest[0].content}"), *rest[1:]]


FORMS: Final[tuple[Form, ...]] = (list, alternating, without_system)
"""What a template is offered, in this order; the first that it takes stays."""


def split_system(messages: Sequence[Message]) -> tuple[list[Message], list[Message]]:
    """(the leading system message or nothing, the conversation)."""
    head = 1 if messages and messages[0].role == "system" else 0
    return list(messages[:head]), list(messages[head:])


def fit(
    messages: Sequence[Message], limit: int, count: Callable[[Sequence[Message]], int]
) -> list[Message]:
    """``messages`` cut so that ``count`` of them (tokens) is at most ``limit``.

    The oldest turns go first (a turn is a user's message and what answers it), the system message
    stays, and of a last message that is too long on its own the end stays: it holds the question.
    Raises ValueError when the system message alone does not fit.
    """
    system, rest = split_system(messages)
    while count([*system, *rest]) > limit and len(rest) > 1:
        rest = rest[1:]
        while len(rest) > 1 and rest[0].role == "assistant":
            rest = rest[1:]
    if rest and count([*system, *rest]) > limit:
        rest = [_shortened(rest[-1], lambda last: count([*system, last]) <= limit)]
    return [*system, *rest]


def _shortened(message: Message, fits: Callable[[Message], bool]) -> Message:
    """The longest end of ``message`` that ``fits``, found by halving."""
    content, keep = message.content, 0
    step = len(content)
    while step := step // 2:
        if fits(Message(message.role, content[-(keep + step) :])):
            keep += step
    if not keep:
        raise ValueError("the system prompt leaves no room for a message")
    return Message(message.role, content[-keep:])


def common_prefix(a: Sequence[int], b: Sequence[int]) -> int:
    """How many leading items are equal."""
    n = min(len(a), len(b))
    if list(a[:n]) == list(b[:n]):
        return n
    return next(i for i in range(n) if a[i] != b[i])


def moved_run(old: Sequence[int], new: Sequence[int], start: int) -> int:
    """How far the conversation slid when its oldest turns were dropped; 0 when it did not.

    ``old`` and ``new`` are equal up to ``start``. The result is the distance ``d`` for which the
    longest run of ``new[start:]`` is found at ``old[start + d:]``.
    """
    best, distance = 0, 0
    for at in range(start + 1, len(old)):
        if len(old) - at <= best:
            break
        run = common_prefix(old[at:], new[start:])
        if run > best:
            best, distance = run, at - start
    return distance
