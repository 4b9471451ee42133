"""Which questions would tell about a value that is not shown, if they were answered?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from tests.laws.model import World

ITEMS = (
    'note < "m"',
    'not(note < "m")',
    "amount > 5000000",
    'phone > "+861385"',
    'code < "m"',
    'site_phone > "+861385"',
    'site.code < "m"',
    'not(site.code < "m")',
    'string length(site.code) > 0 and site.tel > "+861385"',
    "if site.name = null then true else false",
    'some p in parts satisfies p.part < "m"',
    'some p in parts satisfies p.at.code < "m"',
    'some p in parts satisfies p.at_code < "m"',
    'every p in parts satisfies p.at.name < "m"',
    'count(parts[part < "m"]) > 0',
    'kind = "a" or contains(note, "b")',
    'name + note < "m"',
)
SITES = ('code < "m"', 'not(tel > "+861385")', 'name < "m"', 'kind = "a" and code < "m"')
PROBES = {"item": ITEMS, "site": SITES}
MEASURES = {
    "item": (
        "count",
        "sum:amount,avg:amount,min:amount,max:amount",
        "min:note,max:note,distinct:note,count:note",
        "min:code,max:code,distinct:code",
        "min:site.code,max:site.tel,distinct:site.name",
        "distinct:site,count:site,min:phone,max:site_phone",
    ),
    "site": ("min:code,max:code,distinct:code", "min:tel,max:tel", "min:name,max:name"),
}
KEYS = (
    "site",
    "code",
    "site.code",
    "site.kind",
    "site.name",
    "note",
    "kind,site",
    "month:created_at",
)


def probes(world: World, api: str, app: str) -> Iterator[str]:
    """Yield questions whose answers would differ if a value that is not shown took part."""
    for form, texts in PROBES.items():
        records, page = f"{api}/{form}", f"/a/{app}/{form}"
        for feel in texts:
            asked = quote(json.dumps({"feel": feel}))
            yield f"{page}/?feel={quote(feel)}"
            yield f"{records}/records?total=true&filter={asked}"
            yield f"{records}/aggregate?measures=count&filter={asked}"
            yield f"POST {page}/filter/check?{urlencode({'feel': feel})}"
        yield from (f"{records}/aggregate?measures={measures}" for measures in MEASURES[form])
        yield from (f"{page}/filter/words", f"{page}/export")
    yield from (f"{api}/item/aggregate?by={key}&measures=count" for key in KEYS)
    yield from (f"/a/{app}/item/board?feel={quote(feel)}" for feel in ITEMS[::4])


def explanations(world: World, api: str, app: str) -> Iterator[str]:
    """Yield the questions why each record is as it is."""
    for thing in world.things:
        yield f"{api}/{thing.form}/records/{thing.id}/why"
        yield f"/a/{app}/{thing.form}/{thing.id}/why"


def typing(world: World, app: str) -> Iterator[str]:
    """Yield what a browser asks while somebody fills in a form, and tries out references."""
    live = f"POST /a/{app}/item/live"
    sites = [thing for thing in world.things if thing.form == "site"]
    for thing in world.things:
        if thing.form == "item":
            yield f"{live}?{urlencode({'_record': thing.id, 'name': 'it'})}"
    for site in sites:
        first = {"parts-0-part": "it", "parts-0-at": site.id}
        yield f"{live}?{urlencode({'name': 'it', 'site': site.id})}"
        yield f"{live}?{urlencode({'name': 'it', **first})}"
        yield f"{live}?{urlencode({'_record': world.things[-1].id, 'site': site.id, **first})}"
        yield f"/a/{app}/item/new?site={site.id}"
        yield f"/a/{app}/site/choices?_for={app}.item.site&q={site.values['name']}"
