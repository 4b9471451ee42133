"""Where does a workspace keep what it says about its working days?"""

from __future__ import annotations

from sqlalchemy import Column, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import JsonText, Moment, day, flag, whole, words

calendar_day = Table(
    "calendar_day",
    METADATA,
    Column("day", day, primary_key=True),
    Column("working", flag, nullable=False),
    Column("hours", JsonText()),
    Column("reason", words, nullable=False),
    Column("changed_at", Moment(), nullable=False),
    Column("changed_by", words),
)

calendar_week = Table(
    "calendar_week",
    METADATA,
    Column("weekday", whole, primary_key=True, autoincrement=False),
    Column("hours", JsonText(), nullable=False),
    Column("changed_at", Moment(), nullable=False),
    Column("changed_by", words),
)

calendar_year = Table(
    "calendar_year",
    METADATA,
    Column("year", whole, primary_key=True, autoincrement=False),
    Column("entered_at", Moment(), nullable=False),
    Column("entered_by", words),
)
