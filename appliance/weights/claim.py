"""Whether a model whose files nobody knows can be what the catalogue's entry promises.

A folder or an archive without a known checksum may be any model. Its kind shows in its files; the
language of Vosk in its words, of Whisper in the size of its vocabulary, of Piper in its settings.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from appliance.errors import WeightsError
from appliance.weights.catalogue import ModelEntry
from appliance.weights.ctranslate2_file import read_ctranslate2
from appliance.weights.kinds import check_model, detect
from appliance.weights.vosk_words import words_of

WHISPER_MANY: Final = 51865
"""Pieces from which on a Whisper of OpenAI's knows other languages than English."""
COMMON_WORDS: Final = {
    "de": "und der nicht ich ist ein mit auch für sie",
    "en": "the and you that with this have not what from",
    "es": "que los una por pero muy usted está hay también",
    "fr": "les des est vous pas une dans avec mais aussi",
    "it": "che non sono una per più anche questo della gli",
    "nl": "het een niet van ik dat voor maar ook zijn",
    "pt": "que não uma você mas também isso muito ele está",
    "ru": "и не что на это как но вы он был",
}
"""Words that no large vocabulary of the language lacks."""


def must_keep_claim(entry: ModelEntry, path: Path, shown: Path) -> None:
    """Raise WeightsError, which names ``shown``, when the model at ``path`` cannot be ``entry``."""
    try:
        fault = claim_fault(entry, path)
    except WeightsError as error:
        its_file = path / entry.files[0].path if len(entry.files) == 1 else path
        message = error.message.replace(str(its_file), str(shown)).replace(str(path), str(shown))
        raise WeightsError(message) from error
    if fault:
        raise WeightsError(
            f"{shown}: {fault}; give the right one, or name this one in the agent by its path, "
            "which claims nothing",
            code="other_model",
        )


def claim_fault(entry: ModelEntry, path: Path) -> str:
    """Why the model in the folder ``path`` cannot be ``entry``; empty when nothing speaks against
    it. Raises WeightsError when no model is there, or none that an engine could load."""
    kind, model = detect(path)
    if kind != entry.kind:
        return f"a model for {kind}, {entry.name} is one for {entry.kind}"
    check_model(kind, model)
    language_of: dict[str, Callable[[Path, str], str]] = {
        "vosk": _vosk_language,
        "whisper": _whisper_language,
        "piper": _piper_language,
    }
    found = language_of[kind](model, entry.language) if kind in language_of else entry.language
    if found == entry.language:
        return ""
    return f"its language is {found or 'another one'}, that of {entry.name} is {entry.language}"


def _vosk_language(path: Path, claimed: str) -> str:
    """``claimed``, unless its common words are missing; then the language that has most of them,
    empty when none has."""
    words = words_of(path)
    share = {
        language: sum(word in words for word in common.split()) / len(common.split())
        for language, common in COMMON_WORDS.items()
    }
    best = max(share, key=share.__getitem__)
    if share[best] < 0.5:
        return ""
    return claimed if share.get(claimed, 0) >= share[best] else best


def _whisper_language(path: Path, claimed: str) -> str:
    rows = read_ctranslate2(path / "model.bin").rows("decoder/embeddings/weight")
    if rows is None or claimed not in ("en", "many"):
        return claimed
    return "many" if rows >= WHISPER_MANY else "en"


def _piper_language(path: Path, claimed: str) -> str:
    """Piper's settings have ``language.code`` (en_US), older ones ``espeak.voice`` (en-us)."""
    config = json.loads(path.with_name(path.name + ".json").read_text(encoding="utf-8"))
    code = (config.get("language") or {}).get("code") or config["espeak"]["voice"]
    return str(code).replace("-", "_").partition("_")[0] or claimed
