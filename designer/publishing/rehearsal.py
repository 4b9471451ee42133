"""What would an upgrade do to the records, judged by doing it on a copy of all of them?"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from designer.drafts.impact import Met, impact_of
from designer.publishing.rehearsed_scenarios import play_both
from engine.app import App
from engine.editing.draft import open_draft
from engine.editing.edits import Target
from engine.editing.mending import mended
from engine.editing.merge import Choices, Stuck
from engine.editing.three_way import Side
from engine.record import Actor
from engine.wording import Message, Said
from runtime.packages.blocking import breaking_for
from runtime.services import Services
from runtime.store.migrate.change import Change, Migration
from runtime.store.removal import Removal
from runtime.store.told import told
from runtime.workspace.copied import copied
from runtime.workspace.meeting import Sides, conflicts_in, sides_of
from runtime.workspace.upgrade import Upgraded, upgrade_app

Progress: TypeAlias = Callable[[int, int], None]
Told: TypeAlias = dict[str, Any]
STEPS = 4
"""What there is to do besides the scenarios."""
MOST_TEXTS = 5
CHANGES = {
    "added": Message("新增"),
    "renamed": Message("换标识"),
    "retyped": Message("换类型"),
    "dropped": Message("收起"),
}


class NotRehearsed(Exception):
    """The two can't be brought together as decided: there is nothing to rehearse."""


@dataclass(frozen=True)
class Wish:
    """Which upgrade is rehearsed."""

    files: Mapping[str, bytes]
    """Of the new version, as its package has them."""
    choices: Choices
    """What is not decided stays as it is here."""
    scenarios: bool = True


def rehearse(services: Services, actor: Actor, wish: Wish, progress: Progress) -> Told:
    """Upgrade a copy of the workspace and say, as plain data, what that met: rows of each form
    before and after, what the migration did, which records would be blocked, which rules would
    have gone off, what breaks, and the scenarios before and after. The original is only read."""
    new = open_draft(wish.files)
    with services.store.reading() as unit:
        sides = sides_of(unit, new)
    choices = _decided(sides, wish.choices)
    online, draft = sides.met(choices)
    if isinstance(online, Stuck) or isinstance(draft, Stuck):
        raise NotRehearsed
    began = time.monotonic()
    progress(0, STEPS)
    with copied(services) as copy:
        seconds = {"copy": _since(began)}
        progress(1, STEPS)
        found = _upgraded(copy, actor, replace(wish, choices=choices), sides, online.draft.app)
    progress(STEPS - 1, STEPS)
    found["seconds"] = {**seconds, **found["seconds"]}
    if wish.scenarios:
        found["scenarios"] = play_both(mended(sides.online), mended(online.draft), progress)
    return {
        **found,
        "before": sides.online.app.definition.version,
        "version": new.app.definition.version,
        "revision": sides.revision,
        "open": len([one for one in choices if one not in wish.choices]),
    }


def _upgraded(copy: Services, actor: Actor, wish: Wish, sides: Sides, new: App) -> Told:
    id_, began = new.id, time.monotonic()
    old = copy.apps.get(id_)
    # What it is judged by is read before the tables change.
    met = impact_of(copy, actor, new) if old else ()
    broken = breaking_for(copy, new)
    with copy.store.reading() as unit:
        rows = Removal(unit, id_).records()
    seconds, began = {"judge": _since(began)}, time.monotonic()
    done = upgrade_app(copy, wish.files, choices=wish.choices)
    if not isinstance(done, Upgraded):
        raise NotRehearsed
    with copy.store.reading() as unit:
        rows_after = Removal(unit, id_).records()
    before = sides.online.app
    return {
        "forms": _forms(before, done.app, rows, rows_after),
        "migration": _migration(done.app, before, done.report),
        "met": [_met(one) for one in met],
        "breaking": [
            {"code": one.code, "what": told(one.message), "count": count} for one, count in broken
        ],
        "seconds": {**seconds, "migrate": _since(began)},
    }


def _decided(sides: Sides, choices: Choices) -> dict[Target, Side]:
    """Return choices for everything that meets: where nothing is decided, ours stands."""
    found: dict[Target, Side] = dict(choices)
    for _ in range(STEPS):
        missing = [one for one in conflicts_in(*sides.met(found)) if one.target not in found]
        if not missing:
            break
        found.update({one.target: "mine" for one in missing})
    return found


def _forms(old: App, new: App, before: Mapping[str, int], after: Mapping[str, int]) -> list[Told]:
    """Return how many records each form has, by its name; one that goes keeps its own."""
    heirs = {form.definition.formerly: id_ for id_, form in new.forms.items()}
    found = [
        {
            "label": told(Said(form.definition.label)),
            "before": before.get(id_, 0),
            "after": after.get(id_, after.get(heirs.get(id_, ""))),
        }
        for id_, form in old.forms.items()
    ]
    known = {*old.forms, *(heirs[id_] for id_ in old.forms if id_ in heirs)}
    fresh = [form for id_, form in new.forms.items() if id_ not in known]
    return found + [
        {"label": told(Said(form.definition.label)), "before": None, "after": after.get(form.id, 0)}
        for form in fresh
    ]


def _migration(app: App, before: App, report: Migration) -> Told:
    left = Counter((one.form, one.field) for one in report.leftovers)
    texts = {place: _texts(report, place) for place in left}
    return {
        "changes": [told(_changed(app, before, one)) for one in report.changes],
        "leftovers": [
            {"what": told(_named(app, before, *place)), "count": count, "texts": texts[place]}
            for place, count in left.items()
        ],
        "repeated": [told(_named(app, before, *place)) for place in report.repeated],
    }


def _texts(report: Migration, place: tuple[str, str]) -> list[str]:
    found = [one.text for one in report.leftovers if (one.form, one.field) == place]
    return list(dict.fromkeys(found))[:MOST_TEXTS]


def _changed(app: App, before: App, one: Change) -> Message:
    named = _named(app, before, one.form, one.field, one.cell)
    return Message("{what}：{place}", what=CHANGES[one.what], place=named)


def _named(
    app: App, before: App, form: str, field: str | None = None, cell: str | None = None
) -> Message:
    there = app.forms.get(form) or before.forms.get(form)
    label = there.definition.label if there else form
    if field is None:
        return Message("表单“{name}”", name=label)
    sides = [each.forms[form].fields for each in (app, before) if form in each.forms]
    known = next((fields[field] for fields in sides if field in fields), None)
    cells = {one.id: one.label for one in getattr(known, "fields", ())}
    name = cells.get(cell or "") or (known.label if known else field)
    return Message("“{form}”的“{field}”", form=label, field=name)


def _met(one: Met) -> Told:
    items = [{"text": each.text, "href": each.href, "more": _more(each.more)} for each in one.items]
    return {
        "kind": one.kind, "message": told(one.message), "items": items, "unlisted": one.unlisted,
        "part": told(one.part) if one.part else None,
    }  # fmt: skip


def _more(said: str | Message) -> Any:
    return said if isinstance(said, str) else told(said)


def _since(began: float) -> float:
    return round(time.monotonic() - began, 1)
