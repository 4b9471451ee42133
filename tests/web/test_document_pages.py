"""Can a document be asked for on the record page and by programs, and looked at when it is made?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.app import build_app
from tests.api.client import client_of
from tests.runtime.documents.papers import Papers, open_papers
from tests.web.visitor import Visitor

PAPER = """
label: 单据
form: ticket
roles: [chief]
if: cost > 0
blocks: [{type: text, text: '{name} {cost}'}]
"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Papers]:
    folder: Path = tmp_path_factory.mktemp("papers")
    with open_papers(folder, None, {"paper": PAPER}) as opened:
        yield opened


def visitor(papers: Papers, login: str) -> Visitor:
    made = Visitor(build_app(papers.desk.services).test_client())
    made.sign_in(login)
    return made


def test_a_document_is_asked_for_in_a_sheet_and_shown_in_the_browser(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5")
    chief = visitor(papers, "chief_north")
    page = f"/a/desk/ticket/{ticket.id}"
    assert "打印 / 生成文档" in chief.get(page).text
    assert "单据" in chief.get(f"{page}/documents").text
    watched = chief.post(f"{page}/documents/paper")
    assert watched.status_code == 200
    papers.work()
    job = watched.text.partition('data-job="/jobs/')[2].partition("/")[0]
    panel = chief.get(f"/jobs/{job}/panel").text
    assert f'data-view="/jobs/{job}/file?view"' in panel
    with chief.client.get(f"/jobs/{job}/file?view") as shown:
        assert shown.data.startswith(b"%PDF-")
        assert shown.headers["Content-Type"] == "application/pdf"
        assert shown.headers["Content-Disposition"].startswith("inline")
        assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    with chief.client.get(f"/jobs/{job}/file") as saved:
        assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "生成了文档" in chief.get(page).text


def test_who_may_not_make_one_is_not_offered_it_and_is_refused(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5")
    agent = visitor(papers, "ann")
    page = f"/a/desk/ticket/{ticket.id}"
    assert "打印 / 生成文档" not in agent.get(page).text
    refused = agent.post(f"{page}/documents/paper")
    assert refused.status_code == 422
    assert "您没有生成“单据”的权限" in refused.text


def test_a_program_gets_a_job_and_its_file(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="5")
    api, who = client_of(papers.desk), "chief_north"
    path = f"/forms/ticket/records/{ticket.id}/documents"
    answer = api.post(f"{path}/paper", None, who=who)
    assert answer.status_code == 202
    papers.work()
    job = api.raw("GET", answer.headers["Location"], who=who).json
    assert job["state"] == "done"
    assert job["result"].keys() == {"name", "size"}
    with api.raw("GET", job["file"], who=who).response as file:
        assert file.data.startswith(b"%PDF-")
    assert api.post(f"{path}/nothing", None, who=who).status_code == 404
