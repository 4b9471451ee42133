"""Which tables does the platform itself have, beside those of the forms?"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, MetaData, Table

from runtime.store.types import ExactDecimal, JsonText, Moment, content, day, flag, whole, words

METADATA = MetaData()
DEGREES = 9


def _id() -> Column[str]:
    return Column("id", words, primary_key=True)


event = Table(
    "event",
    METADATA,
    _id(),
    Column("at", Moment(), nullable=False),
    Column("app", words),
    Column("form", words),
    Column("record", words),
    Column("version", whole),
    Column("kind", words, nullable=False),
    Column("actor", words),
    Column("door", words),
    Column("reason", words),
    Column("changes", JsonText()),
    Column("text", words),
    Column("data", JsonText()),
    Column("cause", words),
    Column("depth", whole, nullable=False, default=0),
    Index("event_of_record", "record", "id"),
)

department = Table(
    "department",
    METADATA,
    _id(),
    Column("name", words, nullable=False),
    Column("code", words),
    Column("parent", words, ForeignKey("department.id")),
    Column("head", words),
    Column("path", words, nullable=False),
    Column("position", whole, nullable=False, default=0),
    Index("department_path", "path"),
)

person = Table(
    "person",
    METADATA,
    _id(),
    Column("login", words, nullable=False, unique=True),
    Column("name", words, nullable=False),
    Column("phone", words),
    Column("email", words),
    Column("post", words),
    Column("department", words, ForeignKey("department.id")),
    Column("manager", words, ForeignKey("person.id")),
    Column("admin", flag, nullable=False, default=False),
    Column("active", flag, nullable=False, default=True),
    Column("locale", words, nullable=False, default="zh"),
    Column("theme", words, nullable=False, default="system"),
    Column("password_hash", words),
    Column("totp_secret", words),
    Column("found_by", words, nullable=False, default=""),
    Column("created_at", Moment(), nullable=False),
    Column("number", words),
    Index("person_department", "department"),
)

succession = Table(
    "succession",
    METADATA,
    Column("person", words, primary_key=True),
    Column("successor", words, nullable=False),
    Column("at", Moment(), nullable=False),
    Column("by", words),
)

role_grant = Table(
    "role_grant",
    METADATA,
    Column("subject", words, primary_key=True),
    Column("kind", words, primary_key=True),
    Column("app", words, primary_key=True),
    Column("role", words, primary_key=True),
)

session = Table(
    "session",
    METADATA,
    Column("key", words, primary_key=True),
    Column("person", words, ForeignKey("person.id"), nullable=False),
    Column("csrf", words, nullable=False),
    Column("created_at", Moment(), nullable=False),
    Column("seen_at", Moment(), nullable=False),
    Column("expires_at", Moment(), nullable=False),
    Column("agent", words),
    Column("address", words),
    Index("session_person", "person"),
    Index("session_expiry", "expires_at"),
)

token = Table(
    "token",
    METADATA,
    _id(),
    Column("key", words, nullable=False, unique=True),
    Column("person", words, ForeignKey("person.id"), nullable=False),
    Column("name", words, nullable=False),
    Column("created_at", Moment(), nullable=False),
    Column("expires_at", Moment()),
    Column("used_on", day),
    Column("revoked_at", Moment()),
    Index("token_person", "person"),
)

file = Table(
    "file",
    METADATA,
    _id(),
    Column("name", words, nullable=False),
    Column("type", words, nullable=False),
    Column("media_type", words, nullable=False),
    Column("size", whole, nullable=False),
    Column("sha256", words, nullable=False),
    Column("uploaded_at", Moment(), nullable=False),
    Column("uploaded_by", words),
    Index("file_sha256", "sha256"),
)

file_use = Table(
    "file_use",
    METADATA,
    Column("file", words, ForeignKey("file.id"), primary_key=True),
    Column("record", words, primary_key=True),
    Column("place", words, primary_key=True),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Index("file_use_record", "record"),
)

evidence = Table(
    "evidence",
    METADATA,
    _id(),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("record", words, nullable=False),
    Column("item", words, nullable=False),
    Column("file", words, ForeignKey("file.id"), nullable=False),
    Column("sha256", words, nullable=False),
    Column("added_at", Moment(), nullable=False),
    Column("added_by", words),
    Column("latitude", ExactDecimal(DEGREES)),
    Column("longitude", ExactDecimal(DEGREES)),
    Column("expires_on", day),
    Column("verdict", words),
    Column("verdict_by", words),
    Column("verdict_at", Moment()),
    Column("verdict_reason", words),
    Index("evidence_record", "record"),
    Index("evidence_sha256", "sha256"),
)

view = Table(
    "view",
    METADATA,
    _id(),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("person", words, nullable=False),
    Column("name", words, nullable=False),
    Column("shared", flag, nullable=False, default=False),
    Column("definition", JsonText(), nullable=False),
    Column("created_at", Moment(), nullable=False),
    Index("view_form", "app", "form"),
)

first_view = Table(
    "first_view",
    METADATA,
    Column("app", words, primary_key=True),
    Column("form", words, primary_key=True),
    Column("person", words, primary_key=True),
    Column("view", words, nullable=False),
)

package = Table(
    "package",
    METADATA,
    Column("app", words, primary_key=True),
    Column("version", words, nullable=False),
    Column("installed_at", Moment(), nullable=False),
    Column("revision", whole, nullable=False),
    Column("shape", JsonText(), nullable=False),
)

package_file = Table(
    "package_file",
    METADATA,
    Column("app", words, ForeignKey("package.app"), primary_key=True),
    Column("path", words, primary_key=True),
    Column("content", content, nullable=False),
)

trash = Table(
    "trash",
    METADATA,
    _id(),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("field", words),
    Column("cell", words),
    Column("kind", words, nullable=False),
    Column("place", JsonText(), nullable=False),
    Column("dropped_at", Moment(), nullable=False),
    Index("trash_form", "app", "form"),
)

leftover = Table(
    "leftover",
    METADATA,
    _id(),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("field", words, nullable=False),
    Column("record", words, nullable=False),
    Column("text", words, nullable=False),
    Column("at", Moment(), nullable=False),
    Index("leftover_form", "app", "form"),
)

failed_try = Table(
    "failed_try",
    METADATA,
    Column("key", words, primary_key=True),
    Column("count", whole, nullable=False),
    Column("last", Moment(), nullable=False),
    Index("failed_try_last", "last"),
)

idempotency = Table(
    "idempotency",
    METADATA,
    Column("person", words, primary_key=True),
    Column("key", words, primary_key=True),
    Column("record", words),
    Column("request", words),
    Column("at", Moment(), nullable=False),
)

sequence = Table(
    "sequence",
    METADATA,
    Column("key", words, primary_key=True),
    Column("value", whole, nullable=False),
)

job = Table(
    "job",
    METADATA,
    _id(),
    Column("kind", words, nullable=False),
    Column("key", words, nullable=False, unique=True),
    Column("arguments", JsonText(), nullable=False),
    Column("person", words),
    Column("state", words, nullable=False),
    Column("due", Moment()),
    Column("lease", Moment()),
    Column("token", words),
    Column("tries", whole, nullable=False),
    Column("lost", whole, nullable=False),
    Column("done", whole, nullable=False),
    Column("total", whole),
    Column("result", JsonText()),
    Column("problem", JsonText()),
    Column("created_at", Moment(), nullable=False),
    Column("ended_at", Moment()),
    Index("job_due", "state", "due", "id"),
    Index("job_person", "person", "id"),
)

import_run = Table(
    "import_run",
    METADATA,
    _id(),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("person", words, nullable=False),
    Column("file", words, ForeignKey("file.id"), nullable=False),
    Column("name", words, nullable=False),
    Column("plan", JsonText(), nullable=False),
    Column("state", words, nullable=False),
    Column("job", words),
    Column("rows", whole),
    Column("problem", JsonText()),
    Column("created_at", Moment(), nullable=False),
    Column("ended_at", Moment()),
    Column("undone_at", Moment()),
    Index("import_run_form", "app", "form", "id"),
)

import_line = Table(
    "import_line",
    METADATA,
    Column("run", words, ForeignKey("import_run.id"), primary_key=True),
    Column("phase", words, primary_key=True),
    Column("sheet", words, primary_key=True),
    Column("number", whole, primary_key=True),
    Column("kind", words, nullable=False),
    Column("record", words),
    Column("title", words),
    Column("complaints", JsonText()),
    Column("before", JsonText()),
    Column("undone", words),
    Column("undo_reason", JsonText()),
    Index("import_line_kind", "run", "phase", "kind"),
)

import_memory = Table(
    "import_memory",
    METADATA,
    Column("person", words, primary_key=True),
    Column("app", words, primary_key=True),
    Column("form", words, primary_key=True),
    Column("choice", JsonText(), nullable=False),
)

task = Table(
    "task",
    METADATA,
    _id(),
    Column("key", words, nullable=False, unique=True),
    Column("kind", words, nullable=False),
    Column("person", words, nullable=False),
    Column("app", words),
    Column("form", words),
    Column("record", words),
    Column("approval", words),
    Column("step", words),
    Column("title", JsonText(), nullable=False),
    Column("note", words),
    Column("due", Moment()),
    Column("state", words, nullable=False),
    Column("outcome", words),
    Column("opened_at", Moment(), nullable=False),
    Column("ended_at", Moment()),
    Column("seen_at", Moment()),
    Column("source", words),
    Column("found_by", words, nullable=False),
    Index("task_person", "person", "state", "kind"),
    Index("task_record", "record", "person", "state"),
    Index("task_approval", "approval"),
)

SQLITE_GUARDS = (
    """CREATE TRIGGER IF NOT EXISTS event_never_changes BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS event_never_goes BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
)
POSTGRES_GUARDS = (
    """CREATE OR REPLACE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$""",
    """CREATE TRIGGER event_never_changes BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION event_is_append_only()""",
    """CREATE TRIGGER event_never_empties BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()""",
)
