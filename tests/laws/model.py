"""Who may see and do what: the reference that every answer is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

DEPARTMENTS = {"whole": None, "north": "whole", "near": "north", "south": "whole"}
OF_BOTH = ('kind = "a"', 'owner = user.id or kind = "b"')
OF_ITEMS = (
    'site.kind = "a"',
    "some p in parts satisfies p.qty > 3",
    "count(parts) > 1",
    'some p in parts satisfies p.at.kind = "a"',
    'list contains(marks, "red")',
)
"""Rules that look into other records, lines and tags."""
Grant = Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    login: str
    department: str
    roles: tuple[str, ...]


@dataclass
class Thing:
    """One record; `values` are as the API gives them."""

    form: str
    key: str
    owner: str
    department: str
    deleted: bool
    values: dict[str, Any]
    id: str = ""


@dataclass
class World:
    """Roles with their grants by form, people, and records."""

    grants: Mapping[str, Mapping[str, Grant]]
    people: tuple[Person, ...]
    things: list[Thing] = field(default_factory=list)

    def of(self, person: Person, form: str) -> list[Grant]:
        return [self.grants[role][form] for role in person.roles if form in self.grants[role]]

    def shut(self, person: Person, form: str) -> tuple[set[str], set[str]]:
        """Return what is hidden and what is masked: only what is so in every role that sees."""
        grants = self.of(person, form)
        seeing = [grant for grant in grants if grant["rows"] != "none"] or grants
        hidden = set.intersection(*(set(g["hide"]) for g in seeing)) if seeing else set()
        masked = set.intersection(*({*g["hide"], *g["mask"]} for g in seeing)) if seeing else set()
        return hidden, masked - hidden

    def within(self, person: Person, thing: Thing, right: str) -> bool:
        """Tell whether one of the person's roles has the right on the record."""
        for grant in self.of(person, thing.form):
            scope = grant["rows"] if grant[right] is True else grant[right]
            if scope and self._covers(scope, person, thing):
                return True
        return False

    def sees(self, person: Person, thing: Thing) -> bool:
        return not thing.deleted and self.within(person, thing, "rows")

    def may(self, person: Person, thing: Thing, right: str) -> bool:
        return self.sees(person, thing) and self.within(person, thing, right)

    def visible(self, person: Person, form: str) -> list[Thing]:
        return [one for one in self.things if one.form == form and self.sees(person, one)]

    def site_of(self, thing: Thing) -> Thing | None:
        return self.site(thing.values.get("site"))

    def site(self, id_: str | None) -> Thing | None:
        return next((one for one in self.things if id_ is not None and one.id == id_), None)

    def _covers(self, scope: str, person: Person, thing: Thing) -> bool:
        own, kind = thing.owner == person.login, thing.values.get("kind")
        covered = {
            "all": True,
            "own": own,
            "department": thing.department == person.department,
            "tree": person.department in _upwards(thing.department),
            'kind = "a"': kind == "a",
            'owner = user.id or kind = "b"': own or kind == "b",
        }
        return covered[scope] if scope in covered else self._ruled(scope, thing)

    def _ruled(self, scope: str, thing: Thing) -> bool:
        """Tell what a rule over the record's site, lines or tags says."""
        if scope not in OF_ITEMS:
            return False
        site, parts = self.site_of(thing), thing.values["parts"]
        counted = (row["qty"] for row in parts)
        placed = (self.site(row["at"]) for row in parts)
        return {
            'site.kind = "a"': site is not None and site.values["kind"] == "a",
            "some p in parts satisfies p.qty > 3": any(qty > 3 for qty in counted),
            "count(parts) > 1": len(parts) > 1,
            'some p in parts satisfies p.at.kind = "a"': any(
                one is not None and one.values["kind"] == "a" for one in placed
            ),
            'list contains(marks, "red")': "red" in thing.values["marks"],
        }[scope]

    def enters(self, person: Person, form: str) -> bool:
        """Tell whether there could be a record that the person sees."""
        return any(grant["rows"] != "none" for grant in self.of(person, form))


def _upwards(code: str | None) -> Iterator[str]:
    while code is not None:
        yield code
        code = DEPARTMENTS[code]
