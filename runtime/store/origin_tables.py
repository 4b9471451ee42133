"""In which table stands from whom each installed app came?"""

from __future__ import annotations

from sqlalchemy import Column, Table

from runtime.store.platform_tables import METADATA
from runtime.store.types import JsonText, Moment, words

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
