"""Do the data of an app survive any sequence of changes to its definitions?"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from engine.app import App
from engine.record import Record
from runtime.store import Store
from tests.runtime.store.building import app_of, form_text, later, record_of

TYPES = {
    "text": "text",
    "long": "long_text",
    "money": "money",
    "integer": "integer",
    "number": "number, places: 4",
}
_schemas = count(1)


@dataclass(frozen=True)
class Model:
    """What the app looks like, and what each record must say: the texts of its values."""

    fields: dict[str, str] = field(default_factory=lambda: {"f0": "text"})
    values: tuple[dict[str, str | None], ...] = ()
    formerly: dict[str, str] = field(default_factory=dict)
    named: int = 1


def _app(model: Model, version: int) -> App:
    fields = "\n".join(
        f"{{id: {id_}, label: 项, type: {TYPES[kind]}"
        + (f", formerly: {model.formerly[id_]}" if id_ in model.formerly else "")
        + "}"
        for id_, kind in model.fields.items()
    )
    name = "{id: name, type: text, label: 名称}"
    return app_of(form_text("device", f"{name}\n{fields}"), version=f"1.0.{version}")


Step = tuple[str, int, str]
steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "rename", "retype", "drop", "fill"]),
        st.integers(0, 9),
        st.sampled_from(sorted(TYPES)),
    ),
    min_size=1,
    max_size=7,
)


def _evolved(model: Model, step: Step) -> Model:
    what, which, kind = step
    ids = list(model.fields)
    model = replace(model, formerly={})
    new = f"f{model.named}"
    if what == "add" or not ids:
        fields = {**model.fields, new: kind}
        values = tuple({**row, new: None} for row in model.values)
        return replace(model, fields=fields, values=values, named=model.named + 1)
    old = ids[which % len(ids)]
    if what == "rename":
        fields = {new if id_ == old else id_: k for id_, k in model.fields.items()}
        values = tuple({new if i == old else i: v for i, v in row.items()} for row in model.values)
        return replace(
            model, fields=fields, values=values, formerly={new: old}, named=model.named + 1
        )
    if what == "drop":
        fields = {id_: k for id_, k in model.fields.items() if id_ != old}
        values = tuple({i: v for i, v in row.items() if i != old} for row in model.values)
        return replace(model, fields=fields, values=values)
    if what == "retype":
        values = tuple({**row, old: _retyped(row[old], kind)} for row in model.values)
        return replace(model, fields={**model.fields, old: kind}, values=values)
    return model


def _retyped(value: str | None, kind: str) -> str | None:
    """A value goes over if it is the same value there; words are no numbers."""
    if value is None or kind in ("text", "long"):
        return value
    try:
        number = Decimal(value)
    except ArithmeticError:
        return None
    places = {"money": 2, "integer": 0, "number": 4}[kind]
    exact = number == round(number, places)
    return value if exact and not (kind == "money" and number < 0) else None


SAMPLES: dict[str, tuple[Any, ...]] = {
    "text": ("甲", "12.50", "7", "-3"),
    "long": ("乙\n丙", "8"),
    "money": (Decimal("12.50"), Decimal(7)),
    "integer": (7, -3),
    "number": (Decimal("0.1234"), Decimal("-3"), Decimal("12.5")),
}


def _fill(store: Store, model: Model, which: int) -> tuple[Record, dict[str, str | None]]:
    form = store.apps["plant"].forms["device"]
    values = {
        id_: SAMPLES[kind][(which + n) % len(SAMPLES[kind])]
        for n, (id_, kind) in enumerate(model.fields.items())
    }
    record = record_of(form, values)
    with store.unit() as unit:
        unit.records.add(form, record)
    return record, {id_: str(value) for id_, value in values.items()}


def _same(seen: Any, expected: str | None) -> bool:
    if seen is None or expected is None:
        return seen is None and expected is None
    if isinstance(seen, Decimal | int):
        return Decimal(seen) == Decimal(expected)
    return bool(_as_number(seen) == _as_number(expected))


def _as_number(value: str) -> Any:
    try:
        return Decimal(value)
    except ArithmeticError:
        return value


def _check(store: Store, model: Model, ids: list[str]) -> None:
    form = store.apps["plant"].forms["device"]
    with store.reading() as unit:
        records = unit.records.many(form, ids)
    assert len(records) == len(ids)
    for id_, expected in zip(ids, model.values, strict=True):
        seen = {i: v for i, v in records[id_].values.items() if i != "name"}
        assert seen.keys() == expected.keys()
        wrong = {i: (seen[i], expected[i]) for i in seen if not _same(seen[i], expected[i])}
        assert wrong == {}


def _live(store: Store, asked: list[Step]) -> None:
    model, ids = Model(), []
    store.install(_app(model, 0), {}, later(0))
    for version, step in enumerate([("fill", 0, "text"), *asked], 1):
        if step[0] == "fill":
            record, values = _fill(store, model, step[1])
            ids.append(record.id)
            model = replace(model, values=(*model.values, values))
        else:
            model = _evolved(model, step)
            store.install(_app(model, version), {}, later(version))
        _check(store, model, ids)


_SETTINGS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_SETTINGS
@given(asked=steps)
def test_data_survive_any_evolution_on_sqlite(asked: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'workspace.db'}")
        try:
            _live(store, asked)
        finally:
            store.close()


@pytest.mark.postgres
@_SETTINGS
@given(asked=steps)
def test_data_survive_any_evolution_on_postgresql(postgres_server: str, asked: list[Step]) -> None:
    schema = f"evolution_{next(_schemas)}"
    store = Store(f"{postgres_server}?schema={schema}", Path(tempfile.gettempdir()))
    try:
        _live(store, asked)
    finally:
        with store.unit() as unit:
            unit.connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        store.close()
