"""Brings a database to the tables of this version, in one transaction: all of it or nothing."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from appliance.errors import StoreError

MIGRATIONS: Final = Path(__file__).parent / "migrations"

logging.getLogger("alembic").setLevel(logging.WARNING)


def upgrade(connection: Connection, where: Path) -> None:
    """Run what is missing. Raises StoreError when a newer version wrote ``where``."""
    config = _config(connection)
    _revision(connection, where)
    command.upgrade(config, "head")


def check(connection: Connection, where: Path) -> None:
    """Change nothing. Raises StoreError when ``where`` is not of this version."""
    config = _config(connection)
    if _revision(connection, where) != ScriptDirectory.from_config(config).get_current_head():
        raise StoreError(
            f"{where} is of an older version of the appliance; restart the service, which brings "
            "it up to date"
        )


def known_revisions() -> frozenset[str]:
    """Of the tables that this version has, or can bring up to date."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return frozenset(script.revision for script in scripts)


def _revision(connection: Connection, where: Path) -> str | None:
    """What the file is at; None for an empty one."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in known_revisions():
        raise StoreError(
            f"{where} was written by a newer version of the appliance (revision {found}), which "
            "this one cannot read; start that version again, or put back the file as it was before"
        )
    return found


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
