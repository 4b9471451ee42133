"""Is this the person's password?"""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """Hashes and checks passwords with argon2id (RFC 9106); the cost comes from the settings."""

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 65_536) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib)
        self._dummy = lru_cache(maxsize=1)(lambda: self._hasher.hash("nobody"))

    def hash(self, password: str) -> str:
        """Return the text to keep instead of the password."""
        return self._hasher.hash(password)

    def matches(self, hashed: str | None, password: str) -> bool:
        """Check a password; without a hash it takes just as long and says no."""
        try:
            self._hasher.verify(hashed or self._dummy(), password)
        except (VerificationError, InvalidHashError):
            return False
        return hashed is not None
