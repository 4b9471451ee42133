"""The database answers as Python does, for every record."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from engine.app import Form
from engine.expressions import Env, Slot, Target, compile_expression
from runtime.store import Store
from tests.runtime.store.building import NOW, env_of
from tests.runtime.store.feel.asking import differences
from tests.runtime.store.feel.traps import TRAPS
from tests.runtime.store.feel.world import install

SHANGHAI = NOW.astimezone(ZoneInfo("Asia/Shanghai"))
ENV = Env(SHANGHAI.date(), SHANGHAI, env_of().user)


@pytest.fixture(scope="module")
def device(shared_store: Store) -> Form:
    """The form that is asked about."""
    return install(shared_store)


@pytest.mark.parametrize("subject", TRAPS)
def test_the_database_answers_as_python_does(
    shared_store: Store, device: Form, subject: str
) -> None:
    asked = [compile_expression(text, device.scope, Slot.VALUE) for text in TRAPS[subject]]

    assert differences(shared_store, device, asked, ENV) == []


@pytest.mark.parametrize("subject", ["people", "membership"])
def test_it_does_so_for_a_person_without_a_department(
    shared_store: Store, device: Form, subject: str
) -> None:
    asked = [compile_expression(text, device.scope, Slot.VALUE) for text in TRAPS[subject]]
    user = {**ENV.user, "department": None, "departments": (), "name": ""}

    assert differences(shared_store, device, asked, Env(ENV.today, ENV.now, user)) == []


@pytest.mark.parametrize("subject", TRAPS)
def test_it_does_so_without_help_from_python(
    shared_store: Store, device: Form, subject: str
) -> None:
    asked = [compile_expression(text, device.scope, Slot.VALUE) for text in TRAPS[subject]]

    assert differences(shared_store, device, asked, ENV, folding=False) == []


@pytest.mark.parametrize("subject", TRAPS)
def test_the_checker_knows_that_it_can(device: Form, subject: str) -> None:
    asked = [compile_expression(text, device.scope, Slot.VALUE) for text in TRAPS[subject]]

    assert [one.text for one in asked if Target.SQL not in one.targets] == []
