"""The site's own agents with another recogniser or voice, for as long as a measurement lasts."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.config.agents_file import read_agents
from appliance.config.document import load
from appliance.config.settings import Settings
from appliance.weights.place import locate


@contextmanager
def with_models(
    settings: Settings, recognizer: str | None, voice: str | None
) -> Iterator[Settings]:
    """``settings`` with an agents file whose default agent hears and speaks with these models
    (names of the catalogue, or paths); None leaves what it has.

    Raises SettingsError for a wrong agents file, WeightsError for a model that is not there.
    """
    models = {"recognizer": recognizer, "voice": voice}
    wanted = {stage: _findable(name, settings) for stage, name in models.items() if name}
    if not wanted:
        yield settings
        return
    name = read_agents(settings.agents_file).default.name
    data = load(settings.agents_file).data
    urls = {"recognizer": "asr_url", "voice": "tts_url"}
    agent = data["agents"][name]
    agent.update(wanted)
    elsewhere = ["sts_url", *(urls[stage] for stage in wanted)]
    beside = ["partial_recognizer"] if "recognizer" in wanted else []
    for key in [*elsewhere, *beside]:
        agent.pop(key, None)
    for each in data["agents"].values():
        if noise := each.get("ambient_noise_file"):
            there = settings.agents_file.absolute().parent / Path(noise).expanduser()
            each["ambient_noise_file"] = str(there)
    with tempfile.TemporaryDirectory(prefix="appliance-agents-") as folder:
        path = Path(folder) / "agents.yaml"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")  # it is YAML too
        yield settings.model_copy(update={"agents_file": path, **dict.fromkeys(elsewhere)})


def _findable(name_or_path: str, settings: Settings) -> str:
    """A name of the catalogue, or a path that does not depend on where the service is started."""
    located = locate(name_or_path, settings.models)
    return name_or_path if located.entry is not None else str(located.path.absolute())
