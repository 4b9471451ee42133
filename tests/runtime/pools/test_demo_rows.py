"""Demo records can lie in the pool, as if somebody had given them up or a rule had taken them."""

from __future__ import annotations

from datetime import timedelta

from engine.definition.data import DemoPooled, DemoRow
from engine.outcomes import Invalid, Saved
from runtime.use_cases.pools.claim_record import claim_record
from runtime.use_cases.pools.list_pool import Waiting, list_pool
from runtime.workspace.demo_data import add_rows
from tests.desk import Desk


def _row(id_: str, **pooled: str) -> DemoRow:
    values = {"name": id_, "cause": "断电"}
    given = DemoPooled(**pooled) if pooled else None
    return DemoRow(id=id_, owner="ann", created_at="-20d", in_pool=given, values=values)


def test_rows_lie_in_the_pool_with_who_held_them_and_why_not_any_more(spring: Desk) -> None:
    app, form = spring.services.apps["desk"], spring.form()
    rows = (
        (form, _row("kept")),
        (form, _row("given_up", since="-2d", reason="客户不需要了", by="ann")),
        (form, _row("taken_back", since="-10d", reason="一直没有跟进")),
    )
    ids = add_rows(spring.services, app, rows, {})

    waiting = list_pool(spring.services, spring.act("ben"), form)
    assert isinstance(waiting, Waiting)
    names = [record.values["name"] for record in waiting.records]
    assert names == ["taken_back", "given_up"], "the longest waiting first"
    assert all("cause" not in record.values for record in waiting.records), "hidden in the pool"
    assert spring.stored(ids["ticket", "kept"]).owner == spring.people["ann"].id
    with spring.services.store.reading() as unit:
        for id_, kind, reason, days in (
            ("given_up", "released", "客户不需要了", 2),
            ("taken_back", "recycled", "一直没有跟进", 10),
        ):
            event = unit.events.of_record(form, ids["ticket", id_])[0]
            assert (event.kind, event.reason) == (kind, reason)
            assert spring.clock() - event.at == timedelta(days=days)
        assert unit.notices.of_person(spring.people["ann"].id) == ()

    assert isinstance(
        claim_record(spring.services, spring.act("ann"), form, ids["ticket", "given_up"]), Invalid
    ), "the rest after giving up counts"
    taken = claim_record(spring.services, spring.act("ben"), form, ids["ticket", "given_up"])
    assert isinstance(taken, Saved)
