"""The program ``appliance``, also as ``python -m appliance``.

The first import forbids every hub library to reach out; nothing may be imported before it.
"""

import appliance.engines.offline  # noqa: F401, I001  # first, see above

from appliance.cli import main

if __name__ == "__main__":
    main()
