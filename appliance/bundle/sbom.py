"""The bill of materials: what is in a bundle, under which licence, in CycloneDX 1.6 (JSON).

Written by hand: it is one list, and the libraries that make it bring more packages than they save
lines. Licence names are those that the packages tell; only what they declare as SPDX is called so.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote

from appliance.bundle.archive import FileFacts
from appliance.bundle.metadata import Package
from appliance.weights.catalogue import ModelEntry

SPEC_VERSION: Final = "1.6"
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_OID, "appliance-bundle")

Component = dict[str, Any]


def bill(version: str, created: str, components: Iterable[Component]) -> bytes:
    """The whole document; the same components give the same bytes."""
    listed = sorted(components, key=lambda component: str(component["bom-ref"]))
    contents = json.dumps(listed, sort_keys=True)
    document = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC_VERSION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, created + contents)}",
        "version": 1,
        "metadata": {
            "timestamp": created,
            "component": {
                "type": "application",
                "bom-ref": "appliance-bundle",
                "name": "appliance",
                "version": version,
                "licenses": [{"expression": "GPL-3.0-or-later"}],
            },
        },
        "components": listed,
    }
    return json.dumps(document, indent=1, sort_keys=True).encode() + b"\n"


def package_component(path: str, package: Package, facts: FileFacts) -> Component:
    """One wheel or source archive; ``path`` is its name in the bundle."""
    component = _component("library", path, package.name, facts)
    file_name = quote(package.file.name, safe="")
    component["purl"] = (
        f"pkg:pypi/{package.name.lower()}@{quote(package.version, safe='')}?file_name={file_name}"
    )
    return {**component, "version": package.version, **_licences(package)}


def deb_component(path: str, package: Package, facts: FileFacts) -> Component:
    """One Debian package; its licences are in the copyright file that it installs."""
    component = _component("library", path, package.name, facts)
    version = quote(package.version, safe="")
    component["purl"] = f"pkg:deb/debian/{package.name}@{version}?arch={package.architecture}"
    return {**component, "version": package.version}


def model_component(entry: ModelEntry, files: Mapping[str, FileFacts]) -> Component:
    """One model with its files, by their names below the model's folder."""
    ref = f"models/{entry.name}"
    return {
        "type": "machine-learning-model",
        "bom-ref": ref,
        "name": entry.name,
        "description": f"{entry.kind}, language {entry.language}",
        "licenses": [{"license": {"name": entry.licence}}],
        "components": [
            _component("file", f"{ref}/{path}", path, facts) for path, facts in files.items()
        ],
    }


def _component(kind: str, ref: str, name: str, facts: FileFacts) -> Component:
    hashes = [{"alg": "SHA-256", "content": facts.sha256}]
    return {"type": kind, "bom-ref": ref, "name": name, "hashes": hashes}


def _licences(package: Package) -> Component:
    if not package.licence:
        return {}
    if package.is_expression:
        return {"licenses": [{"expression": package.licence}]}
    return {"licenses": [{"license": {"name": package.licence}}]}
