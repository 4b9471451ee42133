"""Which worlds are the rights tried in: any roles, any people, any records?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from engine.app import Form
from runtime.app import build_app
from runtime.settings import Settings
from runtime.store import Content
from runtime.workspace.open import install_app, open_workspace
from tests.desk import Clock
from tests.laws.house import House
from tests.laws.model import DEPARTMENTS, OF_BOTH, OF_ITEMS, Grant, Person, Thing, World

APP = "depot"
LETTERS = "bcdfghjkmnpqrstvwxz"
ROWS = {
    "site": ("none", "own", "department", "tree", "all", *OF_BOTH),
    "item": ("none", "own", "department", "tree", "all", *OF_BOTH, *OF_ITEMS),
}
FIELDS = {
    "site": ("name", "code", "tel", "kind"),
    "item": (
        "name",
        "note",
        "amount",
        "phone",
        "kind",
        "site",
        "code",
        "site_phone",
        "parts",
        "marks",
        "paper",
    ),
}
MASKABLE = {"site": ("name", "code", "tel"), "item": ("name", "note", "amount", "phone", "site")}
KINDS = "[{id: a, label: 甲}, {id: b, label: 乙}, {id: c, label: 丙}]"

SITE = f"""
form: site
label: {{zh: 站点, en: Site}}
title: name
sections:
  - id: all
    label: 全部
    fields:
      - {{id: name, type: text, label: 名称}}
      - {{id: code, type: text, label: 代号}}
      - {{id: tel, type: phone, label: 电话}}
      - {{id: kind, type: select, label: 类别, options: {KINDS}}}
search: [name, code]
list: {{columns: [name, code, kind]}}
related:
  - {{form: item, by: site, columns: [name, note, amount]}}
"""

ITEM = f"""
form: item
label: {{zh: 物品, en: Item}}
title: name
subtitle: note
sections:
  - id: all
    label: 全部
    fields:
      - {{id: name, type: text, label: 名称}}
      - {{id: note, type: text, label: 说明, required: amount > 5}}
      - {{id: amount, type: money, label: 金额, currency: CNY}}
      - {{id: phone, type: phone, label: 电话, visible: 'site.code != "zz"'}}
      - {{id: kind, type: select, label: 类别, options: {KINDS}}}
      - {{id: site, type: reference, to: site, label: 站点, columns: [code]}}
      - {{id: code, type: lookup, label: 站点代号, by: site, field: code}}
      - {{id: site_phone, type: lookup, label: 站点电话, by: site, field: tel}}
      - id: parts
        type: lines
        label: 配件
        fields:
          - {{id: part, type: text, label: 配件}}
          - {{id: qty, type: integer, label: 数量}}
          - {{id: at, type: reference, to: site, label: 存放处}}
          - {{id: at_code, type: lookup, label: 存放处代号, by: at, field: code}}
      - {{id: marks, type: tags, label: 标记}}
      - {{id: sized, type: formula, result: yes_no, label: 大件, feel: amount > 5}}
      - {{id: paper, type: file, label: 文件}}
checks:
  - {{id: told, that: 'site.tel != "zz" and note != "zz"', message: 说明写得不对}}
search: [name, note]
list: {{columns: [name, note, amount, phone, site, code, site_phone]}}
board: {{card: [note, amount, site, code], total: amount}}
stages:
  - {{id: begun, label: 开始}}
  - {{id: ended, label: 结束}}
"""


class Dice:
    """Chance, the same for the same seed, and words that stand nowhere else."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def word(self) -> str:
        return "".join(self.chance.choice(LETTERS) for _ in range(9))

    def some(self, of: tuple[str, ...], share: float) -> list[str]:
        return [one for one in of if self.chance.random() < share]

    def often(self, share: float) -> bool:
        return self.chance.random() < share


def world_of(seed: int) -> World:
    """Return a world by its seed, before it is put into a database."""
    dice = Dice(seed)
    roles = ("one", "two", "three")
    grants = {
        role: {form: _grant(dice, form) for form in FIELDS if dice.often(0.85)} for role in roles
    }
    places = tuple(DEPARTMENTS)
    people = tuple(
        Person(login, dice.chance.choice(places), tuple(dice.chance.sample(roles, 1 + number % 2)))
        for number, login in enumerate(("ann", "ben", "sue"))
    )
    world = World(grants, people)
    world.things += [_site(dice, people, n) for n in range(3)]
    world.things += [_item(dice, people, n, world.things[:3]) for n in range(7)]
    return world


def _grant(dice: Dice, form: str) -> Grant:
    rows = dice.chance.choice(ROWS[form])
    scopes = (False, True, "own", "department", "all", 'kind = "a"')
    rights = ("edit", "delete", "advance", "transfer")
    return {
        "rows": rows,
        "create": dice.often(0.5),
        "export": rows != "none" and dice.often(0.7),
        "import": dice.often(0.7),
        **{right: rows != "none" and dice.chance.choice(scopes) for right in rights},
        **_shut(dice, form),
    }


def _shut(dice: Dice, form: str) -> dict[str, list[str]]:
    hide = dice.some(FIELDS[form][1:], 0.25)  # a title may be masked, but not hidden
    mask = [name for name in dice.some(MASKABLE[form], 0.25) if name not in hide]
    readonly = [n for n in dice.some(FIELDS[form], 0.2) if n not in {*hide, *mask}]
    return {"hide": hide, "mask": mask, "readonly": readonly}


def _site(dice: Dice, people: tuple[Person, ...], number: int) -> Thing:
    values = {
        "name": dice.word(),
        "code": dice.word(),
        "tel": _phone(dice),
        "kind": dice.chance.choice("abc"),
    }
    return _thing(dice, people, "site", f"site{number}", values)


def _item(dice: Dice, people: tuple[Person, ...], number: int, sites: list[Thing]) -> Thing:
    values = {
        "name": dice.word(),
        "note": dice.word(),
        "amount": f"{dice.chance.randrange(10**6, 10**7)}.{dice.chance.randrange(11, 99)}",
        "phone": _phone(dice),
        "kind": dice.chance.choice("abc"),
        "site": dice.chance.choice([*(site.key for site in sites), None]),
        "parts": [_part(dice, sites) for _ in range(dice.chance.randrange(1, 3))],
        "marks": dice.some(("red", "blue"), 0.5) or ["blue"],
        "paper": [dice.word()],
    }
    return _thing(dice, people, "item", f"item{number}", values)


def _part(dice: Dice, sites: list[Thing]) -> dict[str, Any]:
    site = dice.chance.choice([*(site.key for site in sites), None])
    return {"part": dice.word(), "qty": dice.chance.randrange(1, 5), "at": site}


def _phone(dice: Dice) -> str:
    return f"+86138{dice.chance.randrange(10**7, 10**8)}"


def _thing(
    dice: Dice, people: tuple[Person, ...], form: str, key: str, values: dict[str, Any]
) -> Thing:
    owner = dice.chance.choice([person.login for person in people])
    place = dice.chance.choice(tuple(DEPARTMENTS))
    return Thing(form, key, owner, place, dice.often(0.15), values)


def files_of(world: World) -> dict[str, bytes]:
    """Return the app with the world's roles."""
    roles = [{"id": role, "label": role} for role in world.grants]
    manifest = {"app": APP, "version": "1.0.0", "label": "仓库", "roles": roles}
    manifest["menu"] = [{"forms": ["item", "site"]}]
    files = {"app.yaml": json.dumps(manifest, ensure_ascii=False).encode()}
    for form, text in (("site", SITE), ("item", ITEM)):
        access = {role: granted[form] for role, granted in world.grants.items() if form in granted}
        written = f"{text}access: {json.dumps(access, ensure_ascii=False)}\n"
        files[f"forms/{form}.yaml"] = written.encode()
    return files


@contextmanager
def settled(world: World, folder: Path, url: str | None = None) -> Iterator[House]:
    """Put a world into a workspace of its own; each thing knows its id afterwards."""
    environment = {"HOME_DIR": str(folder), "CHEAP_PASSWORDS": "1"}
    if url:
        environment["DATABASE_URL"] = url
    services = open_workspace(Settings.from_environment(environment), Clock())
    install_app(services, files_of(world))
    house = House(services, build_app(services), Clock())
    try:
        _fill(house, world)
        yield house
    finally:
        services.store.close()


def _fill(house: House, world: World) -> None:
    now = house.services.now()
    departments: dict[str, str] = {}
    with house.services.store.unit() as unit:
        for code, above in DEPARTMENTS.items():
            parent = departments[above] if above else None
            departments[code] = unit.people.departments.add(code, now, parent=parent, code=code).id
        people = {}
        for person in world.people:
            place = departments[person.department]
            people[person.login] = unit.people.add(
                person.login, person.login, now, department=place
            ).id
            unit.people.roles.set_for("person", people[person.login], APP, person.roles)
    ids: dict[str, str] = {}
    for thing in world.things:
        owner, place = people[thing.owner], departments[thing.department]
        thing.id = ids[thing.key] = _put(house, thing, owner, place, ids)


def _put(house: House, thing: Thing, owner: str, place: str, ids: Mapping[str, str]) -> str:
    form = house.form(APP, thing.form)
    if thing.values.get("site"):
        thing.values["site"] = ids[thing.values["site"]]
    if "paper" in thing.values:
        for row in thing.values["parts"]:
            row["at"] = ids.get(row["at"])
        thing.values["paper"] = [_file(house, thing.values["paper"][0], owner)]
    record = house.put(
        form,
        {**read_values(form, thing.values), **({"sized": True} if form.id == "item" else {})},
        owner=owner,
        department=place,
        pipeline="main" if form.pipelines else None,
        stage="begun" if form.pipelines else None,
        deleted_at=house.services.now() if thing.deleted else None,
    )
    with house.services.store.unit() as unit:
        unit.files.keep(form, None, record)
    return record.id


def read_values(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as records hold them."""
    read: dict[str, Any] = {}
    for name, value in values.items():
        kept = form.fields[name].read(value)
        if name == "parts" and isinstance(kept, tuple):
            kept = tuple({**row, "id": f"{n:032d}"} for n, row in enumerate(kept))  # type: ignore[dict-item]  # rows are mappings
        read[name] = kept
    return read


def _file(house: House, word: str, owner: str) -> str:
    content = house.services.store.files.put(BytesIO(f"%PDF-1.4 {word}".encode()), 10_000)
    assert isinstance(content, Content)
    with house.services.store.unit() as unit:
        return unit.files.add(content, f"{word}.pdf", owner, house.services.now()).id
