"""What is made of a model's files once, when it is installed, so that it runs faster."""

from __future__ import annotations

import shutil

from appliance.weights.requantise import requantise_q8_0
from appliance.weights.staging import Staging


def convert(staging: Staging) -> None:
    """Turn the entry's files into its model, where the catalogue says so. Raises WeightsError.

    The originals are checked files; they are gone afterwards.
    """
    entry = staging.entry
    if entry.convert is None:
        return
    what, size = f"rewriting as {entry.convert.to}", entry.convert.size
    staging.progress(what, 0, size)
    if entry.convert.to == "Q8_0":
        source = staging.files / entry.files[0].path
        requantise_q8_0(source, staging.model / f"{entry.name}.Q8_0.gguf")
    else:
        from appliance.weights.sentence_encoder import convert_sentence_encoder

        convert_sentence_encoder(staging.files, staging.model)
    staging.progress(what, size, size)
    shutil.rmtree(staging.files)
