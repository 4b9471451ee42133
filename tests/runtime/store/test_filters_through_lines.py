from __future__ import annotations

from dataclasses import replace

import pytest

from engine.access.sight import SEES_ALL, RowScope, Sight
from engine.expressions import Slot, compile_expression
from runtime.store import Store
from runtime.store.query import NotAllowed, Query
from tests.runtime.store.building import NOW, actor_of, app_of, env_of, form_text, record_of

PART = form_text(
    "part",
    """
    {id: name, type: text, label: 名称}
    {id: secret, type: text, label: 代号}
    """,
)
BUILD = form_text(
    "build",
    """
    {id: name, type: text, label: 名称}
    {id: rows, type: lines, label: 明细, fields: [{id: part, type: reference, to: part, label: 件}, {id: code, type: lookup, by: part, field: secret, label: 代号}]}
    """,  # noqa: E501 - one field per line
)
ASKED = [
    'some row in rows satisfies row.part.secret = "x"',
    'some row in rows satisfies row.code = "x"',
    'count(rows[part.secret = "x"]) > 0',
    'count(rows[code = "x"]) > 0',
]


class Builds:
    """Two builds, of a part that ann may see, and of one that bob may see."""

    def __init__(self, store: Store) -> None:
        store.install(app_of(PART, BUILD), {}, NOW)
        self.store = store
        part = store.apps["plant"].forms["part"]
        self.form = store.apps["plant"].forms["build"]
        with store.unit() as unit:
            for name, owner in (("甲", "ann"), ("乙", "bob")):
                used = record_of(part, {"name": name, "secret": "x"}, owner=owner)
                unit.records.add(part, used)
                rows = ({"id": "1", "part": used.id, "code": None},)
                unit.records.add(self.form, record_of(self.form, {"name": name, "rows": rows}))

    def names(self, feel: str, sight: Sight) -> list[str]:
        query = Query(
            form=self.form,
            sight=SEES_ALL,
            actor=actor_of(),
            env=env_of(),
            where=(compile_expression(feel, self.form.scope, Slot.ROWS),),
            sort=("name",),
            sight_of=lambda form: sight if form.id == "part" else SEES_ALL,
        )
        with self.store.reading() as unit:
            return [str(record.values["name"]) for record in unit.query.page(query).records]


@pytest.fixture
def builds(store: Store) -> Builds:
    return Builds(store)


@pytest.mark.parametrize("feel", ASKED)
def test_rows_lead_only_to_what_is_seen(builds: Builds, feel: str) -> None:
    assert builds.names(feel, SEES_ALL) == ["乙", "甲"]
    assert builds.names(feel, Sight(rows=RowScope(own=True))) == ["甲"]


@pytest.mark.parametrize("feel", ASKED)
def test_rows_do_not_tell_what_is_shut_where_they_lead(builds: Builds, feel: str) -> None:
    secret = frozenset({"secret"})
    for sight in (replace(SEES_ALL, hidden=secret), replace(SEES_ALL, masked=secret), Sight()):
        with pytest.raises(NotAllowed):
            builds.names(feel, sight)
