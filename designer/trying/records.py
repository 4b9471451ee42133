"""What of a record in a sandbox can be expected, as somebody sees it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from designer.trying.asked import name_of
from designer.trying.scratch import Scratch
from designer.trying.sentences import Sentences
from designer.trying.values import spoken
from engine.app import Form
from engine.outcomes import Missing
from engine.record import Record
from engine.wording import words
from runtime.use_cases.approvals.read_approval import Seen, approvals_of
from runtime.use_cases.read_record import Reading, read_record
from runtime.web.values.cells import Cells
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit


@dataclass(frozen=True)
class Value:
    """One value as it is seen, and as a scenario says it."""

    id: str
    label: str
    text: str
    word: str


@dataclass(frozen=True)
class Shown:
    """One record of which something can be expected."""

    name: str
    form: Form
    title: str
    owner: str
    stage: str
    reading: Reading
    values: tuple[Value, ...]
    approvals: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Eyes:
    """A sandbox as one person in it sees it."""

    scratch: Scratch
    visit: Visit
    """With that person in place of the designer."""

    def record(self, form: Form, id_: str) -> Shown | None:
        """Return one record, None if they don't see it."""
        services = self.scratch.world.services
        reading = read_record(services, self.visit.act("form"), form, id_)
        if isinstance(reading, Missing):
            return None
        locale, record = self.visit.locale, reading.record
        cells = cells_for(services, self.visit, form, (record,))
        stage = form.stage(record.stage)
        seen = approvals_of(services, self.visit.act("form"), form, id_)
        return Shown(
            name=name_of(self.scratch.world, form, id_),
            form=form,
            title=title_of(form, record, locale),
            owner=cells.names.people.get(record.owner or "", ""),
            stage=words(stage.label, locale) if stage else "",
            reading=reading,
            values=tuple(self._values(reading, cells)),
            approvals=tuple(self._approval(one) for one in seen) if isinstance(seen, tuple) else (),
        )

    def _values(self, reading: Reading, cells: Cells) -> Iterator[Value]:
        form, record, world = reading.form, reading.record, self.scratch.world
        for id_, field in form.fields.items():
            if id_ in reading.sight.hidden:
                continue
            value, masked = record.values.get(id_), id_ in reading.sight.masked
            word = value if masked else spoken(world, field, value)
            yield Value(
                id_,
                words(field.label, self.visit.locale),
                cells.text(form, id_, value),
                "" if word is None or isinstance(word, list | dict) else str(word),
            )

    def _approval(self, seen: Seen) -> Mapping[str, Any]:
        world = self.scratch.world
        with world.services.store.reading() as unit:
            waiting = unit.tasks.of_approval(seen.approval.id, state="open")
            names = unit.people.names({task.person for task in waiting})
        logins = {actor.id: login for login, actor in world.people.items()}
        return {
            "workflow": seen.workflow.id,
            "label": words(seen.workflow.definition.label, self.visit.locale),
            "state": seen.approval.outcome or "running",
            "waiting": [(logins.get(task.person, ""), names.get(task.person, ""))
                        for task in waiting],
        }  # fmt: skip


def eyes_of(scratch: Scratch, visit: Visit) -> Eyes:
    """Return a sandbox as the person sees it as whom the designer looks."""
    actor = scratch.world.act(scratch.story.who).actor
    return Eyes(scratch, replace(visit, actor=replace(actor, locale=visit.locale)))


def title_of(form: Form, record: Record, locale: str) -> str:
    """Return what a record is called."""
    field = form.fields[form.definition.title]
    value = record.values.get(field.id)
    return field.show(value, locale) if isinstance(value, str) else str(value or "")


def sentences_of(scratch: Scratch, locale: str) -> tuple[Sentences, Mapping[str, str]]:
    """Return what says the steps of a sandbox, and the titles of its records by their ids."""
    world = scratch.world
    by_form: dict[str, list[tuple[str, str]]] = {}
    for name, named in world.names.items():
        by_form.setdefault(named.form.id, []).append((name, named.id))
    records: dict[str, tuple[str, str]] = {}
    titles: dict[str, str] = {}
    with world.services.store.reading() as unit:
        for form_id, pairs in by_form.items():
            form = world.app.forms[form_id]
            ids = [id_ for _, id_ in pairs]
            found = unit.records.many(form, ids, deleted=True, sides=False)
            titles |= {id_: title_of(form, one, locale) for id_, one in found.items()}
            records |= {name: (form_id, titles.get(id_, "")) for name, id_ in pairs}
    people = {login: actor.name for login, actor in world.people.items()}
    return Sentences(app=world.app, locale=locale, people=people, records=records), titles
