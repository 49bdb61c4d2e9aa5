"""Values that callers dictate: read out of their words, read back, corrected. Pure."""
