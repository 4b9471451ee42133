"""In which tables stand messages, their deliveries, and the channels they take?"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import JsonText, Moment, content, flag, whole, words


def _id() -> Column[str]:
    return Column("id", words, primary_key=True)


notice = Table(
    "notice",
    METADATA,
    _id(),
    Column("person", words, nullable=False),
    Column("key", words, nullable=False),
    Column("kind", words, nullable=False),
    Column("text", JsonText(), nullable=False),
    Column("app", words),
    Column("form", words),
    Column("record", words),
    Column("task", words),
    Column("urgent", flag, nullable=False),
    Column("at", Moment(), nullable=False),
    Column("read_at", Moment()),
    Index("notice_once", "person", "key", unique=True),
    Index("notice_person", "person", "id"),
    Index("notice_unread", "person", "read_at"),
)

delivery = Table(
    "delivery",
    METADATA,
    _id(),
    Column("notice", words, ForeignKey("notice.id"), nullable=False),
    Column("person", words, nullable=False),
    Column("channel", words, nullable=False),
    Column("state", words, nullable=False),
    Column("digest", flag, nullable=False),
    Column("due", Moment()),
    Column("address", words),
    Column("reference", words),
    Column("tries", whole, nullable=False),
    Column("code", words),
    Column("problem", JsonText()),
    Column("made_at", Moment(), nullable=False),
    Column("ended_at", Moment()),
    Index("delivery_notice", "notice"),
    Index("delivery_channel", "channel", "made_at"),
    Index("delivery_due", "person", "channel", "due"),
)

delivery_attempt = Table(
    "delivery_attempt",
    METADATA,
    _id(),
    Column("delivery", words, ForeignKey("delivery.id"), nullable=False),
    Column("at", Moment(), nullable=False),
    Column("sent", flag, nullable=False),
    Column("code", words),
    Column("detail", words),
    Column("milliseconds", whole, nullable=False),
    Index("delivery_attempt_of", "delivery"),
)

channel = Table(
    "channel",
    METADATA,
    _id(),
    Column("active", flag, nullable=False),
    Column("settings", JsonText(), nullable=False),
    Column("secrets", content),
    Column("failures", whole, nullable=False),
    Column("changed_at", Moment(), nullable=False),
    Column("changed_by", words),
)

notice_wish = Table(
    "notice_wish",
    METADATA,
    Column("person", words, primary_key=True),
    Column("ways", JsonText(), nullable=False),
    Column("quiet_from", words),
    Column("quiet_to", words),
    Column("digest_at", words),
)

signed_link = Table(
    "signed_link",
    METADATA,
    Column("key", words, primary_key=True),
    Column("person", words, nullable=False),
    Column("task", words, nullable=False),
    Column("made_at", Moment(), nullable=False),
    Column("expires_at", Moment(), nullable=False),
    Column("used_at", Moment()),
    Index("signed_link_task", "task"),
)

channel_address = Table(
    "channel_address",
    METADATA,
    Column("person", words, primary_key=True),
    Column("channel", words, primary_key=True),
    Column("address", words),
    Column("phone", words),
    Column("code", words),
    Column("detail", words),
    Column("checked_at", Moment(), nullable=False),
)
