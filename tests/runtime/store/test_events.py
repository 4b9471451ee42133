from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from engine.app import Form
from runtime.store import Event, Store
from runtime.store.ids import new_id
from tests.runtime.store.building import NOW, app_of, form_text, later


@pytest.fixture
def site(store: Store) -> Form:
    store.install(app_of(form_text("site", "{id: name, type: text, label: 名称}")), {}, NOW)
    return store.apps["plant"].forms["site"]


def _event(record: str, version: int, kind: str = "edited") -> Event:
    return Event(
        id=new_id(later(version)), at=later(version), kind=kind, app="plant", form="site",
        record=record, version=version, actor="ann", door="form", reason="因为",
        changes={"name": ["旧", None], "price": [Decimal("1.50"), 7]}, text="好", data={"a": ["b"]},
    )  # fmt: skip


def test_what_happened_is_told_latest_first_page_by_page(store: Store, site: Form) -> None:
    happened = [_event("r", n) for n in range(1, 6)]
    with store.unit() as unit:
        for event in happened:
            unit.events.add(event)
        unit.events.add(_event("other", 1))

    with store.reading() as unit:
        first = unit.events.of_record(site, "r", limit=2)
        rest = unit.events.of_record(site, "r", before=first[-1].id)
    assert [event.version for event in (*first, *rest)] == [5, 4, 3, 2, 1]
    expected = replace(
        happened[4],
        changes={"name": ("旧", None), "price": (Decimal("1.50"), 7)},
        data={"a": ("b",)},
    )
    assert first[0] == expected


def test_what_made_a_record_newer_is_told_in_order(store: Store, site: Form) -> None:
    with store.unit() as unit:
        for n in (1, 2, 3):
            unit.events.add(_event("r", n, "created" if n == 1 else "edited"))

        assert [event.version for event in unit.events.since(site, "r", 1)] == [2, 3]
        assert [e.version for e in unit.events.of_record(site, "r", kinds=["created"])] == [1]


@pytest.mark.parametrize(
    "attempt", ["UPDATE event SET reason = 'x'", "DELETE FROM event", "TRUNCATE event"]
)
def test_events_are_never_changed_or_deleted(store: Store, attempt: str) -> None:
    if store.dialect == "sqlite" and attempt.startswith("TRUNCATE"):
        attempt = "DELETE FROM event WHERE 1"
    with store.unit() as unit:
        unit.events.add(_event("r", 1))

    with pytest.raises(DatabaseError, match="never"), store.unit() as unit:
        unit.connection.execute(text(attempt))


def test_ids_made_later_sort_later_also_within_one_moment() -> None:
    ids = [new_id(NOW) for _ in range(1000)] + [new_id(later(1))]

    assert ids == sorted(ids)
    assert len(set(ids)) == 1001
    assert {len(id_) for id_ in ids} == {32}
