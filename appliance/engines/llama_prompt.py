"""From messages to tokens: what a conversation must find in its KV cells before it is answered.

Tokenizing a history takes milliseconds, which neither the event loop nor a lane has to spare, so
``llama.py`` runs this on a thread of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from jinja2 import TemplateError

from appliance.engines.base import Message
from appliance.engines.chat_template import ChatTemplate, common_prefix, fit
from appliance.engines.llama_native import ENGINE, Weights
from appliance.errors import LanguageModelError, WeightsError

Role = Literal["user", "assistant"]


class PromptWriter:
    """One model's way to write a conversation. ``room``: tokens of prompt and answer together.

    Raises WeightsError when the model's chat template is of no use.
    """

    def __init__(self, weights: Weights, room: int) -> None:
        self.room = room
        self._weights = weights
        try:
            self._template = ChatTemplate(weights.template, bos=weights.bos, eos=weights.eos)
        except ValueError as error:
            raise WeightsError(f"{weights.path}: {error}; choose another language_model") from error

    def answer_room(self, wanted: int) -> int:
        """How many of the ``wanted`` tokens of an answer are granted: at most half of the room."""
        return min(wanted, self.room // 2)

    def write(self, messages: Sequence[Message], answer_tokens: int) -> tuple[list[int], bool]:
        """(the tokens of ``messages``, room left for the answer; whether turns were dropped).

        Raises LanguageModelError when the system message alone is too long.
        """
        clean = [Message(m.role, self._weights.plain(m.content)) for m in messages]
        room = self.room - self.answer_room(answer_tokens)
        if len(tokens := self._tokens(clean)) <= room:
            return tokens, False
        try:
            kept = fit(clean, room, lambda some: len(self._tokens(some)))
        except ValueError as error:
            raise LanguageModelError(ENGINE, f"{error}: raise its context tokens") from error
        return self._tokens(kept), True

    def prefix(self, opening: Sequence[Message]) -> list[int]:
        """The tokens that every conversation that goes on from ``opening`` begins with."""
        role: Role = "assistant" if opening[-1].role == "user" else "user"
        one, other = (
            self.write([*opening, Message(role, words)], 1)[0]
            for words in ("Hello.", "Who is there?")
        )
        return one[: common_prefix(one, other)]

    def _tokens(self, messages: Sequence[Message]) -> list[int]:
        try:
            text = self._template.render(messages)
        except (TemplateError, ValueError, TypeError) as error:
            raise LanguageModelError(ENGINE, f"the chat template failed: {error}") from error
        return self._weights.tokenize(text, special=True)
