"""What a language model writes, as the utterances to speak."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable

from appliance.engines.base import Speech
from appliance.text.markup import ThinkFilter
from appliance.text.sentences import SentenceSplitter


async def utterances(
    deltas: AsyncIterator[str | Speech],
    max_tokens: int,
    on_first: Callable[[], None] = lambda: None,
    *,
    language: str = "en",
) -> AsyncGenerator[str | Speech]:
    """Utterances to speak, as soon as they are complete; half a sentence at the end of
    ``max_tokens`` deltas is left, unless it is all there is. Sound ends the utterance before it.

    ``on_first`` is called with the first delta; ``language`` is the agent's.
    """
    thoughts, splitter, tokens, count = ThinkFilter(), SentenceSplitter(language), 0, 0
    begun = False
    async for delta in deltas:
        if not begun:
            begun = True
            on_first()
        if isinstance(delta, Speech):
            for utterance in splitter.flush():
                yield utterance
            count += 1
            yield delta
            continue
        tokens += 1
        for utterance in splitter.push(thoughts.push(delta)):
            count += 1
            yield utterance
    for utterance in [*splitter.push(thoughts.flush()), *splitter.flush()]:
        if count == 0 or tokens < max_tokens or utterance.rstrip().endswith((".", "!", "?")):
            yield utterance
