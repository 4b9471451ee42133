"""Does anything get lost when several people change one record at the same time?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from engine.app import Form
from runtime.store import Store
from runtime.store.records import NotUnique
from runtime.store.store import NestedUnit
from tests.runtime.store.building import NOW, app_of, form_text, later, record_of

DEVICE = form_text(
    "device",
    """
    {id: name, type: text, label: 名称}
    {id: code, type: text, label: 编码, unique: true}
    {id: count, type: integer, label: 数}
    {id: notes, type: long_text, label: 记录}
    {id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}]}
    """,
)
USERS = 4
TIMES = 500


@pytest.fixture
def device(store: Store) -> Form:
    store.install(app_of(DEVICE), {}, NOW)
    return store.apps["plant"].forms["device"]


def _at_once(work: Callable[[int], None]) -> None:
    start, failed = threading.Barrier(USERS), []

    def run(user: int) -> None:
        start.wait()
        try:
            work(user)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(user,)) for user in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.timeout(300)
def test_of_edits_at_the_same_time_none_is_lost(store: Store, device: Form) -> None:
    record = record_of(device, {"count": 0, "notes": ""})
    with store.unit() as unit:
        unit.records.add(device, record)
    saved, refused = [0] * USERS, [0] * USERS

    def work(user: int) -> None:
        while saved[user] < TIMES // USERS:
            with store.reading() as unit:
                read = unit.records.one(device, record.id)
            assert read is not None
            count = int(str(read.values["count"])) + 1
            rows = ({"id": "r", "part": str(count)},)
            after = replace(
                read,
                version=read.version + 1,
                updated_at=later(1),
                values={**read.values, "count": count, "parts": rows},
            )
            with store.unit() as unit:
                if unit.records.save(device, read, after):
                    saved[user] += 1
                else:
                    refused[user] += 1
                    unit.rollback()

    _at_once(work)

    with store.reading() as unit:
        last = unit.records.one(device, record.id)
    assert last is not None
    assert (last.version, last.values["count"]) == (TIMES + 1, TIMES)
    assert last.values["parts"] == ({"id": "r", "part": str(TIMES)},)
    assert sum(saved) == TIMES


def test_a_value_that_must_be_unique_is_taken_once(store: Store, device: Form) -> None:
    won: list[int] = []

    def work(user: int) -> None:
        for n in range(20):
            record = record_of(device, {"code": f"D-{n}"})
            try:
                with store.unit() as unit:
                    unit.records.add(device, record)
            except NotUnique:
                continue
            won.append(n)

    _at_once(work)

    assert sorted(won) == list(range(20))


def test_numbers_are_drawn_once_by_all_together(store: Store) -> None:
    drawn: list[int] = []

    def work(user: int) -> None:
        for _ in range(25):
            with store.unit() as unit:
                drawn.append(unit.records.next_number("n"))

    _at_once(work)

    assert sorted(drawn) == list(range(1, 101))


def test_a_number_that_was_drawn_in_vain_is_drawn_again(store: Store) -> None:
    with store.unit() as unit:
        unit.records.next_number("n")
        unit.rollback()

    with store.unit() as unit:
        assert unit.records.next_number("n") == 1


def test_readers_see_one_moment_while_others_write(store: Store, device: Form) -> None:
    record = record_of(device, {"count": 0})
    with store.unit() as unit:
        unit.records.add(device, record)

    with store.reading() as unit:
        before = unit.records.one(device, record.id)
        assert before is not None
        changed = replace(
            before, version=2, updated_at=later(1), values={**before.values, "count": 1}
        )
        with store.unit() as writing:
            assert writing.records.save(device, before, changed)
        again = unit.records.one(device, record.id)

    assert again == before


def test_a_unit_inside_a_unit_is_a_mistake_that_is_told_at_once(store: Store) -> None:
    with store.unit(), pytest.raises(NestedUnit), store.unit():
        pass


def test_money_is_exact_to_the_last_digit(store: Store) -> None:
    form_yaml = form_text("device", "{id: price, type: money, label: 价格}", title="price")
    store.install(app_of(form_yaml), {}, NOW)
    form = store.apps["plant"].forms["device"]
    amounts = [Decimal("0.10")] * 10 + [Decimal("99999999999999.99"), Decimal("-0.01")]
    ids = []
    with store.unit() as unit:
        for amount in amounts:
            record = record_of(form, {"price": amount})
            unit.records.add(form, record)
            ids.append(record.id)

    with store.reading() as unit:
        read = unit.records.many(form, ids)
    assert [read[id_].values["price"] for id_ in ids] == amounts
