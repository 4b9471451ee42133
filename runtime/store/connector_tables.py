"""In which tables stand the settings and calls of connectors, and what other programs told us?"""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import JsonText, Moment, whole, words

connector_setup = Table(
    "connector_setup",
    METADATA,
    Column("app", words, primary_key=True),
    Column("connector", words, primary_key=True),
    Column("url", words),
    Column("secrets", LargeBinary),
    Column("changed_at", Moment(), nullable=False),
    Column("changed_by", words),
)

connector_call = Table(
    "connector_call",
    METADATA,
    Column("id", words, primary_key=True),
    Column("key", words, nullable=False, unique=True),
    Column("app", words, nullable=False),
    Column("connector", words, nullable=False),
    Column("operation", words, nullable=False),
    Column("rule", words, nullable=False),
    Column("run", words, nullable=False),
    Column("number", whole, nullable=False),
    Column("form", words, nullable=False),
    Column("record", words, nullable=False),
    Column("state", words, nullable=False),
    Column("inputs", JsonText(), nullable=False),
    Column("answer", JsonText()),
    Column("status", whole),
    Column("words", words),
    Column("problem", JsonText()),
    Column("milliseconds", whole, nullable=False),
    Column("tries", whole, nullable=False),
    Column("at", Moment(), nullable=False),
    Column("ended_at", Moment()),
    Index("connector_call_of", "app", "connector", "id"),
    Index("connector_call_run", "run"),
    Index("connector_call_state", "state", "id"),
)

hook = Table(
    "hook",
    METADATA,
    Column("app", words, primary_key=True),
    Column("rule", words, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("before", LargeBinary),
    Column("before_until", Moment()),
    Column("made_at", Moment(), nullable=False),
    Column("made_by", words),
    Column("heard_at", Moment()),
)

hook_message = Table(
    "hook_message",
    METADATA,
    Column("app", words, primary_key=True),
    Column("rule", words, primary_key=True),
    Column("key", words, primary_key=True),
    Column("digest", words, nullable=False),
    Column("event", words, nullable=False),
    Column("at", Moment(), nullable=False),
    Index("hook_message_at", "at"),
)
