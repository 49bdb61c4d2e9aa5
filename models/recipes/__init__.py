"""How the shipped demo models are made: from packages only, seeded, with one command each.

Nothing here is part of the installed program. Run from the root of the repository, see README.md.
"""
