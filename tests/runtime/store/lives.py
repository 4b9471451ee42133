"""An app that is installed in one version after another, with what it keeps."""

from __future__ import annotations

from typing import Any

from engine.access.sight import SEES_ALL
from engine.app import Form
from engine.record import Record
from runtime.store import Store
from runtime.store.migrate.change import Migration
from runtime.store.query import Query
from tests.runtime.store.building import actor_of, app_of, env_of, form_text, later, record_of

SITE = form_text("site", "{id: name, type: text, label: 名称}")


def device(fields: str, more: str = "") -> str:
    return form_text("device", "{id: name, type: text, label: 名称}\n" + fields, more)


class Life:
    """An app that is installed in one version after another."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.versions = 0

    def install(self, *forms: str) -> Migration:
        self.versions += 1
        app = app_of(*forms, version=f"1.0.{self.versions}")
        return self.store.install(app, {"app.yaml": b"x"}, later(self.versions))

    def form(self, name: str = "device") -> Form:
        return self.store.apps["plant"].forms[name]

    def add(self, form: str = "device", **values: Any) -> Record:
        record = record_of(self.form(form), values)
        with self.store.unit() as unit:
            unit.records.add(self.form(form), record)
        return record

    def values(self, record: Record, form: str = "device") -> dict[str, Any]:
        with self.store.reading() as unit:
            read = unit.records.one(self.form(form), record.id)
        assert read is not None
        return dict(read.values)

    def found(self, words: str, form: str = "device") -> list[str]:
        query = Query(
            form=self.form(form), sight=SEES_ALL, actor=actor_of(), env=env_of(), search=words
        )
        with self.store.reading() as unit:
            return [record.id for record in unit.query.page(query).records]


def restorable(report: Migration) -> str:
    """Return under which id the one thing that was dropped can be restored."""
    (trash,) = (change.trash for change in report.changes if change.what == "dropped")
    assert trash is not None
    return trash
