"""Which callers may API tests ask for?"""

from __future__ import annotations

import pytest

from tests.api.client import Client, client_of
from tests.desk import Desk


@pytest.fixture
def api(small_desk: Desk) -> Client:
    """A caller of the API over the small app."""
    return client_of(small_desk)
