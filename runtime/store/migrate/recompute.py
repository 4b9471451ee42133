"""What do worked-out fields say on the records that were there before?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.app import App
from runtime.store.migrate.difference import Difference

if TYPE_CHECKING:
    from runtime.store.unit import Unit


def recompute(unit: Unit, app: App, what: Difference, now: datetime) -> None:
    """Work out new and changed formulas and totals for all records of a changed form."""
