"""The language model that the set-up installs: there, whole, and what llama.cpp calls Q8_0."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from appliance.config.settings import read_settings
from appliance.errors import WeightsError
from appliance.weights.catalogue import load_catalogue
from appliance.weights.place import locate, verify
from appliance.weights.requantise import requantise_q8_0

pytestmark = pytest.mark.engine

NAME = "smollm2-135m-instruct"


def test_the_language_model_is_installed_and_whole() -> None:
    models = read_settings().models
    faults = verify(load_catalogue().find(NAME), models)
    assert faults == [], "install it: .venv/bin/appliance models install " + NAME
    assert locate(NAME, models).path.name.endswith("Q8_0.gguf")


def test_the_language_model_has_q8_0_weights() -> None:
    import llama_cpp

    params = llama_cpp.llama_model_default_params()
    params.vocab_only = True
    path = locate(NAME, read_settings().models).path
    model = llama_cpp.llama_model_load_from_file(bytes(path), params)
    assert model
    kind = ctypes.create_string_buffer(20)
    llama_cpp.llama_model_meta_val_str(model, b"general.file_type", kind, 20)
    llama_cpp.llama_model_free(model)
    assert int(kind.value) == llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0


def test_rewriting_what_is_no_model_says_why_and_leaves_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "broken.gguf"
    source.write_bytes(b"GGUF" + bytes(10_000))
    with pytest.raises(WeightsError, match="could not rewrite it as Q8_0: .+"):
        requantise_q8_0(source, tmp_path / "out.gguf")
    assert list(tmp_path.iterdir()) == [source]
    assert capfd.readouterr().err == ""
