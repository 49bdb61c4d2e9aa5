"""An order that cannot be met is refused before minutes of work, and leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.bundle.create import CHECKOUT, Order, create
from appliance.bundle.pip import Pip
from appliance.errors import ArchiveError, SettingsError

pytestmark = pytest.mark.unit


@pytest.fixture
def order(tmp_path: Path) -> Order:
    models = tmp_path / "models"
    models.mkdir()
    return Order(tmp_path / "out" / "b.tar", ("3.11",), ("vosk-demo-en",), models)


@pytest.fixture(autouse=True)
def no_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ArchiveError("pip failed: no network")

    monkeypatch.setattr(Pip, "__init__", refuse)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pythons": ("3.9",)}, "--python 3.9: not a version like 3.11"),
        ({"key": Path("absent")}, "--key absent: there is no such key; make one: appliance bundle"),
        ({"models": ("smollm",)}, "did you mean 'smollm2-"),
        ({"models": ("smollm2-135m-instruct",)}, "appliance models install smollm2-135m-instruct"),
        ({"debs": {"trixie": CHECKOUT / "docs"}}, "docs: no .deb is in there"),
        ({"llama_wheel": Path("absent.whl")}, "absent.whl: there is no such wheel of llama-cpp"),
        ({"llama_wheel": Path(__file__)}, "test_create.py: not a wheel of llama-cpp-python 0."),
        ({"out": Path("/absent/b.tar")}, "there is no folder /absent"),
    ],
)
def test_what_is_wrong_is_told_with_what_mends_it(
    order: Order, change: dict[str, object], said: str
) -> None:
    order.out.parent.mkdir()
    with pytest.raises(SettingsError) as caught:
        create(replace(order, **change))  # type: ignore[arg-type]
    assert said in caught.value.message
    assert "\n" not in caught.value.message
    assert list(order.out.parent.iterdir()) == []


def test_an_installed_package_names_what_only_a_checkout_has(order: Order, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"made from a checkout.* requirements, ansible"):
        create(order, checkout=tmp_path)


def test_a_failure_on_the_way_leaves_an_older_bundle_alone(order: Order) -> None:
    order.out.parent.mkdir()
    order.out.write_text("older")
    with pytest.raises(ArchiveError, match="no network"):
        create(order)
    assert [path.name for path in order.out.parent.iterdir()] == ["b.tar"]
    assert order.out.read_text() == "older"
