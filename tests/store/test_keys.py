"""API keys in a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.access.keys import digest_of
from appliance.errors import ApplianceError
from appliance.store.database import FILE_NAME, open_database
from appliance.store.keys import FRESH_S, KeyStore

pytestmark = [pytest.mark.unit, pytest.mark.asyncio]


def _bytes(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir())


async def test_a_key_is_kept_as_its_digest_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    async with open_database(path) as database:
        secret = await KeyStore(database).add("pbx", ["services", "control"])
    async with open_database(path) as database:
        (key,) = await KeyStore(database).all()
    assert (key.name, key.digest) == ("pbx", digest_of(secret))
    assert key.scopes == {"services", "control"}
    kept = _bytes(tmp_path)
    assert digest_of(secret).encode() in kept
    assert secret.encode() not in kept


async def test_a_name_is_given_once_and_a_key_that_is_not_there_cannot_go(tmp_path: Path) -> None:
    async with open_database(tmp_path / FILE_NAME) as database:
        keys = KeyStore(database)
        await keys.add("pbx", ["services"])
        with pytest.raises(ApplianceError, match=r"there is a key 'pbx'; .* remove pbx"):
            await keys.add("pbx", ["control"])
        await keys.remove("pbx")
        with pytest.raises(ApplianceError, match="there is no key 'pbx'"):
            await keys.remove("pbx")
        assert await keys.all() == ()


@pytest.mark.parametrize("name", ["", "Two Words", "../x", "-", "a" * 65, "ä"])
async def test_a_name_is_plain(tmp_path: Path, name: str) -> None:
    async with open_database(tmp_path / FILE_NAME) as database:
        with pytest.raises(ApplianceError, match="is no name for a key"):
            await KeyStore(database).add(name, ["read"])


async def test_the_service_sees_a_change_of_the_command_line_soon(tmp_path: Path) -> None:
    async with open_database(tmp_path / FILE_NAME) as database:
        service, command = KeyStore(database), KeyStore(database)
        assert await service.fresh(10.0) == ()
        await command.add("pbx", ["services"])
        assert await service.fresh(10.0 + FRESH_S / 2) == ()
        assert [key.name for key in await service.fresh(10.0 + FRESH_S)] == ["pbx"]
