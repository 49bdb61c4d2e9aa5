"""The appliance's own models: what an agent gets where it names none.

The good ones are fetched by the set-up; the small ones come with the appliance and need a quarter
of the memory. Names alone, and the standard library alone: ``bootstrap.py`` reads this file before
anything is installed.
"""

from __future__ import annotations

from typing import Final

RECOGNIZER: Final = "faster-whisper-base"
VOICE: Final = "en_US-joe-medium"
SENTENCES: Final = "all-MiniLM-L6-v2"
"""Compares sentences by their meaning."""
LANGUAGE_MODEL: Final = "smollm2-135m-instruct"
SMALL: Final = {RECOGNIZER: "vosk-demo-en", VOICE: "piper-demo-en"}
"""In the place of the two that take most memory."""
