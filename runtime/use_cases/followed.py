"""What do the rules in somebody's browser need of the records that references point to?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.access.sight import sight_of
from engine.app import Form
from engine.forms.plan import plan_of
from engine.forms.rules import Dotted
from runtime.services import Services
from runtime.store import Unit
from runtime.store.links import Target, field_target, target_of, target_of_people
from runtime.use_cases.act import Act
from runtime.use_cases.live_rules import LiveRules, Tree
from runtime.use_cases.preview_record import Preview

Row = Mapping[str, Any]
Followed = Mapping[Dotted, Mapping[str, Row | None]]
"""By reference and id. None: the person may not see that record, so the rules stay here."""


def followed(services: Services, act: Act, preview: Preview, rules: LiveRules) -> Followed:
    """Return what the references of a record point to now, no more than rules read of it."""
    if not rules.follows:
        return {}
    with services.store.reading() as unit:
        reading = _Reading(services, unit, act, preview)
        return {place: dict(reading.at(place, tree)) for place, tree in rules.follows.items()}


@dataclass
class _Reading:
    services: Services
    unit: Unit
    act: Act
    preview: Preview
    _seen: dict[tuple[str, str, str], bool] = field(default_factory=dict)

    def at(self, place: Dotted, tree: Tree) -> Iterator[tuple[str, Row | None]]:
        """Yield each record that a reference points to, here or in the rows of a line field."""
        form, name = self.preview.form, place[-1]
        rows: Iterable[Row] = (self.preview.facts,)
        goal = target_of(form, name)
        if len(place) > 1:
            part = plan_of(form).line_fields[place[0]]
            goal, rows = field_target(part.field.cells[name]), self.preview.facts[place[0]] or ()
        if goal is None:
            return
        pairs = {row[name]: row.get(f"{name}.") for row in rows if isinstance(row.get(name), str)}
        self._look_up(form.app, goal, pairs)
        for id_, there in pairs.items():
            yield id_, self._cut(form.app, goal, id_, there, tree)

    def _cut(self, app: str, goal: Target, id_: str, there: Row | None, tree: Tree) -> Row | None:
        if not self._may_see(app, goal, id_):
            return None
        if there is None:
            return {}
        kept: dict[str, Any] = {}
        for name, further in tree.items():
            kept[name] = there.get(name)
            if not further or there.get(name) is None:
                continue
            beyond, home = self._beyond(app, goal, name)
            if beyond is None:
                return None
            inner = self._cut(home, beyond, str(there[name]), there.get(f"{name}."), further)
            if inner is None:
                return None
            kept[f"{name}."] = inner
        return kept

    def _beyond(self, app: str, goal: Target, name: str) -> tuple[Target | None, str]:
        if goal.form is None:
            return target_of_people(goal.kind, name), app
        form = self._form(app, goal)
        return (target_of(form, name), form.app) if form else (None, app)

    def _form(self, app: str, goal: Target) -> Form | None:
        own, _, name = str(goal.form).rpartition(".")
        return self.services.form(own or app, name)

    def _may_see(self, app: str, goal: Target, id_: str) -> bool:
        form = None if goal.form is None else self._form(app, goal)
        if form is None:
            return goal.form is None
        key = (form.app, form.id, id_)
        if key not in self._seen:
            self._look_up(app, goal, (id_,))
        return self._seen[key]

    def _look_up(self, app: str, goal: Target, ids: Iterable[str]) -> None:
        form = None if goal.form is None else self._form(app, goal)
        if form is None:
            return
        sight = sight_of(form, self.act.actor)
        wanted = tuple(ids)
        actor, env = self.act.actor, self.preview.env
        seen = self.unit.query.visible(form, sight, actor, env, wanted)
        self._seen |= {(form.app, form.id, id_): id_ in seen for id_ in wanted}
