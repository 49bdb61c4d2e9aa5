"""The bill of materials obeys its schema, and packages are asked for their licences rightly."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from appliance.bundle.archive import facts_of
from appliance.bundle.metadata import Package, read_wheel
from appliance.bundle.sbom import bill, deb_component, model_component, package_component
from appliance.weights.catalogue import load_catalogue

pytestmark = pytest.mark.unit

FACTS = facts_of(b"contents")
CREATED = "2026-11-20T20:45:00Z"


def faults(document: bytes) -> object:
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(document.decode())


def package(licence: str, *, expression: bool = False) -> Package:
    return Package(
        Path("Some_Thing-1.0+x-py3-none-any.whl"), "Some_Thing", "1.0+x", licence, expression
    )


def test_packages_models_and_debs_make_a_valid_document() -> None:
    entry = load_catalogue().find("vosk-demo-en")
    deb = Package(Path("a.deb"), "asterisk", "1:20.1~dfsg-1", "", False, "amd64")
    components = [
        package_component("wheels/a.whl", package("MIT AND Apache-2.0", expression=True), FACTS),
        package_component("wheels/b.whl", package("see the licence of Bob"), FACTS),
        package_component("wheels/c.whl", package(""), FACTS),
        deb_component("debs/a.deb", deb, FACTS),
        model_component(entry, {"am/final.mdl": FACTS}),
    ]
    document = bill("0.1.0", CREATED, components)
    assert faults(document) is None
    assert bill("0.1.0", CREATED, reversed(components)) == document


def test_the_validator_would_notice() -> None:
    component = package_component("wheels/a.whl", package("MIT"), FACTS)
    assert faults(bill("0.1.0", CREATED, [{**component, "typ": "library"}])) is not None


def wheel(path: Path, metadata: str, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x-1.dist-info/METADATA", f"Name: x\nVersion: 1\n{metadata}\n")
        archive.writestr("vendored/y-2.dist-info/METADATA", "Name: y\nVersion: 2\n")
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("DIST", "x-1.dist-info"), text)
    return path


@pytest.mark.parametrize(
    ("metadata", "licence", "expression"),
    [
        ("License-Expression: MIT\nLicense: other", "MIT", True),
        ("License: BSD 3-Clause", "BSD 3-Clause", False),
        (
            f"License: {'whole text ' * 20}\nClassifier: License :: OSI Approved :: Zlib",
            "Zlib",
            False,
        ),
        ("License: UNKNOWN", "", False),
    ],
)
def test_a_wheel_tells_its_licence_in_one_of_three_fields(
    tmp_path: Path, metadata: str, licence: str, expression: bool
) -> None:
    told, _ = read_wheel(wheel(tmp_path / "x.whl", metadata))
    assert (told.name, told.version) == ("x", "1")
    assert (told.licence, told.is_expression) == (licence, expression)


def test_the_texts_of_licences_are_found_wherever_wheels_keep_them(tmp_path: Path) -> None:
    path = wheel(
        tmp_path / "x.whl",
        "",
        DIST__licenses__sub__LICENSE="a",
        DIST__COPYING="b",
        DIST__RECORD="c",
        x__LICENSE="d",
    )
    assert read_wheel(path)[1] == {"sub/LICENSE": b"a", "COPYING": b"b"}
