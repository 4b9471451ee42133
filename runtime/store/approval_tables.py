"""Which tables keep approvals, the versions they run by, and who stands in for whom?"""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import JsonText, Moment, whole, words

workflow_version = Table(
    "workflow_version",
    METADATA,
    Column("id", words, primary_key=True),
    Column("app", words, nullable=False),
    Column("workflow", words, nullable=False),
    Column("definition", JsonText(), nullable=False),
    Column("kept_at", Moment(), nullable=False),
)

approval = Table(
    "approval",
    METADATA,
    Column("id", words, primary_key=True),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("record", words, nullable=False),
    Column("workflow", words, nullable=False),
    Column("version", words, nullable=False),
    Column("submitter", words, nullable=False),
    Column("state", words, nullable=False),
    Column("outcome", words),
    # One at a time: set while it runs, so that the database itself keeps a second one out.
    Column("holds", words, unique=True),
    Column("locks", JsonText()),
    Column("parent", words, unique=True),
    Column("revision", whole, nullable=False),
    Column("run", JsonText(), nullable=False),
    Column("opened_at", Moment(), nullable=False),
    Column("ended_at", Moment()),
    Index("approval_of_record", "record", "id"),
    Index("approval_of_submitter", "submitter", "id"),
    Index("approval_by_state", "state", "app"),
)

entrusted = Table(
    "entrusted",
    METADATA,
    Column("task", words, primary_key=True),
    Column("approval", words, nullable=False),
    Column("hide", JsonText()),
    Index("entrusted_by_approval", "approval"),
)

delegation = Table(
    "delegation",
    METADATA,
    Column("id", words, primary_key=True),
    Column("person", words, nullable=False),
    Column("stand_in", words, nullable=False),
    Column("app", words),
    Column("workflow", words),
    Column("starts_at", Moment(), nullable=False),
    Column("ends_at", Moment(), nullable=False),
    Column("reason", words),
    Column("created_at", Moment(), nullable=False),
    Column("created_by", words),
    Column("revoked_at", Moment()),
    Index("delegation_person", "person", "ends_at"),
)

phrase = Table(
    "phrase",
    METADATA,
    Column("id", words, primary_key=True),
    Column("person", words, nullable=False),
    Column("text", words, nullable=False),
    Column("created_at", Moment(), nullable=False),
    Index("phrase_person", "person"),
)
