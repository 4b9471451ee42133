"""Editing a draft: together, one after the other, and back again."""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import select

from designer.drafts.editing import (
    Edited,
    NothingThere,
    Overtaken,
    edit_draft,
    look_at_removal,
    open_draft,
    open_held,
    redo,
    remove_along,
    undo,
)
from designer.drafts.state import note_look, state_of, who_else
from engine.editing.apply import Refused
from engine.editing.edits import Add, Move, Remove, Set, Target
from runtime.store.platform_tables import event
from tests.desk import FILES, Desk

FIELDS: Target = ("forms/ticket.yaml", "sections", "basics", "fields")
CAUSE = (*FIELDS, "cause")


def _rev(desk: Desk) -> int:
    return open_held(desk.services, "desk").head.rev


def _edit(desk: Desk, login: str, *edits: Any, rev: int | None = None) -> Any:
    at = _rev(desk) if rev is None else rev
    return edit_draft(desk.services, desk.people[login], "desk", at, edits)


def _label(desk: Desk) -> Any:
    return open_draft(desk.services, "desk").value((*CAUSE, "label"))


def test_a_draft_begins_as_what_is_installed(desk: Desk) -> None:
    texts = {path: text.encode() for path, text in open_draft(desk.services, "desk").files.items()}
    assert texts == FILES


def test_an_edit_is_there_for_everybody_and_the_installed_app_stays(desk: Desk) -> None:
    done = _edit(desk, "ann", Set(target=(*CAUSE, "label"), value="缘由"))
    assert isinstance(done, Edited)
    assert _label(desk) == "缘由"
    assert desk.form().fields["cause"].label == {"zh": "原因", "en": "Cause"}


def test_a_wrong_edit_is_refused_with_its_reason_and_changes_nothing(desk: Desk) -> None:
    before = open_held(desk.services, "desk")
    done = _edit(desk, "ann", Set(target=(*CAUSE, "type"), value="nonsense"))
    assert isinstance(done, Refused)
    assert done.problems
    assert open_held(desk.services, "desk").head == before.head


def test_undoing_and_redoing_bring_back_each_byte(desk: Desk) -> None:
    first = dict(open_draft(desk.services, "desk").files)
    _edit(desk, "ann", Set(target=(*CAUSE, "label"), value="缘由"))
    second = dict(open_draft(desk.services, "desk").files)
    _edit(desk, "ann", Add(target=FIELDS, value={"id": "x", "type": "text", "label": "新"}))
    ann, services = desk.people["ann"], desk.services
    undo(services, ann, "desk")
    assert open_draft(services, "desk").files == second
    undo(services, ann, "desk")
    assert open_draft(services, "desk").files == first
    assert isinstance(undo(services, ann, "desk"), NothingThere)
    redo(services, ann, "desk")
    assert open_draft(services, "desk").files == second
    assert state_of(services, ann, "desk").can_redo


def test_a_row_of_steps_is_undone_to_its_beginning(desk: Desk) -> None:
    begun = open_draft(desk.services, "desk").files
    _edit(desk, "ann", Add(target=FIELDS, value={"id": "x", "type": "text", "label": "甲"}))
    _edit(desk, "ann", Move(target=(*FIELDS, "x"), into=FIELDS, before="cause"))
    _edit(desk, "ann", Move(target=(*FIELDS, "x"), into=FIELDS, before="cost"))
    _edit(
        desk, "ann",
        Add(target=FIELDS, value={"id": "y", "type": "text", "label": "乙"}, before="cost"),
    )  # fmt: skip
    _edit(desk, "ann", Remove(target=(*FIELDS, "x")))

    for _ in range(5):
        assert isinstance(undo(desk.services, desk.people["ann"], "desk"), Edited)

    assert open_draft(desk.services, "desk").files == begun


def test_a_new_edit_ends_what_could_be_redone(desk: Desk) -> None:
    ann, services = desk.people["ann"], desk.services
    _edit(desk, "ann", Set(target=(*CAUSE, "label"), value="缘由"))
    undo(services, ann, "desk")
    _edit(desk, "ann", Set(target=(*CAUSE, "label"), value="起因"))
    assert isinstance(redo(services, ann, "desk"), NothingThere)
    assert _label(desk) == "起因"


def test_each_undoes_their_own_edit_and_the_others_stay(desk: Desk) -> None:
    _edit(desk, "ann", Set(target=(*CAUSE, "label"), value="缘由"))
    new = {"id": "x", "type": "text", "label": "新"}
    _edit(desk, "ben", Add(target=FIELDS, value=new, before="number"))
    assert isinstance(undo(desk.services, desk.people["ann"], "desk"), Edited)
    draft = open_draft(desk.services, "desk")
    assert draft.exists((*FIELDS, "x"))
    assert _label(desk) == {"zh": "原因", "en": "Cause"}


def test_nobody_overwrites_what_another_changed_since(desk: Desk) -> None:
    rev = _rev(desk)
    _edit(desk, "ann", Set(target=(*CAUSE, "label"), value="缘由"))
    late = _edit(desk, "ben", Set(target=(*CAUSE, "label"), value="起因"), rev=rev)
    assert isinstance(late, Overtaken)
    assert late.by == desk.people["ann"].id
    assert _label(desk) == "缘由"
    elsewhere = _edit(desk, "ben", Set(target=(*FIELDS, "name", "label"), value="题"), rev=rev)
    assert isinstance(elsewhere, Edited)


def test_what_another_changed_since_can_not_be_undone_over_it(desk: Desk) -> None:
    _edit(desk, "ann", Set(target=(*CAUSE, "label"), value="缘由"))
    _edit(desk, "ben", Set(target=(*CAUSE, "label"), value="起因"))
    met = undo(desk.services, desk.people["ann"], "desk")
    assert isinstance(met, Overtaken)
    assert _label(desk) == "起因"


def test_another_process_sees_every_step(desk: Desk) -> None:
    from designer.drafts import held

    open_draft(desk.services, "desk")
    remembered = dict(held._KNOWN[desk.services.store])
    _edit(desk, "ann", Set(target=(*CAUSE, "label"), value="缘由"))
    held._KNOWN[desk.services.store] = remembered
    assert _label(desk) == "缘由"
    held._KNOWN.clear()
    assert _label(desk) == "缘由"


def test_edits_stand_in_the_audit_log(desk: Desk) -> None:
    _edit(desk, "ann", Set(target=(*CAUSE, "label"), value="缘由"))
    with desk.services.store.reading() as unit:
        logged = unit.connection.execute(select(event).where(event.c.kind == "designed")).all()
    assert [(one.app, one.actor) for one in logged] == [("desk", desk.people["ann"].id)]
    assert logged[0].data["targets"] == ((*CAUSE, "label"),)


def test_designers_see_each_other(desk: Desk) -> None:
    ann, ben, services = desk.people["ann"], desk.people["ben"], desk.services
    open_draft(services, "desk")
    note_look(services, ann, "desk", "form:ticket")
    assert [(one.name, one.view) for one in who_else(services, ben, "desk")] == [
        ("安静", "form:ticket")
    ]
    assert who_else(services, ann, "desk") == ()
    desk.clock.move(minutes=2)
    assert who_else(services, ben, "desk") == ()


def test_reading_a_draft_keeps_nobody_from_writing(desk: Desk) -> None:
    open_draft(desk.services, "desk")
    read: list[Any] = []
    with desk.services.store.unit() as unit:
        unit.drafts.head("desk", hold=True)
        reader = threading.Thread(target=lambda: read.append(open_draft(desk.services, "desk")))
        reader.start()
        reader.join(timeout=60)
        assert read


def test_a_removal_takes_along_what_came_after_it_was_looked_at(desk: Desk) -> None:
    before = look_at_removal(desk.services, "desk", [CAUSE])
    check = {"id": "caused", "that": "cause != null", "message": "要有原因"}
    _edit(desk, "ben", Add(target=("forms/ticket.yaml", "checks"), value=check))
    done = remove_along(desk.services, desk.people["ann"], "desk", _rev(desk), [CAUSE])
    assert isinstance(done, Edited)
    assert ("forms/ticket.yaml", "checks", "caused") not in before.along
    assert not done.draft.exists(("forms/ticket.yaml", "checks", "caused"))
    assert isinstance(undo(desk.services, desk.people["ann"], "desk"), Edited)
    assert open_draft(desk.services, "desk").exists(CAUSE)
