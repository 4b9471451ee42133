"""What time is it?"""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment in UTC; the only place where the machine's clock is read."""
    return datetime.now(UTC)
