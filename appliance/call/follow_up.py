"""What follows a reply: what comes of the tool it asks for, or an honest word when it was empty.

The same for a telephone call and for a conversation that somebody else keeps; how a reply reaches
the caller is theirs.
"""

from __future__ import annotations

import logging
from uuid import UUID

from appliance.agents.loaded_agent import LoadedAgent
from appliance.call.answer import after_tool, end_of_call, failed_tool
from appliance.call.reply import ModelReply, Reply, not_known
from appliance.engines.base import ToolCall
from appliance.tools.builtin import BUILT_IN
from appliance.tools.tool import ToolError

log = logging.getLogger(__name__)


async def follow_up(
    reply: Reply,
    tool: ToolCall | None,
    *,
    said: bool,
    prompt: str,
    loaded: LoadedAgent,
    uuid: UUID,
) -> Reply | None:
    """What to say next, behind ``reply`` to the caller's ``prompt``; None when it is complete.

    ``tool``: what the site's entry or the model asks for; it is used here, so the caller must want
    it by now. ``said``: whether the reply had any words.
    """
    if tool is not None:
        return await _use(tool, prompt, loaded, uuid)
    if isinstance(reply, ModelReply) and not said:
        return not_known(loaded.agent)
    return None


async def _use(tool: ToolCall, prompt: str, loaded: LoadedAgent, uuid: UUID) -> Reply:
    if tool.name in BUILT_IN:
        return end_of_call(tool, loaded.agent)
    try:
        result = await loaded.toolbox.use(uuid, tool)
    except ToolError as error:
        log.error("%s: %s", error.code, error)
        return failed_tool(loaded.agent)
    return after_tool(tool, result, prompt)
