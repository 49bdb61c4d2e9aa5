"""A small Whisper of our own: the architecture that faster-whisper runs, trained from nothing on
the front-desk corpus, for synthetic callers."""
