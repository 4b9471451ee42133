"""Was this workspace prepared before, from just these apps, so that it can start at once?"""

from __future__ import annotations

import json
from pathlib import Path

from runtime.settings import Settings

SQLITE = "sqlite:///"


def accounts_of_last_start(settings: Settings, stamp: str) -> tuple[str, ...] | None:
    """Return the lines about accounts that the last start printed, or None if something could
    have changed since: other apps, another database, or one that is not ours alone."""
    database = _file_of(settings)
    if database is None or not database.exists():
        return None
    try:
        noted = json.loads(_note(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    same = noted.get("stamp") == stamp and noted.get("database") == str(database)
    return tuple(noted["accounts"]) if same else None


def remember_start(settings: Settings, stamp: str, accounts: tuple[str, ...]) -> None:
    """Note a start, for the next one."""
    database = _file_of(settings)
    if database is not None:
        noted = {"stamp": stamp, "database": str(database), "accounts": accounts}
        _note(settings).write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")


def _note(settings: Settings) -> Path:
    return settings.home / "started.json"


def _file_of(settings: Settings) -> Path | None:
    url = settings.database_url
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None
