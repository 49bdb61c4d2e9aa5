"""Alembic runs this file for every migration; the connection comes from ``store.migrate``."""

from __future__ import annotations

from alembic import context

from appliance.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
