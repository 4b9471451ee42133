"""In which tables stand the firings of rules, what was noticed, and what came of it?"""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import ExactDecimal, JsonText, Moment, day, whole, words

rule_run = Table(
    "rule_run",
    METADATA,
    Column("id", words, primary_key=True),
    Column("key", words, nullable=False, unique=True),
    Column("app", words, nullable=False),
    Column("rule", words, nullable=False),
    Column("form", words, nullable=False),
    Column("record", words),
    Column("title", words),
    Column("cause", words),
    Column("depth", whole, nullable=False),
    Column("state", words, nullable=False),
    Column("reason", JsonText(), nullable=False),
    Column("facts", JsonText(), nullable=False),
    Column("steps", JsonText(), nullable=False),
    Column("problem", JsonText()),
    Column("tries", whole, nullable=False),
    Column("milliseconds", whole, nullable=False),
    Column("at", Moment(), nullable=False),
    Index("rule_run_app", "app", "id"),
    Index("rule_run_rule", "app", "rule", "id"),
    Index("rule_run_state", "app", "state", "id"),
    Index("rule_run_record", "record", "id"),
)

rule_begun = Table(
    "rule_begun",
    METADATA,
    Column("run", words, primary_key=True),
    Column("text", words, nullable=False),
)

rule_mark = Table(
    "rule_mark",
    METADATA,
    Column("app", words, primary_key=True),
    Column("rule", words, primary_key=True),
    Column("record", words, primary_key=True),
    Column("occurrence", words, primary_key=True),
    Column("number", whole, nullable=False),
    Column("at", Moment()),
    Column("day", day),
)

rule_look = Table(
    "rule_look",
    METADATA,
    Column("app", words, primary_key=True),
    Column("rule", words, primary_key=True),
    Column("at", Moment(), nullable=False),
)

rule_life = Table(
    "rule_life",
    METADATA,
    Column("app", words, primary_key=True),
    Column("rule", words, primary_key=True),
    Column("trigger", words, nullable=False),
    Column("since", Moment(), nullable=False),
)

task_term = Table(
    "task_term",
    METADATA,
    Column("task", words, primary_key=True),
    Column("by", words, nullable=False),
    Column("seconds", whole, nullable=False),
)

freeze = Table(
    "freeze",
    METADATA,
    Column("id", words, primary_key=True),
    Column("key", words, nullable=False, unique=True),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("by", words),
    Column("subject", words, nullable=False),
    Column("rule", words, nullable=False),
    Column("record", words),
    Column("reason", JsonText(), nullable=False),
    Column("way_on", JsonText()),
    Column("lifted_by", JsonText(), nullable=False),
    Column("at", Moment(), nullable=False),
    Column("ended_at", Moment()),
    Column("ended_by", words),
    Column("ended_reason", words),
    Index("freeze_subject", "subject", "app", "form"),
    Index("freeze_app", "app", "ended_at", "id"),
    Index("freeze_record", "record"),
)

point_entry = Table(
    "point_entry",
    METADATA,
    Column("id", words, primary_key=True),
    Column("key", words, nullable=False, unique=True),
    Column("app", words, nullable=False),
    Column("ledger", words, nullable=False),
    Column("person", words, nullable=False),
    Column("points", ExactDecimal(2), nullable=False),
    Column("text", JsonText(), nullable=False),
    Column("rule", words, nullable=False),
    Column("form", words),
    Column("record", words),
    Column("at", Moment(), nullable=False),
    Index("point_entry_person", "person", "app", "ledger", "id"),
    Index("point_entry_ledger", "app", "ledger", "at"),
)
