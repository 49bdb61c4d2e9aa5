"""What an agent can do besides talking: transfer, hang up, and what the site adds.

A tool is asked for by a knowledge entry, or by the language model; what comes back is spoken as a
phrase of the site or read by the model, never spoken raw.
"""
