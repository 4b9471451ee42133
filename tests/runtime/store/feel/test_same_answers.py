"""The database answers as Python does, for every record."""

from __future__ import annotations

import pytest

from engine.app import Form
from engine.expressions import Slot, compile_expression
from runtime.store import Store
from tests.runtime.store.building import env_of
from tests.runtime.store.feel.asking import differences
from tests.runtime.store.feel.traps import TRAPS
from tests.runtime.store.feel.world import install


@pytest.fixture(scope="module")
def device(shared_store: Store) -> Form:
    """The form that is asked about."""
    return install(shared_store)


@pytest.mark.parametrize("subject", TRAPS)
def test_the_database_answers_as_python_does(
    shared_store: Store, device: Form, subject: str
) -> None:
    asked = [compile_expression(text, device.scope, Slot.VALUE) for text in TRAPS[subject]]

    assert differences(shared_store, device, asked, env_of()) == []
