"""The API keys of one database: made and taken away by the command line, read by the service."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Final

from sqlalchemy import delete, insert, select

from appliance.access.keys import NAME, SCOPES, ApiKey, Scope, digest_of, new_secret
from appliance.errors import ApplianceError
from appliance.store.database import Database
from appliance.store.tables import api_keys

FRESH_S: Final = 2.0
"""A key that was made or taken away counts no later than this."""


class KeyStore:
    """Methods raise StoreFault."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read_s = float("-inf")
        self._known: tuple[ApiKey, ...] = ()

    async def add(self, name: str, scopes: Iterable[Scope]) -> str:
        """A new key; its secret, which is not kept. Raises ApplianceError when there is one of this
        name."""
        if not NAME.fullmatch(name):
            raise ApplianceError(
                f"{name!r} is no name for a key: small letters, digits, `.`, `_` and `-`",
                code="key_name",
            )
        secret = new_secret()
        row = {
            "name": name,
            "digest": digest_of(secret),
            "scopes": " ".join(sorted(scopes)),
            "created_s": time.time(),
        }
        async with self._database.transaction() as connection:
            if await connection.scalar(select(api_keys.c.name).where(api_keys.c.name == name)):
                raise ApplianceError(
                    f"there is a key {name!r}; `appliance keys remove {name}` takes it away",
                    code="key_exists",
                )
            await connection.execute(insert(api_keys).values(row))
        return secret

    async def remove(self, name: str) -> None:
        """Take a key away. Raises ApplianceError when there is none."""
        async with self._database.transaction() as connection:
            done = await connection.execute(delete(api_keys).where(api_keys.c.name == name))
        if not done.rowcount:
            raise ApplianceError(
                f"there is no key {name!r}; `appliance keys list` shows them", code="key_unknown"
            )

    async def all(self) -> tuple[ApiKey, ...]:
        """Every key, by name."""
        async with self._database.transaction() as connection:
            rows = await connection.execute(select(api_keys).order_by(api_keys.c.name))
        return tuple(
            ApiKey(row.name, row.digest, _scopes(row.scopes), row.created_s) for row in rows
        )

    async def fresh(self, now_s: float) -> tuple[ApiKey, ...]:
        """Every key as it was no longer than FRESH_S before ``now_s`` (of any steady clock)."""
        if now_s - self._read_s >= FRESH_S:
            self._known = await self.all()
            self._read_s = now_s
        return self._known


def _scopes(text: str) -> frozenset[Scope]:
    """Those this program knows: a newer one may have written others."""
    written = text.split()
    return frozenset(scope for scope in SCOPES if scope in written)
