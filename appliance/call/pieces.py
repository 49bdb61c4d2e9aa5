"""What a language model writes, as the pieces to speak."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator

from appliance.text.markup import ThinkFilter
from appliance.text.sentences import SentenceSplitter


async def pieces(deltas: AsyncIterator[object], max_tokens: int) -> AsyncGenerator[str]:
    """Pieces to speak, as soon as they are complete; half a sentence at the end of ``max_tokens``
    deltas is left, unless it is all there is. What is no text among the deltas (sound, a tool's call) is left out."""
    thoughts, splitter, tokens, count = ThinkFilter(), SentenceSplitter(), 0, 0
    async for delta in deltas:
        if not isinstance(delta, str):
            continue
        tokens += 1
        for piece in splitter.push(thoughts.push(delta)):
            count += 1
            yield piece
    for piece in [*splitter.push(thoughts.flush()), *splitter.flush()]:
        if count == 0 or tokens < max_tokens or piece.rstrip().endswith((".", "!", "?")):
            yield piece
