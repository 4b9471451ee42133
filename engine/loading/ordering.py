"""In which order are formulas worked out, and do any wait for each other?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from engine.app import Logic
from engine.expressions import Compiled
from engine.loading.outline import Outline
from engine.problems import Location, Problem
from engine.wording import Message

Place = tuple[str, ...]
"""A formula of the record, as ("total",), or of the rows of a line field, as ("items", "sum")."""


def formula_order(
    form: Outline, formulas: Mapping[str, Compiled], lines: Mapping[str, Logic]
) -> tuple[tuple[Place, ...], list[Problem]]:
    """Return all formulas of a form so that each comes after what it reads, or the circles."""
    all_: dict[Place, Compiled] = {(id_,): compiled for id_, compiled in formulas.items()}
    for field, logic in lines.items():
        all_.update({(field, id_): compiled for id_, compiled in logic.formulas.items()})
    waits = {place: set(_inputs(place, compiled, all_)) for place, compiled in all_.items()}
    problems: list[Problem] = []
    while True:
        try:
            return tuple(TopologicalSorter(waits).static_order()), problems
        except CycleError as circle:
            places: list[Place] = circle.args[1]
            problems.append(_circle(form, places))
            for place in places:
                waits.pop(place, None)
            waits = {place: inputs - set(places) for place, inputs in waits.items()}


def _inputs(place: Place, compiled: Compiled, all_: Mapping[Place, Compiled]) -> Iterator[Place]:
    for path in compiled.reads:
        for start in _meant(place, path):
            if start in all_:
                yield start


def _meant(place: Place, path: tuple[str, ...]) -> Iterator[Place]:
    if len(place) == 1:
        yield path[:1]
        yield path[:2]
    elif path[0] == "record":
        yield path[1:2]
        yield path[1:3]
    else:
        yield (place[0], path[0])


def _circle(form: Outline, places: list[Place]) -> Problem:
    # The sorter tells the circle against the direction of reading.
    names = [".".join(place) for place in reversed(places)]
    first = min(range(len(names) - 1), key=lambda at: names[at]) if len(names) > 1 else 0
    turned = [*names[first:-1], *names[: first + 1]]
    message = Message("公式互相引用，算不出来：{circle}", circle=" → ".join(turned))
    return Problem(_place_of(form, turned[0]), "formula.circle", message)


def _place_of(form: Outline, name: str) -> Location:
    head, _, cell = name.partition(".")
    field, spot = next((field, spot) for field, spot in form.placed_fields if field.id == head)
    for at, inner in enumerate(getattr(field, "fields", ())):
        if inner.id == cell:
            spot = spot / "fields" / at
    return (spot / "feel").at
