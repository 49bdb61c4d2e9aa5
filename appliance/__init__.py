"""An offline appliance that answers the telephone: Asterisk on one side, local engines on the
other."""

from typing import Final

from appliance.engines import offline  # noqa: F401  # before any library that would reach out

__version__: Final = "0.1.0"
