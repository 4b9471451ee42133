"""Tasks are opened once, end once, and are found by whom and what they are for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from engine.wording import Message, Said
from runtime.store import Store
from runtime.store.tasks import Asked, Task

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TO_DO = Asked(kinds=("todo",))


def task(key: str, person: str = "ann", **other: object) -> Task:
    made = Task(
        key=key, kind="todo", person=person, title=Message("请核对 {n}", n=key), opened_at=NOW
    )
    return replace(made, **other)  # type: ignore[arg-type]  # fields of a task


def test_the_same_key_is_the_same_task_even_when_it_is_done(store: Store) -> None:
    with store.unit() as unit:
        first = unit.tasks.open(task("a"))
        again = unit.tasks.open(task("a", person="bob"))
        unit.tasks.close(first, "done", NOW)
        unit.tasks.open(task("a"))

        assert again == first
        assert unit.tasks.of_person("ann", TO_DO) == unit.tasks.of_person("bob", TO_DO) == ()


def test_a_task_ends_once(store: Store) -> None:
    with store.unit() as unit:
        id_ = unit.tasks.open(task("a", note="先打电话"))

        assert unit.tasks.close(id_, "agreed", NOW)
        assert not unit.tasks.close(id_, "refused", NOW)
        assert not unit.tasks.void([id_], "withdrawn", NOW)
        ended = unit.tasks.one(id_)

    assert ended is not None
    assert (ended.state, ended.outcome, ended.ended_at) == ("done", "agreed", NOW)
    assert (ended.note, ended.title) == ("先打电话", Message("请核对 {n}", n="a"))


def test_the_title_by_the_author_of_an_app_stays_in_both_languages(store: Store) -> None:
    with store.unit() as unit:
        id_ = unit.tasks.open(task("a", title=Said({"zh": "回访", "en": "Call back"})))
        found = unit.tasks.one(id_)

    assert found is not None
    assert found.title.fill(locale="en") == "Call back"


def test_open_tasks_stand_by_when_they_are_due_and_ended_ones_by_when_they_ended(
    store: Store,
) -> None:
    hour = timedelta(hours=1)
    with store.unit() as unit:
        ids = {
            key: unit.tasks.open(task(key, due=due, opened_at=NOW + late * hour))
            for key, due, late in (
                ("whenever", None, 0),
                ("later", NOW + 5 * hour, 1),
                ("soon", NOW + hour, 2),
                ("old", None, -3),
            )
        }
        order = [each.key for each in unit.tasks.of_person("ann", TO_DO)]
        unit.tasks.close(ids["later"], "done", NOW)
        unit.tasks.close(ids["old"], "done", NOW + hour)
        done = [each.key for each in unit.tasks.of_person("ann", replace(TO_DO, states=("done",)))]

        both = [
            each.key
            for each in unit.tasks.of_person("ann", replace(TO_DO, states=("open", "done")))
        ]

    assert order == ["soon", "later", "old", "whenever"]
    assert done == ["old", "later"]
    assert both == ["soon", "later", "whenever", "old"]


def test_tasks_are_found_by_form_text_kind_and_due(store: Store) -> None:
    with store.unit() as unit:
        unit.tasks.open(task("a1", app="desk", form="ticket", due=NOW - timedelta(days=1)))
        unit.tasks.open(task("b2", app="desk", form="device", note="Pump_7"))
        unit.tasks.open(task("c3", kind="cc"))
        found = {
            name: [each.key for each in unit.tasks.of_person("ann", asked)]
            for name, asked in {
                "form": replace(TO_DO, app="desk", form="device"),
                "title": replace(TO_DO, text="A1"),
                "note": replace(TO_DO, text="pump_"),
                "key of the title": replace(TO_DO, text="text"),
                "no pattern": replace(TO_DO, text="p%7"),
                "late": replace(TO_DO, due_before=NOW),
                "kind": replace(TO_DO, kinds=("cc", "approve")),
                "second": replace(TO_DO, limit=1, skip=1),
            }.items()
        }

        assert unit.tasks.counts("ann") == {"todo": 2, "cc": 1}
        assert unit.tasks.counts("ann", "desk") == {"todo": 2}
        assert unit.tasks.places("ann", TO_DO) == (("desk", "device"), ("desk", "ticket"))
        assert unit.tasks.count("ann", replace(TO_DO, form="device")) == 1
        assert unit.tasks.loads(["ann", "bob"]) == {"ann": 3}

    assert found == {
        "form": ["b2"],
        "title": ["a1"],
        "note": ["b2"],
        "key of the title": [],
        "no pattern": [],
        "late": ["a1"],
        "kind": ["c3"],
        "second": ["b2"],
    }


def test_what_nobody_has_to_do_any_more_is_void(store: Store) -> None:
    with store.unit() as unit:
        ids = [
            unit.tasks.open(task(key, approval="run", step=step, record="r"))
            for key, step in (("a", "legal"), ("b", "legal"), ("c", "finance"))
        ]
        unit.tasks.close(ids[0], "agreed", NOW)

        assert unit.tasks.void(ids[:2], "skipped", NOW) == 1
        assert unit.tasks.void(ids, "deleted", NOW) == 1
        states = [(each.state, each.outcome) for each in unit.tasks.of_approval("run")]
        assert unit.tasks.of_record("r", state="open") == ()
        unit.tasks.revive("r", "deleted")
        revived = [each.id for each in unit.tasks.of_record("r", state="open")]

    assert states == [("done", "agreed"), ("void", "skipped"), ("void", "deleted")]
    assert revived == ids[2:]


def test_a_task_that_is_passed_on_is_new_for_its_next_person(store: Store) -> None:
    with store.unit() as unit:
        id_ = unit.tasks.open(task("a"))

        assert not unit.tasks.see(id_, "bob", NOW)
        assert unit.tasks.see(id_, "ann", NOW)
        assert not unit.tasks.see(id_, "ann", NOW)
        assert unit.tasks.pass_on(id_, "bob")
        assert unit.tasks.put_due(id_, NOW)
        found = unit.tasks.one(id_)
        unit.tasks.close(id_, "done", NOW)
        assert not unit.tasks.pass_on(id_, "ann")

    assert found is not None
    assert (found.person, found.seen_at, found.due) == ("bob", None, NOW)


def test_unseen_tasks_can_be_counted(store: Store) -> None:
    with store.unit() as unit:
        seen = unit.tasks.open(task("a"))
        unit.tasks.open(task("b"))
        unit.tasks.see(seen, "ann", NOW)

        assert unit.tasks.count("ann", replace(TO_DO, unseen=True)) == 1
