"""What does each target say about the things of the zoo?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, case, select, true

from engine.expressions import Compiled, FeelErrors, Slot, Target, compile_expression
from runtime.store.feel import At, condition, parameters, value
from tests.targets.making import KINDS, Maker
from tests.targets.world import World

AT_ONCE = 40
Outcome = tuple[Any, bool]
"""The value, and whether it is true."""


def expressions(world: World, seed: int, wanted: int) -> tuple[list[Compiled], int]:
    """Return so many random expressions that run on every target, and how many were refused."""
    chance = Random(seed)  # data for a test
    found: list[Compiled] = []
    refused = 0
    while len(found) < wanted:
        kind = "boolean" if chance.random() < 0.6 else chance.choice(KINDS)
        text = Maker(chance).make(kind, chance.randint(1, 4))
        slot = Slot.ROWS if kind == "boolean" else Slot.MEASURE
        try:
            made = compile_expression(text, world.form.scope, slot)
        except FeelErrors:
            refused += 1
            continue
        if Target.BROWSER in made.targets:
            found.append(made)
    return found, refused


def in_python(world: World, asked: Sequence[Compiled]) -> list[list[Outcome]]:
    """Return what the generated functions say, record by record."""
    return [
        [
            (plain(one.value(row, world.env)), bool(one.value(row, world.env) is True))
            for row in world.rows
        ]
        for one in asked
    ]


def in_database(world: World, asked: Sequence[Compiled]) -> list[list[Outcome]]:
    """Return what the database says, record by record."""
    answers: list[list[Outcome]] = []
    for start in range(0, len(asked), AT_ONCE):
        answers += _some(world, asked[start : start + AT_ONCE])
    return answers


def _some(world: World, asked: Sequence[Compiled]) -> list[list[Outcome]]:
    main = world.services.store.tables(world.form).main
    at = At(world.services.store, world.form, main)
    columns: list[ColumnElement[Any]] = [main.c.id]
    for number, one in enumerate(asked):
        columns.append(value(one.tree, at).label(f"v{number}"))
        if one.type.kind == "boolean":
            holds = case((condition(one.tree, at), true()), else_=~true())
            columns.append(holds.label(f"c{number}"))
    given = parameters(world.env, *(one.tree for one in asked))
    with world.services.store.reading() as unit:
        rows = {row.id: row._mapping for row in unit.connection.execute(select(*columns), given)}
    return [
        [
            (
                plain(rows[id_][f"v{number}"]),
                bool(rows[id_].get(f"c{number}", False)),
            )
            for id_ in world.ids
        ]
        for number in range(len(asked))
    ]


def plain(value: Any) -> Any:
    """Return a value so that the same value is equal: moments in one zone, numbers exact."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.timestamp()
    return value
