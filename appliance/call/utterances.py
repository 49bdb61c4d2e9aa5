"""What a language model writes, as the pieces to speak."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable

from appliance.engines.base import Speech
from appliance.text.markup import ThinkFilter
from appliance.text.sentences import SentenceSplitter


async def pieces(
    deltas: AsyncIterator[str | Speech],
    max_tokens: int,
    on_first: Callable[[], None] = lambda: None,
) -> AsyncGenerator[str | Speech]:
    """Pieces to speak, as soon as they are complete; half a sentence at the end of ``max_tokens``
    deltas is left, unless it is all there is. Sound ends the piece before it.

    ``on_first`` is called with the first delta.
    """
    thoughts, splitter, tokens, count = ThinkFilter(), SentenceSplitter(), 0, 0
    begun = False
    async for delta in deltas:
        if not begun:
            begun = True
            on_first()
        if isinstance(delta, Speech):
            for piece in splitter.flush():
                yield piece
            count += 1
            yield delta
            continue
        tokens += 1
        for piece in splitter.push(thoughts.push(delta)):
            count += 1
            yield piece
    for piece in [*splitter.push(thoughts.flush()), *splitter.flush()]:
        if count == 0 or tokens < max_tokens or piece.rstrip().endswith((".", "!", "?")):
            yield piece
