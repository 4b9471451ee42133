"""How much may come from outside, by an address and by a link?"""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.definition.public import LimitsDef
from runtime.limits import (
    KIB,
    PUBLIC_BYTES_A_DAY,
    PUBLIC_FILES,
    PUBLIC_LINK_BYTES_A_DAY,
    PUBLIC_LOOKS_AN_HOUR,
    PUBLIC_SENDINGS_AN_HOUR,
    PUBLIC_UPLOADS_AN_HOUR,
)
from runtime.services import Services
from runtime.store import Unit
from runtime.use_cases.publics.opening import Opened

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def wrong_key(address: str | None) -> str:
    """Return under what wrong links are counted."""
    return f"public:{address}"


def sends_too_much(services: Services, address: str | None) -> bool:
    """Count one more sending from an address, and tell whether it was one too many."""
    return _over(services, f"public:{address}", PUBLIC_SENDINGS_AN_HOUR)


def looks_too_much(services: Services, address: str | None) -> bool:
    """Count one more question from an address, and tell whether it was one too many."""
    return _over(services, f"public look:{address}", PUBLIC_LOOKS_AN_HOUR)


def fills_a_link(unit: Unit, link: str, limits: LimitsDef, now: datetime) -> bool:
    """Count one more record by a link in the transaction that makes it, and tell whether it was
    one too many."""
    hourly = unit.paces.count(f"link hour:{link}", _begun(now, HOUR))
    daily = unit.paces.count(f"link day:{link}", _begun(now, DAY))
    return hourly > limits.per_hour or daily > limits.per_day


def uploads_too_much(services: Services, address: str | None) -> bool:
    """Count one more file from an address, and tell whether it was one too many."""
    return _over(services, f"public file:{address}", PUBLIC_UPLOADS_AN_HOUR)


def fills_with_files(unit: Unit, opened: Opened, size: int, now: datetime) -> bool:
    """Count one more file of a visit, and tell whether it was one too many: for the visit, for
    what the link may let in with it, or for the disk."""
    link, limits = opened.link.id, opened.public.definition.limits
    hour, day, kib = _begun(now, HOUR), _begun(now, DAY), -(-size // KIB)
    counted = (
        (unit.paces.count(f"visit:{opened.visitor}", day), PUBLIC_FILES),
        (unit.paces.count(f"link files:{link}", hour), limits.per_hour * PUBLIC_FILES),
        (unit.paces.count(f"link bytes:{link}", day, kib), PUBLIC_LINK_BYTES_A_DAY // KIB),
        (unit.paces.count("public bytes", day, kib), PUBLIC_BYTES_A_DAY // KIB),
        (unit.paces.counted(f"link hour:{link}", hour), limits.per_hour - 1),
        (unit.paces.counted(f"link day:{link}", day), limits.per_day - 1),
    )
    return any(count > most for count, most in counted)


def _over(services: Services, key: str, most: int) -> bool:
    with services.store.unit() as unit:
        return unit.paces.count(key, _begun(services.now(), HOUR)) > most


def _begun(now: datetime, stretch: timedelta) -> datetime:
    """Return when the stretch began in which a moment lies."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (now - midnight) // stretch * stretch
