"""An offline appliance that answers the telephone: Asterisk on one side, local engines on the
other."""

from typing import Final

__version__: Final = "0.1.0"
