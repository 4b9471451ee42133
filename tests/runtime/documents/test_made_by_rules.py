"""Does a rule put the documents that it has made where it should, once, and with nothing hidden?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.forms.submission import read_json
from engine.outcomes import Missing
from engine.record import Record
from runtime.jobs.kind import Finished, Task
from runtime.jobs.kinds.make_document import work as make
from runtime.jobs.workshop import Workshop
from runtime.store import Event
from runtime.store.jobs import Job
from runtime.use_cases.documents.wanted import KIND
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.keep_file import open_file
from tests.runtime.documents.papers import Papers, open_papers
from tests.workspaces import DATABASES

DOCUMENTS = {
    "paper": """
label: 单据
form: ticket
roles: [chief]
watermark: '{maker}'
blocks: [{type: fields, fields: [name, cost, margin, phone]}]
"""
}
RULES = {
    "print": """
label: 自动打印
form: ticket
on: {type: changed, fields: [cause]}
if: cause = "field"
do: [{type: generate_document, document: paper, into: papers}]
""",
    "prove": """
label: 自动举证
form: ticket
on: {type: changed, fields: [cause]}
if: cause = "evidence"
do: [{type: generate_document, document: paper, evidence: minutes}]
""",
    "tell": """
label: 自动留档
form: ticket
on: {type: changed, fields: [cause]}
if: cause = "timeline"
do: [{type: generate_document, document: paper}]
""",
}


@pytest.fixture(params=DATABASES)
def papers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Papers]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_papers(tmp_path, url, DOCUMENTS, RULES) as opened:
        yield opened


def set_off(papers: Papers, ticket: Record, cause: str) -> None:
    desk = papers.desk
    given = read_json(desk.form(), {"cause": cause})
    _ = edit_record(desk.services, desk.act("ann"), desk.form(), ticket.id, given, None)
    papers.work()


def jobs_of(papers: Papers) -> list[Job]:
    with papers.desk.services.store.reading() as unit:
        runs = unit.rule_runs.of_app("desk")
        ids = [run.steps[0]["told"]["job"] for run in runs if run.steps]
        return list(unit.jobs.by_ids(ids))


def happened(papers: Papers, ticket: Record) -> list[Event]:
    with papers.desk.services.store.reading() as unit:
        return list(unit.events.of_record(papers.desk.form(), ticket.id))


def test_into_a_field_with_the_oldest_giving_way(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5", margin="3", phone="13800138000")
    for _ in range(3):
        set_off(papers, ticket, "field")
        set_off(papers, ticket, "off")
    kept = papers.desk.stored(ticket.id).values["papers"]
    assert isinstance(kept, tuple)
    assert len(kept) == 2
    found = open_file(papers.desk.services, papers.desk.act("ann"), str(kept[0]))
    assert not isinstance(found, Missing)
    assert (found[0].name, found[0].type) == ("单据 打印机.pdf", "pdf")
    # What is hidden from anybody who could open it is in none of them.
    said = str(jobs_of(papers)[0].result["says"])
    assert "毛利" not in said
    assert "138****8000" in said
    assert "自动打印" in said
    newest = happened(papers, ticket)[1]
    assert (newest.kind, newest.actor, newest.door) == (
        "document_made", "rule:desk.print", "automation",
    )  # fmt: skip


def test_as_evidence_that_somebody_else_reviews(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5")
    set_off(papers, ticket, "evidence")
    with papers.desk.services.store.reading() as unit:
        [piece] = unit.evidence.of(papers.desk.form(), ticket.id)
    assert (piece.item, piece.added_by, piece.file.type) == ("minutes", "rule:desk.prove", "pdf")
    kinds = [event.kind for event in happened(papers, ticket)]
    assert kinds[:2] == ["document_made", "evidence_added"]


def test_in_the_timeline_and_only_once_however_often_the_job_is_tried(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5")
    set_off(papers, ticket, "timeline")
    [job] = jobs_of(papers)
    assert job.kind == KIND
    # The process died between putting it there and saying so: the job is done once more.
    task = Task(
        services=papers.desk.services, job=job, seconds=60, person=None,
        stopping=Workshop(services=papers.desk.services).stopping,
    )  # fmt: skip
    assert isinstance(make(task), Finished)
    made = [event for event in happened(papers, ticket) if event.kind == "document_made"]
    assert len(made) == 1
    [file] = made[0].data["files"]
    opened = open_file(papers.desk.services, papers.desk.act("ann"), file)
    assert not isinstance(opened, Missing)
    assert isinstance(open_file(papers.desk.services, papers.desk.act("sue"), file), Missing)
