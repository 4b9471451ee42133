"""Every key that an author may write does something, and this says how one can tell."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from werkzeug.test import TestResponse

from engine import field, filter
from engine.definition import (
    access,
    app,
    connector,
    deadline,
    decision,
    document,
    form,
    ledger,
    own_type,
    page,
    pool,
    public,
    setup,
    stage,
)
from engine.definition.rule import RuleDef
from engine.documents.block import Block
from engine.documents.catalog import BLOCKS
from engine.loading.load import load_app
from engine.outcomes import Saved
from engine.rules.action import Action
from engine.rules.catalog import ACTIONS, TRIGGERS
from engine.rules.span import Span
from engine.rules.trigger import Trigger
from engine.rules.who import Who
from runtime.app import build_app
from runtime.settings import Settings
from runtime.use_cases.act import Act
from runtime.use_cases.comment_record import Remark, comment_record
from runtime.workspace.open import install_app, open_workspace
from tests.desk import Clock
from tests.laws.answers import ask, said
from tests.laws.full_app import APP, SPEC, files_of, varied
from tests.laws.house import House
from tests.laws.keys import ALIVE, WAITING, Vary

ROOT = Path(__file__).parents[2]
_RULE_PARTS = (RuleDef, Span, Who, Trigger, Action, *TRIGGERS.values(), *ACTIONS.values())
_PAPER_MODULES = [sys.modules[struct.__module__] for struct in (Block, *BLOCKS.values())]
_RULE_MODULES = [sys.modules[struct.__module__] for struct in _RULE_PARTS]
DEFINED = (
    access,
    app,
    connector,
    deadline,
    decision,
    document,
    form,
    ledger,
    own_type,
    page,
    pool,
    public,
    setup,
    stage,
    field,
    filter,
)
MODULES = (*DEFINED, *_RULE_MODULES, *_PAPER_MODULES)
OPTIONS = "tests/engine/fields/test_options.py proves each option of each field type"
NEW_THINGS = re.compile(r"[0-9a-f]{32}|T-\d+|\d{4}-\d\d-\d\dT[0-9:.Z]+")


def keys() -> Iterator[str]:
    """Yield every key of every struct of the definitions, as `Struct.key`."""
    for module in MODULES:
        for name, struct in vars(module).items():
            ours = isinstance(struct, type) and struct.__module__ == module.__name__
            if ours and issubclass(struct, msgspec.Struct):
                for one in msgspec.structs.fields(struct):
                    yield f"{name}.{one.encode_name}"


def test_no_key_is_without_a_proof() -> None:
    # Notes are for authors; that nobody is shown one is what they are for.
    wanted = {key for key in keys() if not key.endswith(".note")}
    assert wanted - ALIVE.keys() == set()
    assert ALIVE.keys() - wanted == set()
    named = [where for where in ALIVE.values() if isinstance(where, str)]
    assert [where for where in named if not (ROOT / where).exists()] == []


@dataclass
class Place:
    """The app with some records, and who looks at them."""

    house: House
    ids: dict[str, str]

    def serve(self, spec: dict[str, Any]) -> None:
        loaded = load_app(files_of(spec), checked=True)
        self.house.services.store.serve(loaded)
        self.house.services.apps[APP] = loaded

    def look(self, wanted: str, who: str) -> str:
        """Return everything that somebody notices."""
        visitor = self.house.visitor(who)
        verb, _, rest = wanted.partition(" ")
        records = f"/apps/{APP}/forms/item/records"
        if verb == "GET":
            return said(ask(visitor, rest.format(**self.ids)))
        if verb == "CREATE":
            answer = visitor.call("POST", records, {"values": json.loads(rest)})
        elif verb == "MISSING":
            answer = visitor.call("GET", f"{records}/{rest.format(**self.ids)}/missing")
        else:
            answer = self._convert(*rest.format(**self.ids).split())
        return NEW_THINGS.sub("…", said(answer))

    def _convert(self, id_: str, conversion: str) -> TestResponse:
        """Convert a record that is like the one asked for; it is another one each time."""
        form = self.house.form(APP, "item")
        with self.house.services.store.reading() as unit:
            like = unit.records.one(form, id_)
        assert like is not None
        copy = self.house.put(
            form,
            {**like.values, "code": None},
            owner=like.owner,
            pipeline=like.pipeline,
            stage=like.stage,
        )
        path = f"/apps/{APP}/forms/item/records/{copy.id}/convert/{conversion}"
        values = {"part": {"name": "件"}, "second": {"name": "件"}}
        return self.house.visitor("agent").call("POST", path, {"values": values})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("place")
    settings = Settings.from_environment({"HOME_DIR": str(home), "CHEAP_PASSWORDS": "1"})
    clock = Clock()
    services = open_workspace(settings, clock)
    install_app(services, files_of(SPEC))
    house = House(services, build_app(services), clock)
    try:
        yield Place(house, filled(house))
    finally:
        services.store.close()


def filled(house: House) -> dict[str, str]:
    """Add people and records; return their ids by name."""
    ids: dict[str, str] = {}
    now = house.services.now()
    with house.services.store.unit() as unit:
        for login in ("agent", "boss", "admin"):
            ids[login] = unit.people.add(login, login, now, admin=login == "admin").id
        unit.people.roles.set_for("person", ids["agent"], APP, ["agent"])
        unit.people.roles.set_for("person", ids["boss"], APP, ["boss"])
    there = {"latitude": Decimal(31), "longitude": Decimal(121)}
    ids["place"] = house.put(house.form(APP, "place"), {"name": "地", "spot": there}).id
    ids["part"] = house.put(house.form(APP, "part"), {"name": "件"}).id
    rows = ({"id": "1" * 32, "piece": "片"},)
    common = {"city": "城", "made": "qzvwx", "secret": "秘密文字", "hidden": "暗", "maybe": "或"}
    for name, stage_, cost, more in (
        ("first", "open", 3, {"place": ids["place"], "kept": ids["part"], "code": "c1"}),
        ("open", "busy", 60, {"lines": rows}),
        ("dear", "open", 900, {}),
        ("moved", "busy", 70, {}),
        ("ended", "ended", 200, {}),
    ):
        placed = {"pipeline": "usual", "stage": stage_, "stage_entered_at": now - timedelta(5)}
        values = {"name": name, "cost": Decimal(cost), **common, **more}
        owner = ids["boss"] if name == "dear" else ids["agent"]
        ids[name] = house.put(house.form(APP, "item"), values, owner=owner, **placed).id
    act = Act(actor=house.actor("agent"), door="form")
    item = house.form(APP, "item")
    done = comment_record(house.services, act, item, ids["first"], Remark(text="说"))
    assert isinstance(done, Saved)
    return ids


def test_a_value_taken_meanwhile_is_a_complaint_like_any_other(place: Place) -> None:
    # The database still keeps them apart, as when two people save at the same moment.
    place.serve(varied("item/sections/0/fields/8/unique", False))
    said_ = place.look('CREATE {"name": "新", "city": "城", "code": "c1"}', "agent")
    assert said_.startswith("422")
    assert "刚被其他记录占用" in said_


def test_the_same_app_says_the_same(place: Place) -> None:
    for wanted in sorted({one.ask for one in ALIVE.values() if isinstance(one, Vary)}):
        if wanted.startswith(("GET", "MISSING")):
            place.serve(SPEC)
            before = place.look(wanted, "agent")
            place.serve(SPEC)
            assert place.look(wanted, "agent") == before, wanted


def tried() -> Iterator[Any]:
    for key, one in ALIVE.items():
        if isinstance(one, Vary):
            waits = WAITING.get(key)
            yield pytest.param(key, marks=[pytest.mark.xfail(reason=waits)] if waits else [])


@pytest.mark.parametrize("key", list(tried()))
def test_a_key_changes_what_somebody_notices(place: Place, key: str) -> None:
    vary = ALIVE[key]
    assert isinstance(vary, Vary)
    place.serve(SPEC)
    before = place.look(vary.ask, vary.who)
    assert not before.startswith("5"), before[:300]
    place.serve(varied(vary.path, vary.value))
    after = place.look(vary.ask, vary.who)
    assert not after.startswith("5"), after[:300]
    assert after != before
