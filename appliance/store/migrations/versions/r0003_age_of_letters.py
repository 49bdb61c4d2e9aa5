"""How long each letter has lain there, whatever the clock says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column(
        "webhook_letters", sa.Column("age_s", sa.Float, nullable=False, server_default="0")
    )
