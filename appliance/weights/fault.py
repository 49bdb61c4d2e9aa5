"""The error of a model file that an engine could not use, said the same way everywhere."""

from __future__ import annotations

from pathlib import Path

from appliance.errors import WeightsError


def broken(path: Path, what: str) -> WeightsError:
    """An error that names the file or folder, what is wrong with it and how to get a good one."""
    return WeightsError(
        f"{path}: {what}; fetch the model again: appliance models install NAME "
        "(the names: appliance models list)"
    )
