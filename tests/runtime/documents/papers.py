"""The small app with documents, and the words with which tests make them."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from engine.documents.pieces import Sheet, text_of
from engine.outcomes import Denied, Missing
from engine.record import Record, StoredFile
from runtime.jobs.workshop import Workshop
from runtime.store.jobs import Job
from runtime.use_cases.documents.ask_document import Asked, ask_document
from runtime.use_cases.documents.compose import Composed, compose
from runtime.use_cases.keep_file import upload_file
from runtime.use_cases.reach import begin
from tests.desk import FILES, SITE, TICKET, Desk, open_desk

MORE = """      - {id: papers, type: file, label: 文件, max_files: 2}
      - {id: photo, type: image, label: 照片}
      - {id: signed, type: signature, label: 签名}
      - id: parts
"""
SITE_MORE = """      - {id: number, type: integer, label: 条号}
      - {id: text, type: long_text, label: 正文}
      - {id: edition, type: text, label: 版本}
      - {id: since, type: date, label: 生效}
      - {id: position,"""


@dataclass(frozen=True)
class Papers:
    """A workspace whose app has documents."""

    desk: Desk

    def sheet(self, login: str, record: Record, document: str) -> Sheet:
        composed = self.composed(login, record, document)
        assert isinstance(composed, Composed), composed
        return composed.sheet

    def composed(self, login: str, record: Record, document: str) -> Composed | Denied | Missing:
        services = self.desk.services
        form = self.desk.form(record.form)
        with services.store.reading() as unit:
            work = begin(services, unit, self.desk.act(login), form)
            return compose(work, work.app.documents[document], record.id)

    def text(self, login: str, record: Record, document: str) -> str:
        return text_of(self.sheet(login, record, document))

    def ask(self, login: str, record: Record, document: str) -> Asked | Denied | Missing:
        form = self.desk.form(record.form)
        act = self.desk.act(login)
        return ask_document(self.desk.services, act, form, record.id, document)

    def made(self, login: str, record: Record, document: str) -> Job:
        asked = self.ask(login, record, document)
        assert isinstance(asked, Asked), asked
        self.work()
        with self.desk.services.store.reading() as unit:
            job = unit.jobs.one(asked.job)
        assert job is not None
        return job

    def work(self) -> int:
        return Workshop(services=self.desk.services).run_due()

    def picture(self, login: str = "admin") -> str:
        """Upload a picture and return its id."""
        data = BytesIO(png(40, 20))
        stored = upload_file(self.desk.services, self.desk.act(login), "photo.png", data)
        assert isinstance(stored, StoredFile)
        return stored.id


def png(width: int, height: int) -> bytes:
    """Return a small picture."""
    file = BytesIO()
    Image.new("RGB", (width, height), (20, 90, 160)).save(file, "PNG")
    return file.getvalue()


def logo() -> str:
    """Return a picture as documents hold it."""
    return "data:image/png;base64," + base64.b64encode(png(60, 20)).decode()


def with_documents(
    documents: Mapping[str, str], rules: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """Return the files of the small app with documents and rules, by their ids."""
    ticket = TICKET.replace("      - id: parts\n", MORE)
    site = SITE.replace("      - {id: position,", SITE_MORE)
    return {
        **FILES,
        "forms/ticket.yaml": ticket.encode(),
        "forms/site.yaml": site.encode(),
        **{f"documents/{k}.yaml": f"document: {k}\n{v}".encode() for k, v in documents.items()},
        **{f"rules/{k}.yaml": f"rule: {k}\n{v}".encode() for k, v in (rules or {}).items()},
    }


@contextmanager
def open_papers(
    folder: Path,
    url: str | None,
    documents: Mapping[str, str],
    rules: Mapping[str, str] | None = None,
) -> Iterator[Papers]:
    """Make a workspace with the app and some documents."""
    with open_desk(folder, url, with_documents(documents, rules)) as desk:
        yield Papers(desk)
