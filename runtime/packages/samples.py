"""How do the sample records of an app go again, without taking anybody's work along?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.access.sight import SEES_ALL
from engine.app import App, Form
from engine.record import Actor, Record
from runtime.services import Services
from runtime.store import Unit
from runtime.store.samples import Sample
from runtime.use_cases.act import Act
from runtime.use_cases.delete_record import put_away
from runtime.use_cases.reach import begin

AT_ONCE = 50
"""Records in one transaction: others want to write meanwhile."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class SampleState:
    """What has become of the samples of an app."""

    untouched: tuple[Sample, ...] = ()
    changed: tuple[Sample, ...] = ()
    """Somebody has done something with them since they came."""
    linked: tuple[Sample, ...] = ()
    """Something that people made points to them."""

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.untouched) + len(self.changed) + len(self.linked)


def sample_state(services: Services, app: App) -> SampleState:
    """Return which samples of an app are as they came, which are not, and which are needed."""
    with services.store.reading() as unit:
        return _state(unit, app)


def remove_samples(
    services: Services, actor: Actor, app: App, *, changed: bool, progress: Progress
) -> int:
    """Put the samples of an app that nobody touched into the recycle bin, with `changed` those
    too that somebody did something with; what people's own records point to stays. No rule
    follows from it. Return how many went."""
    state = sample_state(services, app)
    going = (*state.untouched, *(state.changed if changed else ()))
    for start in range(0, len(going), AT_ONCE):
        progress(start, len(going))
        with services.store.unit() as unit:
            _put_away(services, unit, actor, app, going[start : start + AT_ONCE])
    with services.store.unit() as unit:
        if not _state(unit, app).total:
            unit.samples.forget(app.id, [one.record for one in unit.samples.of(app.id)])
    return len(going)


def _state(unit: Unit, app: App) -> SampleState:
    handled = unit.samples.handled(app.id)
    untouched, changed, linked = [], [], []
    by_form: dict[str, list[Sample]] = {}
    for one in unit.samples.of(app.id):
        by_form.setdefault(one.form, []).append(one)
    for id_, samples in by_form.items():
        form = app.forms.get(id_)
        if form is None:
            continue
        there = unit.records.many(form, [one.record for one in samples])
        needed = unit.samples.pointed_at(form, there)
        for one in samples:
            if one.record not in there:
                continue
            if one.record in needed:
                linked.append(one)
            elif one.record in handled:
                changed.append(one)
            else:
                untouched.append(one)
    return SampleState(untouched=tuple(untouched), changed=tuple(changed), linked=tuple(linked))


def _put_away(
    services: Services, unit: Unit, actor: Actor, app: App, samples: tuple[Sample, ...]
) -> None:
    act = Act(actor=actor, door="system", unheard=True)
    found: Mapping[str, list[str]] = {}
    for one in samples:
        found = {**found, one.form: [*found.get(one.form, ()), one.record]}
    for id_, ids in found.items():
        form: Form = app.forms[id_]
        work = replace(begin(services, unit, act, form), sight=SEES_ALL)
        records: Mapping[str, Record] = unit.records.many(form, ids)
        for record in records.values():
            put_away(work, record)
        unit.samples.forget(app.id, ids)
