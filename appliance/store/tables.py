"""The tables as the program uses them. ``migrations/`` is how a file gets them; a test compares the
two."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class AnyText(TypeDecorator[str]):
    """Text from outside. JSON and the environment can hold half characters (lone surrogates), which
    UTF-8 has no bytes for; they become question marks."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else value.encode("utf-8", "replace").decode("utf-8")


metadata: Final = MetaData()

letters: Final = Table(
    "webhook_letters",
    metadata,
    # autoincrement: the order of one call is the order of ids, so none is ever used again
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("call_uuid", String(36), nullable=False),
    Column("type", String(32), nullable=False),
    Column("agent_id", AnyText, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_s", Float, nullable=False),  # seconds since 1970
    Column("age_s", Float, nullable=False, server_default="0"),  # in time of a running service
    Column("attempts", Integer, nullable=False),
    Column("dead", Boolean, nullable=False),
    Column("error", Text, nullable=False),  # why the last attempt failed
    Index("webhook_letters_of_call", "dead", "call_uuid", "id"),
    sqlite_autoincrement=True,
)

calls: Final = Table(
    "calls",
    metadata,
    Column("uuid", String(36), primary_key=True),
    Column("agent", Text, nullable=False),
    Column("started", String(32), nullable=False),  # ISO 8601, UTC
    Column("ended", String(32)),
    Column("outcome", String(64), nullable=False),
    Column("transfer_to", AnyText),
    Column("greeting", AnyText),  # words: only with keep_words
    Index("calls_by_end", "ended"),
)

turns: Final = Table(
    "turns",
    metadata,
    Column("call_uuid", ForeignKey("calls.uuid", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source", String(32), nullable=False),
    Column("interrupted", Boolean, nullable=False),
    Column("timeline_ms", Text, nullable=False),  # a JSON object
    Column("heard", AnyText),  # words: only with keep_words
    Column("said", AnyText),
)

api_keys: Final = Table(
    "api_keys",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of the secret
    Column("scopes", Text, nullable=False),  # with spaces between them
    Column("created_s", Float, nullable=False),  # seconds since 1970
)
