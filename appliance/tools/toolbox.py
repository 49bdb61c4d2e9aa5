"""What one agent can do, and doing it: arguments are checked, time is bounded, failures named."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import aiohttp

from appliance.config.agent import Agent
from appliance.config.document import suggestion
from appliance.config.settings import Settings
from appliance.engines.base import ToolCall, ToolSpec
from appliance.errors import SettingsError
from appliance.text.template import fill, names
from appliance.tools.builtin import BUILT_IN
from appliance.tools.plugins import installed_tools, load_tool
from appliance.tools.tool import Tool, ToolError
from appliance.tools.tools_file import read_tools

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """What a tool brought."""

    text: str
    """As it came: for the language model, never for the caller."""
    say: str | None
    """For the caller, when the site wrote a phrase for it."""


class Toolbox:
    """The tools of one agent. Event loop only."""

    def __init__(self, tools: Iterable[Tool] = (), built_in: Iterable[str] = ()) -> None:
        self._tools = {tool.name: tool for tool in tools}
        own = (ToolSpec(t.name, t.description, t.parameters) for t in self._tools.values())
        self.specs = (*(BUILT_IN[name] for name in built_in), *own)
        """What a language model may ask for."""

    async def use(self, uuid: UUID, call: ToolCall) -> Result:
        """Do what ``call`` asks for in call ``uuid``. Raises ToolError."""
        tool = self._tools.get(call.name)
        if tool is None:
            raise ToolError("the agent has no such tool")
        tool.check(call.arguments)
        try:
            async with asyncio.timeout(tool.timeout_s):
                text = await tool.handler(uuid, call.arguments)
        except ToolError:
            raise
        except TimeoutError as error:
            raise ToolError(f"{tool.name}: no answer within {tool.timeout_s:g} s") from error
        except Exception as error:  # the boundary to code that is not ours
            log.exception("tool %s failed", tool.name)
            raise ToolError(f"{tool.name}: {type(error).__name__}") from error
        log.info("tool %s was used", tool.name)
        return Result(text, None if tool.say is None else _phrase(tool, text))


def _phrase(tool: Tool, text: str) -> str:
    assert tool.say is not None
    values = _values(text)
    missing = [name for name in names(tool.say) if values.get(name) in (None, "")]
    if missing:
        raise ToolError(f"{tool.name}: its result has no {', '.join(missing)}")
    return fill(tool.say, values)


def _values(text: str) -> Mapping[str, Any]:
    """The result's values by name; plain text is called ``result``."""
    try:
        data = json.loads(text)
    except ValueError:
        return {"result": text}
    return data if isinstance(data, dict) else {"result": data}


class Workshop:
    """All tools of the site, from which agents get theirs."""

    def __init__(self, settings: Settings, client: aiohttp.ClientSession) -> None:
        """Raises SettingsError when the file of tools is wrong."""
        file = settings.tools_file
        self._tools = {} if file is None else read_tools(file, client)
        self._installed = {entry.name: entry for entry in installed_tools()}

    def toolbox(self, agent: Agent) -> Toolbox:
        """The tools that ``agent`` names. Raises SettingsError for one that is not there."""
        wanted = {entry.tool for entry in agent.knowledge if entry.tool is not None}
        own = [name for name in dict.fromkeys((*agent.tools, *sorted(wanted)))]
        tools = [self._tool(agent, name) for name in own if name not in BUILT_IN]
        return Toolbox(tools, [name for name in own if name in BUILT_IN])

    def _tool(self, agent: Agent, name: str) -> Tool:
        if name in self._tools:
            return self._tools[name]
        if name in self._installed:
            self._tools[name] = load_tool(self._installed[name])
            return self._tools[name]
        known = [*BUILT_IN, *self._tools, *self._installed]
        raise SettingsError(
            f"agent {agent.name}: tools: there is no tool {name!r}{suggestion(name, known)}"
            " (tools_file, or an installed package, must have it)"
        )
