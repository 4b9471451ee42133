"""A value of any type is said the same way in the texts of rules, in their log, and on paper, also
where it was fetched from another record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from engine.catalog import FIELD_TYPES
from engine.field import Storage
from engine.sources import field_at, said_again
from runtime.use_cases.rules.reading import plain
from tests.desk import open_desk
from tests.engine.fields.samples import NEEDED, SAMPLES
from tests.runtime.rules.ruled import Ruled, with_rules

POINTS = (Storage.LINK, Storage.LINKS, Storage.LINES)
NAMED = ("file", "image", "signature", "lookup", "rollup", "formula", "json")
"""Their values are ids, other people's values, or no values of their own."""
TYPES = [
    type_
    for type_, kind in sorted(FIELD_TYPES.items())
    if type_ not in NAMED and kind.settable and kind.storage not in POINTS
]
ACCESS = {"agent": {"rows": "all", "create": True}, "chief": {"rows": "all", "create": True}}


def _form(id_: str, fields: list[dict[str, Any]]) -> bytes:
    title = {"id": "name", "type": "text", "label": "名称"}
    section = {"id": "all", "label": "全部", "fields": [title, *fields]}
    form = {"form": id_, "label": id_, "title": "name", "sections": [section], "access": ACCESS}
    return json.dumps(form, ensure_ascii=False).encode()


def _rule(id_: str, form: str) -> str:
    text = "\n".join(f"{type_}：{{of_{type_}}}" for type_ in TYPES)
    told = {"type": "notify", "to": {"fields": ["owner"]}, "text": text}
    what = {"label": id_, "form": form, "on": {"type": "created"}, "do": [told]}
    return json.dumps(what, ensure_ascii=False)[1:-1]


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ruled]:
    fields: list[dict[str, Any]] = []
    for type_ in TYPES:
        more = {**NEEDED.get(type_, {}), **SAMPLES[type_][0].options}
        fields.append({"id": f"of_{type_}", "type": type_, "label": type_, **more})
    fetched = [{"id": "thing", "type": "reference", "to": "thing", "label": "哪个"}]
    fetched += [
        {"id": one["id"], "type": "lookup", "by": "thing", "field": one["id"], "label": one["id"]}
        for one in fields
    ]
    files = with_rules({})
    files["forms/thing.yaml"] = _form("thing", fields)
    files["forms/seer.yaml"] = _form("seer", fetched)
    for id_, form in (("plainly", "thing"), ("fetched", "seer")):
        head = f'{{"rule": "{id_}", '.encode()
        files[f"rules/{id_}.yaml"] = head + _rule(id_, form).encode() + b"}"
    with open_desk(tmp_path_factory.mktemp("said"), None, files) as desk:
        yield Ruled(desk)


def _told(ruled: Ruled) -> dict[str, str]:
    ruled.work()
    lines = ruled.notices("ann")[-1].split("\n")
    told: dict[str, str] = {}
    for line in lines:
        type_, parted, text = line.partition("：")
        if parted and type_ in TYPES:
            told[type_] = text
        else:
            told[list(told)[-1]] += f"\n{line}"
    return told


def test_every_type_is_said_as_people_read_it(ruled: Ruled) -> None:
    values = {f"of_{type_}": SAMPLES[type_][0].data for type_ in TYPES}
    wanted = {type_: SAMPLES[type_][0].shown for type_ in TYPES}
    thing = ruled.desk.made("thing", "ann", name="甲", **values)
    assert _told(ruled) == wanted
    ruled.desk.made("seer", "ann", name="乙", thing=thing.id)
    assert _told(ruled) == wanted

    app, stored = ruled.desk.services.apps["desk"], ruled.desk.stored(thing.id, "thing")
    noted = ("number", "integer", "money", "percent", "date", "datetime", "time", "select")
    for type_ in noted:
        field = field_at(app, app.forms["seer"], f"thing.of_{type_}")
        assert field is not None
        came = json.loads(json.dumps(plain(stored.values[f"of_{type_}"]), default=str))
        assert said_again(field, came, "zh") == wanted[type_]
