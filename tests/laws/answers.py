"""What do all pages and addresses answer to one person, and what must not stand in it?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from urllib.parse import parse_qsl, quote

from werkzeug.test import TestResponse

from tests.laws.model import Person, Thing, World
from tests.laws.probes import explanations, probes, typing
from tests.laws.visitor import Visitor
from tests.laws.worlds import APP, FIELDS

NOISE = (
    re.compile(r'(name="csrf_token" value|name="_key" value|name="csrf" content)="[^"]*"'),
    re.compile(r'data-csrf="[^"]*"'),
    re.compile(r'<link rel="modulepreload"[^>]*>|/static/[^"#]*'),
    re.compile(r"(请求编号|request_id) [0-9a-f]{16}"),
)
RECORDS = f"/apps/{APP}/forms"


def addresses(world: World, share: float = 1.0) -> list[str]:
    """Return a share of everything that can be asked, by chance, the same for the same world."""
    chance = Random(str(world.things[0].values["name"]))
    return [address for address in _addresses(world) if chance.random() < share]


def _addresses(world: World) -> Iterator[str]:
    """Yield everything that can be read: pages first, then the API."""
    for form in FIELDS:
        page = f"/a/{APP}/{form}"
        yield from (f"{page}/", f"{page}/counts", f"{page}/new", f"{page}/choices", f"{page}/trash")
        yield from (f"{page}/filter", f"{page}/columns")
    yield f"/a/{APP}/item/board"
    yield f"/a/{APP}/item/choices?_for={APP}.item.site"
    yield f"/a/{APP}/site/choices?_for={APP}.item.site"
    yield from ("/", "/menu", "/new", "/todo", "/todo?box=approve", "/todo?box=done")
    for thing in world.things:
        yield f"/a/{APP}/{thing.form}/{thing.id}"
        yield f"/a/{APP}/{thing.form}/{thing.id}/edit"
    for thing in world.things[3:5]:
        yield f"/a/{APP}/item/{thing.id}/advance"
        yield f"/a/{APP}/item/bulk/edit?id={thing.id}"
        yield f"/a/{APP}/item/bulk/delete?id={thing.id}"
        yield f"/a/{APP}/item/new?_copy={thing.id}"
        yield f"/search?q={thing.values['note']}"
        yield f"/search/suggest?q={thing.values['name']}"
        yield f"/files/{thing.values['paper'][0]}/it.pdf"
    yield from (f"/api/v1{path}" for path in questions(world))
    api = f"/api/v1{RECORDS}"
    yield from probes(world, api, APP)
    yield from explanations(world, api, APP)
    yield from typing(world, APP)


def questions(world: World) -> Iterator[str]:
    """Yield what the API can be asked."""
    for form, fields in FIELDS.items():
        records = f"{RECORDS}/{form}/records"
        yield f"{records}?total=true&limit=200"
        sorts = ("note", "amount", "-site", "-owner", "site.code", "code")
        yield from (f"{records}?sort={name}" for name in sorts)
        yield from (f"{records}?columns={name}" for name in fields)
        yield f"{RECORDS}/{form}/aggregate?measures=count"
        yield from (f"{RECORDS}/{form}/aggregate?by={name}" for name in ("kind", "owner", "site"))
    yield f"{RECORDS}/item/aggregate?measures=sum:amount,min:amount,max:note,distinct:site"
    yield f"{RECORDS}/item/aggregate?by=site.code"
    for thing in world.things:
        yield f"{RECORDS}/{thing.form}/records/{thing.id}"
    for thing in world.things[3:6]:
        for name in ("note", "amount", "site", "kind"):
            asked = json.dumps({"field": name, "op": "=", "value": thing.values[name]})
            yield f"{RECORDS}/item/records?filter={quote(asked)}"
    for thing in world.things[:3]:
        asked = json.dumps({"field": "site.code", "op": "=", "value": thing.values["code"]})
        yield f"{RECORDS}/item/records?filter={quote(asked)}"


def ask(who: Visitor, address: str) -> TestResponse:
    """Ask as a browser or as a program, as the address wants it; `POST …?…` sends a form."""
    if address.startswith("POST "):
        place, _, typed = address.removeprefix("POST ").partition("?")
        return who.post(place, panel=True, **dict(parse_qsl(typed)))
    if address.startswith("/api/v1"):
        return who.http.get(address, headers={"Authorization": f"Bearer {who.token}"})
    return who.get(address)


def said(answer: TestResponse) -> str:
    """Return all that an answer says, without what differs from one request to the next."""
    text = answer.get_data(as_text=True)
    answer.close()
    for noise in NOISE:
        text = noise.sub("", text)
    return f"{answer.status_code} {answer.headers.get('Location', '')} {text}"


def foreign(world: World, person: Person) -> dict[str, str]:
    """Return every text that must reach the person nowhere, and what it is."""
    texts: dict[str, str] = {}
    sites = {thing.id: thing for thing in world.things if thing.form == "site"}
    for thing in world.things:
        texts |= _foreign_of(world, person, thing)
    # What a record that the person sees says itself is theirs to see: also whom it refers to.
    hidden, masked = world.shut(person, "item")
    for thing in world.visible(person, "item"):
        if "site" not in hidden | masked and thing.values["site"] in sites:
            texts.pop(str(thing.values["site"]), None)
        if "parts" not in hidden | masked:
            for row in thing.values["parts"]:
                texts.pop(str(row["at"]), None)
    return texts


def _foreign_of(world: World, person: Person, thing: Thing) -> dict[str, str]:
    # What was theirs to see stays so in the recycle bin, in titles and in lookups.
    seen = world.within(person, thing, "rows")
    hidden, masked = world.shut(person, thing.form)
    texts = {} if seen else {thing.id: f"id of {thing.key}"}
    for name, value in thing.values.items():
        if name in ("kind", "site", "marks") or (seen and name not in hidden | masked):
            continue
        for text in _forms_of(name, value):
            texts[text] = f"{name} of {thing.key}"
    return texts


def _forms_of(name: str, value: object) -> Iterator[str]:
    """Yield a value as it could be written."""
    match name:
        case "amount":
            yield str(value)
            yield f"{float(str(value)):,.2f}"
        case "phone" | "tel":
            yield str(value)[-8:]
            yield f"{str(value)[-8:-4]} {str(value)[-4:]}"
        case "parts":
            yield from (str(row["part"]) for row in value)  # type: ignore[attr-defined]  # rows
        case "paper":
            yield str(value[0])  # type: ignore[index]  # ids
        case _:
            yield str(value)
