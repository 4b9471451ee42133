"""Does a record stay as it is while it is decided about, whichever door somebody comes by?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.forms.submission import read_json
from engine.outcomes import Denied, Saved
from engine.record import Record
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.convert_record import Converted, convert_record
from runtime.use_cases.delete_record import delete_record
from runtime.use_cases.edit_record import edit_record
from tests.desk import TICKET
from tests.runtime.approvals.office import Office, open_office
from tests.runtime.imports.importing import Importer, csv_of

KEEPING = """
  - id: keeping
    label: {zh: 建站点并记下, en: Make a site and keep it}
    creates: [{form: site, set: {name: name}}]
    keep: {site: site}
access:"""
SITE_ONLY = """
workflow: site_only
label: {zh: 定站点, en: Site}
form: ticket
lock: [site]
steps:
  - {kind: approve, id: chief, label: {zh: 主管, en: Chief}, who: [{person: chief_north}]}
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    more = {
        "forms/ticket.yaml": TICKET.replace("\naccess:", KEEPING, 1),
        "workflows/site_only.yaml": SITE_ONLY,
    }
    with open_office(tmp_path, more=more) as opened:
        yield opened


def _submitted(office: Office, workflow: str = "review") -> Record:
    approval = office.submitted(workflow, cause="坏了", cost="10.00")
    return office.stored(approval.record)


def test_nobody_edits_moves_or_deletes_what_is_decided_about(office: Office) -> None:
    record, act, form = _submitted(office), office.act("ann"), office.form()
    chief = office.act("chief_north", reason="不用了")
    given = read_json(form, {"cause": "别的"})

    assert isinstance(edit_record(office.services, act, form, record.id, given, None), Denied)
    step = Step(target="fixing")
    assert isinstance(advance_record(office.services, chief, form, record.id, step), Denied)
    assert isinstance(delete_record(office.services, chief, form, record.id), Denied)
    assert office.stored(record.id) == record


def test_a_conversion_leaves_nothing_behind_if_it_cannot_keep_what_it_made(office: Office) -> None:
    record, act, form = _submitted(office), office.act("ann"), office.form()

    kept = convert_record(office.services, act, form, record.id, "keeping")
    free = convert_record(office.services, act, form, record.id, "to_site")

    assert isinstance(kept, Denied)
    assert office.stored(record.id).values["site"] is None
    assert isinstance(free, Converted)
    with office.services.store.reading() as unit:
        events = unit.events.of_record(office.form("site"), free.made["site"].id)
        table = office.services.store.tables(office.form("site")).main
        there = unit.connection.execute(select(table.c.id)).scalars().all()
    assert there == [free.made["site"].id]
    assert [event.kind for event in events] == ["created"]


def test_a_sheet_changes_only_the_rows_that_nobody_decides_about(office: Office) -> None:
    held, free = _submitted(office), office.ticket("ann", cause="坏了")
    importer = Importer(office)
    sheet = csv_of("编号,原因", *(f"{one.values['number']},表里的" for one in (held, free)))

    run = importer.bring(sheet, mode="update", key="number", columns={0: "number", 1: "cause"})

    assert office.stored(held.id).values["cause"] == "坏了"
    assert office.stored(free.id).values["cause"] == "表里的"
    assert [line.kind for line in importer.lines(run)].count("refused") == 1


def test_what_was_brought_in_is_not_taken_back_while_it_is_decided_about(office: Office) -> None:
    importer = Importer(office)
    run = importer.bring(csv_of("标题", "甲", "乙"))
    first, _ = (office.stored(str(line.record)) for line in importer.lines(run))
    office.submit(first, login="chief_north")

    run = importer.undo(run)

    assert office.stored(first.id).deleted_at is None
    assert [line.undone for line in importer.lines(run)] == ["kept", "done"]


def test_only_the_fields_are_held_that_the_approval_is_about(office: Office) -> None:
    record, act, form = _submitted(office, "site_only"), office.act("ann"), office.form()
    site = office.made("site", "ann", name="北站")

    def edited(**values: str) -> object:
        given = read_json(form, values)
        return edit_record(office.services, act, form, record.id, given, None)

    assert isinstance(edited(cause="别的"), Saved)
    assert isinstance(edited(site=site.id), Denied)
    assert isinstance(convert_record(office.services, act, form, record.id, "keeping"), Denied)
