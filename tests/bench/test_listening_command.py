"""The command as somebody runs it on recordings of their own, with a service of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e


def test_recordings_are_heard_by_a_service_with_the_models_that_were_asked_for(
    tmp_path: Path, data_dir: Path
) -> None:
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    for name in ("what_are_your_opening_hours", "how_are_you_today"):
        shutil.copy(data_dir / f"{name}.wav", sounds)
        (sounds / f"{name}.txt").write_text(name.replace("_", " ").capitalize() + "?")
    models = ("--recognizer", "vosk-demo-en", "--voice", "piper-demo-en")
    options = ("--conditions", "clean", "--json", "--page", str(tmp_path / "report"))
    done = subprocess.run(
        [sys.executable, "-m", "appliance", "bench", "listening", str(sounds), *models, *options],
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
        env=os.environ | {"APPLIANCE_SMALL_MODELS": "true"},
    )
    report = json.loads(done.stdout)
    assert report["conditions"]["models"][::2] == ["vosk-demo-en", "piper-demo-en"]
    (clean,) = report["figures"]
    assert (clean["lines"], clean["words"], clean["wrong"], clean["missed"]) == (2, 9, 0, 0)
    assert [line["name"] for line in report["lines"]] == sorted(
        p.name for p in sounds.glob("*.wav")
    )
    page = tmp_path / "report" / "index.html"
    assert done.stderr.strip().endswith(f"to listen to: {page}")
    assert "No fault" in page.read_text() or "<audio" in page.read_text()
