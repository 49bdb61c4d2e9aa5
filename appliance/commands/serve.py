"""``appliance serve``: the service itself."""

from __future__ import annotations

from appliance.commands.options import Config, Small, overrides


def serve(small: Small = False, config: Config = None) -> None:
    """Take calls until SIGTERM or Ctrl-C.

    Asterisk reaches it over AudioSocket, by default at 127.0.0.1:5001; the HTTP interface is at
    127.0.0.1:6001. Settings come from the file and from the environment:

    PORT=5005 appliance serve --small

    appliance serve --config /etc/appliance/appliance.yaml
    """
    import asyncio

    from appliance.config.settings import read_settings
    from appliance.logs import set_up_logs
    from appliance.service import Service

    settings = read_settings(config, overrides=overrides(small=small))
    set_up_logs(settings.log_level, settings.log_format)
    asyncio.run(Service(settings).run())
