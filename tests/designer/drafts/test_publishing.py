"""A draft becomes what people work with, and earlier versions come back."""

from __future__ import annotations

from typing import Any

from designer.drafts.editing import Edited, edit_draft, open_draft, open_held, undo
from designer.drafts.publishing import (
    MovedOn,
    Published,
    publish,
    restore_version,
    throw_away,
    versions_of,
)
from designer.drafts.state import state_of
from engine.editing.edits import Add, Remove, Set, Target
from tests.desk import Desk

FIELDS: Target = ("forms/ticket.yaml", "sections", "basics", "fields")
NEW = {"id": "place", "type": "text", "label": "地点"}


def _edit(desk: Desk, *edits: Any) -> None:
    rev = open_held(desk.services, "desk").head.rev
    done = edit_draft(desk.services, desk.people["ann"], "desk", rev, edits)
    assert isinstance(done, Edited), done


def _publish(desk: Desk, note: str = "") -> Published:
    done = publish(desk.services, desk.people["ann"], "desk", note)
    assert isinstance(done, Published), done
    return done


def _changes(desk: Desk) -> int:
    return state_of(desk.services, desk.people["ann"], "desk").changes


def test_what_was_published_is_what_people_work_with(desk: Desk) -> None:
    _edit(desk, Add(target=FIELDS, value=NEW))
    assert "place" not in desk.form().fields
    assert _changes(desk) == 1
    assert _publish(desk, "加上地点").number == 2
    assert "place" in desk.form().fields
    assert desk.ticket(place="三楼").values["place"] == "三楼"
    assert _changes(desk) == 0
    told = [(one.number, one.note) for one in versions_of(desk.services, "desk")]
    assert told == [(2, "加上地点"), (1, "")]


def test_only_what_was_looked_at_is_published(desk: Desk) -> None:
    rev = open_held(desk.services, "desk").head.rev
    _edit(desk, Add(target=FIELDS, value=NEW))
    done = publish(desk.services, desk.people["ann"], "desk", "", rev)
    assert isinstance(done, MovedOn)
    assert "place" not in desk.form().fields


def test_a_restored_version_brings_dropped_values_back(desk: Desk) -> None:
    _edit(desk, Add(target=FIELDS, value=NEW))
    _publish(desk)
    ticket = desk.ticket(place="三楼")
    _edit(desk, Remove(target=(*FIELDS, "place")))
    _publish(desk)
    assert "place" not in desk.form().fields
    restore_version(desk.services, desk.people["ann"], "desk", 2)
    _publish(desk)
    with desk.services.store.reading() as unit:
        found = unit.records.one(desk.form(), ticket.id)
    assert found is not None
    assert found.values["place"] == "三楼"


def test_a_draft_can_be_thrown_away_and_that_be_undone(desk: Desk) -> None:
    _edit(desk, Set(target=(*FIELDS, "cause", "label"), value="缘由"))
    edited = dict(open_draft(desk.services, "desk").files)
    throw_away(desk.services, desk.people["ann"], "desk")
    assert open_draft(desk.services, "desk").value((*FIELDS, "cause", "label")) != "缘由"
    undo(desk.services, desk.people["ann"], "desk")
    assert open_draft(desk.services, "desk").files == edited
