"""What is refused, and what is told, before the service takes its first call."""

from __future__ import annotations

import logging
import os

from appliance.access.gate import is_loopback
from appliance.asterisk.manager import secret_in_clear
from appliance.config.agent_defaults import ignored_variables, told_of
from appliance.config.agents_file import Agents
from appliance.config.settings import Settings, env_name
from appliance.errors import SettingsError
from appliance.store.keys import KeyStore

log = logging.getLogger(__name__)


async def refuse_open_door(settings: Settings, keys: KeyStore) -> None:
    """Raises SettingsError where other machines reach HTTP and none of them could be told from
    another."""
    if is_loopback(settings.http_host) or settings.trusted_networks or await keys.all():
        return
    raise SettingsError(
        f"http_host: {settings.http_host} is open to other machines and nobody could use it: "
        "make a key (`appliance keys add NAME --scope services`), or name the PBX in "
        f"{env_name('trusted_networks')}"
    )


def tell_what_is_odd(settings: Settings, agents: Agents) -> None:
    """Settings that work and are hardly meant, as warnings."""
    for name in ignored_variables(os.environ):
        log.warning("%s is of AVR's voice detection and does nothing here (docs/avr.md)", name)
    if warning := secret_in_clear(settings):
        log.warning("%s", warning)
    if agents.stand_ins:
        log.warning(told_of(agents.stand_ins))
