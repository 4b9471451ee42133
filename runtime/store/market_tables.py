"""In which tables stands what was tried of packages here, and which records are only samples?"""

from __future__ import annotations

from sqlalchemy import Column, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import JsonText, Moment, whole, words

package_check = Table(
    "package_check",
    METADATA,
    Column("digest", words, primary_key=True),
    Column("platform", words, primary_key=True),
    Column("database", words, primary_key=True),
    Column("passed", whole, nullable=False),
    Column("total", whole, nullable=False),
    Column("failed", JsonText(), nullable=False),
    Column("at", Moment(), nullable=False),
)

sample = Table(
    "sample",
    METADATA,
    Column("record", words, primary_key=True),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("version", whole, nullable=False),
    Column("at", Moment(), nullable=False),
)
