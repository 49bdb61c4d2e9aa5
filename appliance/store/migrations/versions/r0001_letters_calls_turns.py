"""The webhooks' letters, calls and their turns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "webhook_letters",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("call_uuid", sa.String(36), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("agent_id", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_s", sa.Float, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("dead", sa.Boolean, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("webhook_letters_of_call", "webhook_letters", ["dead", "call_uuid", "id"])
    op.create_table(
        "calls",
        sa.Column("uuid", sa.String(36), primary_key=True),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("ended", sa.String(32)),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("transfer_to", sa.Text),
        sa.Column("greeting", sa.Text),
    )
    op.create_index("calls_by_end", "calls", ["ended"])
    op.create_table(
        "turns",
        sa.Column(
            "call_uuid",
            sa.String(36),
            sa.ForeignKey("calls.uuid", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("interrupted", sa.Boolean, nullable=False),
        sa.Column("timeline_ms", sa.Text, nullable=False),
        sa.Column("heard", sa.Text),
        sa.Column("said", sa.Text),
    )
