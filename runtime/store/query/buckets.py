"""Into which day, week, month, quarter or year does a date fall, as SQL says it?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, Integer, Text, cast, func, literal

from engine.field import Storage

BUCKETS = ("day", "week", "month", "quarter", "year")


def bucket(
    unit: str, sql: ColumnElement[Any], storage: Storage, zone: tzinfo | None, dialect: str
) -> ColumnElement[Any]:
    """Return the first day of the period: a date, or its text on SQLite."""
    if dialect == "sqlite":
        return _on_sqlite(unit, sql, storage, zone)
    if storage is Storage.DATETIME:
        sql = func.timezone(_zone_name(zone), sql)
    return cast(func.date_trunc(unit, sql), Date)


def _on_sqlite(
    unit: str, sql: ColumnElement[Any], storage: Storage, zone: tzinfo | None
) -> ColumnElement[Any]:
    day = cast(sql, Text) if storage is Storage.DATE else _local_day(sql, zone)
    match unit:
        case "week":
            return func.date(day, "weekday 0", "-6 days", type_=Text())
        case "month":
            return func.date(day, "start of month", type_=Text())
        case "quarter":
            month = func.strftime("%m", day)
            back = func.printf("-%d months", (cast(month, Integer) - 1) % 3)
            return func.date(day, "start of month", back, type_=Text())
        case "year":
            return func.date(day, "start of year", type_=Text())
    return func.date(day, type_=Text())


def _local_day(sql: ColumnElement[Any], zone: tzinfo | None) -> ColumnElement[Any]:
    text = cast(sql, Text)
    offset = _steady_offset(zone)
    if offset is None:
        return func.local_day(text, str(zone), type_=Text())
    minutes = int(offset.total_seconds() // 60)
    return func.datetime(text, f"{minutes:+d} minutes", type_=Text())


def local_day(moment: str | None, zone: str) -> str | None:
    """Return the day of a moment in a zone whose offset changes; SQLite is given this."""
    if moment is None:
        return None
    there = datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    return there.date().isoformat()


@lru_cache(maxsize=16)
def _steady_offset(zone: tzinfo | None) -> timedelta | None:
    """Return the offset of a zone if it has been the same since 2000."""
    if zone is None:
        return timedelta(0)
    offsets = {
        datetime(year, month, 1, tzinfo=UTC).astimezone(zone).utcoffset()
        for year in range(2000, 2038)
        for month in (1, 7)
    }
    return offsets.pop() if len(offsets) == 1 else None


def _zone_name(zone: tzinfo | None) -> ColumnElement[Any]:
    return literal(getattr(zone, "key", None) or zone.utcoffset(None) if zone else timedelta(0))
