"""Who may have a document made, and who gets it?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.outcomes import Denied, Missing
from runtime.store.jobs import OPEN
from runtime.use_cases.delete_record import delete_record
from runtime.use_cases.documents.wanted import KIND
from runtime.use_cases.own_jobs import job_file, own_job, own_jobs
from runtime.use_cases.read_record import Reading, read_record
from tests.api.client import client_of
from tests.runtime.documents.papers import Papers, open_papers

DOCUMENTS = {
    "paper": """
label: 单据
form: ticket
roles: [chief]
if: cost > 0
blocks: [{type: text, text: '{name} {cost}'}]
""",
    "open": """
label: 谁都能打
form: ticket
blocks: [{type: text, text: '{name}'}]
""",
}


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Papers]:
    with open_papers(tmp_path, None, DOCUMENTS) as opened:
        yield opened


def test_a_document_is_made_in_the_background_for_who_asked_alone(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5")
    services = papers.desk.services
    job = papers.made("chief_north", ticket, "paper")
    assert job.state == "done"
    found = job_file(services, papers.desk.act("chief_north"), job.id)
    assert not isinstance(found, Missing)
    assert found[0].read_bytes().startswith(b"%PDF-")
    assert found[1] == "单据 打印机.pdf"
    assert isinstance(own_job(services, papers.desk.act("ann"), job.id), Missing)
    assert isinstance(job_file(services, papers.desk.act("ann"), job.id), Missing)
    assert [one.id for one in own_jobs(services, papers.desk.act("chief_north"))] == [job.id]

    with services.store.reading() as unit:
        event = unit.events.of_record(papers.desk.form(), ticket.id)[0]
    assert (event.kind, event.actor) == ("document_made", papers.desk.people["chief_north"].id)
    assert event.data["document"] == "paper"


def test_a_program_that_asks_again_by_the_same_key_gets_the_same_document(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5")
    api = client_of(papers.desk)
    path = f"/forms/ticket/records/{ticket.id}/documents"
    first, again = (api.post(f"{path}/open", None, key="k") for _ in range(2))
    other = api.post(f"{path}/open", None, key="l")
    assert [one.status_code for one in (first, again, other)] == [202, 202, 202]
    assert first.json["id"] == again.json["id"] != other.json["id"]
    with papers.desk.services.store.reading() as unit:
        waiting = unit.jobs.of_person(papers.desk.people["ann"].id, (KIND,), states=OPEN)
    assert {one.id for one in waiting} == {first.json["id"], other.json["id"]}


def test_the_file_is_closed_once_the_record_is_no_longer_seen(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5")
    services = papers.desk.services
    job = papers.made("chief_north", ticket, "paper")
    _ = delete_record(services, papers.desk.act("admin"), papers.desk.form(), ticket.id)
    assert isinstance(job_file(services, papers.desk.act("chief_north"), job.id), Missing)


def test_roles_and_the_condition_say_who_may_and_when(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5")
    no = papers.ask("ann", ticket, "paper")
    assert isinstance(no, Denied)
    assert str(no.message) == "您没有生成“单据”的权限"
    free = papers.desk.ticket("ann", cost="0")
    later = papers.ask("chief_north", free, "paper")
    assert isinstance(later, Denied)
    assert str(later.message) == "这条记录现在还不能生成“单据”"
    assert isinstance(papers.ask("sue", ticket, "open"), Missing)
    assert isinstance(papers.ask("ann", ticket, "nothing"), Missing)


def test_the_record_page_offers_what_can_be_made_now(papers: Papers) -> None:
    def offered(login: str, id_: str) -> list[str]:
        act = papers.desk.act(login)
        reading = read_record(papers.desk.services, act, papers.desk.form(), id_)
        assert isinstance(reading, Reading)
        return [one.id for one in reading.documents]

    ticket, free = papers.desk.ticket("ann", cost="5"), papers.desk.ticket("ann", cost="0")
    assert offered("chief_north", ticket.id) == ["open", "paper"]
    assert offered("chief_north", free.id) == ["open"]
    assert offered("ann", ticket.id) == ["open"]
