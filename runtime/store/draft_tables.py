"""In which tables stand the drafts of apps, every edit of them, and the versions published?"""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import JsonText, Moment, content, whole, words

draft = Table(
    "draft",
    METADATA,
    Column("app", words, primary_key=True),
    Column("rev", whole, nullable=False),
    Column("published", whole, nullable=False),
    Column("base", whole, nullable=False),
)

draft_file = Table(
    "draft_file",
    METADATA,
    Column("app", words, primary_key=True),
    Column("path", words, primary_key=True),
    Column("text", words, nullable=False),
)

draft_edit = Table(
    "draft_edit",
    METADATA,
    Column("app", words, primary_key=True),
    Column("seq", whole, primary_key=True),
    Column("kind", words, nullable=False),
    Column("of", whole),
    Column("person", words, nullable=False),
    Column("at", Moment(), nullable=False),
    Column("edits", JsonText(), nullable=False),
    Column("splices", JsonText(), nullable=False),
    Column("touched", JsonText(), nullable=False),
    Column("state", words, nullable=False),
    Column("last", whole, nullable=False),
    Index("draft_edit_person", "app", "person", "seq"),
)

draft_look = Table(
    "draft_look",
    METADATA,
    Column("app", words, primary_key=True),
    Column("person", words, primary_key=True),
    Column("view", words, nullable=False),
    Column("at", Moment(), nullable=False),
)

app_version = Table(
    "app_version",
    METADATA,
    Column("app", words, primary_key=True),
    Column("number", whole, primary_key=True),
    Column("at", Moment(), nullable=False),
    Column("person", words),
    Column("note", words, nullable=False),
    Column("files", content, nullable=False),
)

publish_plan = Table(
    "publish_plan",
    METADATA,
    Column("id", words, primary_key=True),
    Column("app", words, nullable=False),
    Column("rev", whole, nullable=False),
    Column("base", whole, nullable=False),
    Column("due", Moment(), nullable=False),
    Column("person", words, nullable=False),
    Column("made_at", Moment(), nullable=False),
    Column("note", words, nullable=False),
    Column("state", words, nullable=False),
    Column("number", whole),
    Column("problems", JsonText(), nullable=False),
    Column("files", content, nullable=False),
    Index("publish_plan_app", "app", "state"),
)

package_base = Table(
    "package_base",
    METADATA,
    Column("app", words, primary_key=True),
    Column("files", content, nullable=False),
)

package_upgrade = Table(
    "package_upgrade",
    METADATA,
    Column("app", words, primary_key=True),
    Column("version", words, nullable=False),
    Column("at", Moment(), nullable=False),
    Column("origin", JsonText()),
    Column("files", content, nullable=False),
)

package_former = Table(
    "package_former",
    METADATA,
    Column("app", words, primary_key=True),
    Column("version", words, nullable=False),
    Column("at", Moment(), nullable=False),
    Column("origin", JsonText()),
    Column("base", content, nullable=False),
    Column("files", content, nullable=False),
    Column("upgraded", content, nullable=False),
)
