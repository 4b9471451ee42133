"""How does a program go on asking until it has an answer, whoever is killed meanwhile?"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import requests

PATIENCE = 120.0
AGAIN = frozenset({409, 425, 429})
"""Answers that mean: the same is under way, or too much is; ask once more."""


@dataclass(frozen=True)
class Client:
    """One person's program: it sends the same key with the same request until it is answered."""

    ports: Sequence[int]
    token: str

    def post(self, path: str, body: Any, key: str) -> dict[str, Any]:
        """Return the answer to a change, once there is one. Raises AssertionError for a no."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        deadline = time.monotonic() + PATIENCE
        turn = 0
        while time.monotonic() < deadline:
            url = f"http://127.0.0.1:{self.ports[turn % len(self.ports)]}{path}"
            turn += 1
            try:
                answer = requests.post(url, json=body, headers=headers, timeout=10)
            except requests.RequestException:
                threading.Event().wait(0.02)
                continue
            if answer.status_code in AGAIN or answer.status_code >= 500:
                threading.Event().wait(0.02)
                continue
            assert answer.ok, f"{key}: {answer.status_code} {answer.text}"
            found: dict[str, Any] = answer.json()
            return found
        raise AssertionError(f"{key} was never answered")
