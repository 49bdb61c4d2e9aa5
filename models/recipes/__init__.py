"""How the shipped demo models are made: from packages only, seeded, with one command each.

Nothing here is part of the installed program. Run from the root of the repository, see README.md.
"""

import os

# numpy's threads wait for each other by spinning: more than they save in products of this size.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
