"""What the checker lets into the database, the database can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, Table

from engine.expressions import Compiled, FeelErrors, Kind, Scope, Slot, Target, compile_expression
from engine.expressions.builtins import BUILTINS
from runtime.store.feel import Columns, NotInDatabase, condition, value
from runtime.store.feel.calls import known_functions
from tests.engine.expressions.tck import KIT, kit, static
from tests.runtime.store.feel.kit import column_of

pytestmark = pytest.mark.skipif(not KIT.exists(), reason=f"the conformance kit is not there: {KIT}")
DIALECTS = ("sqlite", "postgresql")
_PLAIN = frozenset(Kind) - {Kind.LIST, Kind.ANY, Kind.CONTEXT, Kind.RANGE, Kind.FUNCTION, Kind.NULL}


def _cases() -> Iterator[tuple[Compiled, Table]]:
    cases = kit()
    for case in cases["cases"]:
        types = {t["name"]: t for t in cases["suites"].get(case["suite"], {"types": []})["types"]}
        chosen = {**case, **(case.get("renamed") or {})}
        found = _compiled(chosen, types)
        if found is not None:
            yield found


def _compiled(
    case: Mapping[str, Any], types: Mapping[str, Mapping[str, Any]]
) -> tuple[Compiled, Table] | None:
    names = {name: static(case["input_types"].get(name), dict(types)) for name in case["inputs"]}
    plain = {name: kind for name, kind in names.items() if kind.kind in _PLAIN}
    try:
        made = compile_expression(case["expression"], Scope(plain), Slot.VALUE)
    except FeelErrors:
        return None
    columns = (Column(name, column_of(kind)) for name, kind in plain.items())
    return made, Table("inputs", MetaData(), *columns)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_everything_in_the_kit_that_may_run_there_has_sql(dialect: str) -> None:
    missing = []
    for made, table in _cases():
        if Target.SQL not in made.targets:
            continue
        at = Columns(dialect, table)
        try:
            value(made.tree, at)
            condition(made.tree, at)
        except NotInDatabase as why:
            missing.append((made.text, str(why)))

    assert missing == []


def test_every_function_that_may_run_there_is_known() -> None:
    promised = {
        name
        for name, builtin in BUILTINS.items()
        if any(Target.SQL in overload.targets for overload in builtin.overloads)
    }

    assert promised - known_functions() == set()
