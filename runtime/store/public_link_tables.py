"""In which tables stand the links for people outside, and how much came by them lately?"""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import Moment, whole, words

public_link = Table(
    "public_link",
    METADATA,
    Column("id", words, primary_key=True),
    Column("key", words, nullable=False, unique=True),
    Column("app", words, nullable=False),
    Column("public", words, nullable=False),
    Column("label", words, nullable=False),
    Column("record", words),
    Column("owner", words),
    Column("made_at", Moment(), nullable=False),
    Column("expires_at", Moment()),
    Column("off_at", Moment()),
    Column("opened", whole, nullable=False),
    Column("sent", whole, nullable=False),
    Column("sent_at", Moment()),
    Index("public_link_of", "app", "public"),
)

pace = Table(
    "pace",
    METADATA,
    Column("key", words, primary_key=True),
    Column("since", Moment(), nullable=False),
    Column("count", whole, nullable=False),
    Index("pace_since", "since"),
)
