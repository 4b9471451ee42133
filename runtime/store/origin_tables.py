"""In which tables stand the origins of installed apps, and the data of removed ones?"""

from __future__ import annotations

from sqlalchemy import Column, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import JsonText, Moment, whole, words

package_origin = Table(
    "package_origin",
    METADATA,
    Column("app", words, primary_key=True),
    Column("publisher", words),
    Column("key", words),
    Column("version", words, nullable=False),
    Column("digest", words, nullable=False),
    Column("scopes", JsonText(), nullable=False),
    Column("reason", words),
    Column("at", Moment(), nullable=False),
)

kept_app = Table(
    "kept_app",
    METADATA,
    Column("app", words, primary_key=True),
    Column("version", words, nullable=False),
    Column("revision", whole, nullable=False),
    Column("shape", JsonText(), nullable=False),
)
