"""Which people and departments can be chosen from a list of all?"""

from __future__ import annotations

from runtime.services import Services

MOST = 200

Choices = tuple[tuple[str, str], ...]


def people_to_choose(services: Services) -> Choices:
    """Return the people who are active."""
    with services.store.reading() as unit:
        return tuple((each.id, each.name) for each in unit.people.list(limit=MOST))


def departments_to_choose(services: Services) -> Choices:
    """Return all departments, those below others moved in."""
    with services.store.reading() as unit:
        tree = unit.people.departments.tree()
    return tuple((each.id, "\u3000" * each.depth + each.name) for each in tree)
