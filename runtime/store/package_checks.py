"""Which packages have proved themselves here, with which version of the platform?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from runtime.store.market_tables import package_check

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class PackageCheck:
    """What came of the scenarios of a package."""

    digest: str
    """Of the package: what was tried is just these bytes."""
    platform: str
    database: str
    passed: int
    total: int
    failed: Sequence[str]
    """The sentences of scenarios that came out otherwise than told."""
    at: datetime

    @property
    def sound(self) -> bool:
        """Whether all came out as told."""
        return self.passed == self.total > 0


class PackageChecks:
    """What was tried of packages before they were installed."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self.database = unit.store.dialect

    def of(self, digests: Iterable[str], platform: str) -> Mapping[str, PackageCheck]:
        """Return by digest what came of those packages that were tried on this database."""
        rows = self._connection.execute(
            select(package_check).where(
                package_check.c.digest.in_(tuple(digests)),
                package_check.c.platform == platform,
                package_check.c.database == self.database,
            )
        )
        return {row.digest: PackageCheck(**row._mapping) for row in rows}

    def keep(self, found: PackageCheck) -> None:
        """Note what came of a package, in place of what was noted before."""
        self._connection.execute(
            delete(package_check).where(
                package_check.c.digest == found.digest,
                package_check.c.platform == found.platform,
                package_check.c.database == found.database,
            )
        )
        self._connection.execute(insert(package_check), {**vars(found), "failed": [*found.failed]})
