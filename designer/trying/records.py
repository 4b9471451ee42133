"""What does somebody see of a record in a sandbox, and what can they do with it there?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from designer.trying.scratch import Scratch
from designer.trying.sentences import Sentences
from designer.trying.values import word_of
from engine.access.sight import sight_of
from engine.app import Form
from engine.outcomes import Missing
from engine.record import Record
from engine.wording import words
from runtime.scenarios.world import Named
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.read_approval import Seen, approvals_of, startable
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.read_record import Reading, read_record
from runtime.web.records.gate_view import items_of
from runtime.web.showing import stage_tone
from runtime.web.values.cells import Cells
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

LISTED = 60
BY_ID = "r_"
"""What the names of records begin with that no scenario can name."""
VERBS = {"return": "give_back", "resubmit": "hand_in"}
"""Verbs that a step has another word for."""
OFFERED = ("agree", "refuse", "return", "handle", "acknowledge", "resubmit")
"""What can be done with a task here without further questions."""


@dataclass(frozen=True)
class Line:
    """One record in the list."""

    name: str
    title: str
    stage: str
    tone: str


@dataclass(frozen=True)
class Value:
    """One value as it is seen, and as a scenario says it."""

    id: str
    label: str
    text: str
    word: str
    masked: bool


@dataclass(frozen=True)
class Shown:
    """One record as its page in the sandbox shows it."""

    name: str
    form: Form
    title: str
    owner: str
    stage: str
    tone: str
    reading: Reading
    values: tuple[Value, ...]
    missing: tuple[str, ...]
    evidence: tuple[Any, ...]
    approvals: tuple[Mapping[str, Any], ...]
    startable: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Eyes:
    """A sandbox as one person in it sees it."""

    scratch: Scratch
    visit: Visit
    """With that person in place of the designer."""

    @property
    def act(self) -> Act:
        """What they do."""
        return self.visit.act("form")

    @property
    def login(self) -> str:
        """Who it is."""
        return self.scratch.story.who

    def forms(self) -> list[Form]:
        """Return the forms of which they see records or make some, in the order of the menu."""
        app = self.scratch.app
        menu = [id_ for group in app.definition.menu for id_ in group.forms]
        known = [*(id_ for id_ in menu if id_ in app.forms), *app.forms]
        forms = (app.forms[id_] for id_ in dict.fromkeys(known))
        return [
            form
            for form in forms
            if (sight := sight_of(form, self.visit.person)).create or not sight.rows.none
        ]

    def lines(self, form: Form) -> list[Line]:
        """Return the records that they see of a form, latest first."""
        wanted = Wanted(sort=("-updated_at",), limit=LISTED, total=False)
        page = list_records(self.scratch.world.services, self.act, form, wanted)
        records: Iterable[Record] = getattr(page, "records", ())
        return [self._line(form, record) for record in records]

    def record(self, name: str) -> Shown | None:
        """Return one record, None if they don't see it."""
        named = self.scratch.world.names.get(name)
        if named is None:
            return None
        services = self.scratch.world.services
        reading = read_record(services, self.act, named.form, named.id)
        if isinstance(reading, Missing):
            return None
        cells = cells_for(services, self.visit, named.form, (reading.record,))
        return self._shown(name, reading, cells)

    def name(self, form: Form, id_: str) -> str:
        """Return what steps call a record; one without a name gets one for here."""
        world = self.scratch.world
        known = world.called(id_)
        if known != id_:
            return known
        name = f"{BY_ID}{id_}"
        world.names[name] = Named(form, id_)
        return name

    def _line(self, form: Form, record: Record) -> Line:
        stage = form.stage(record.stage)
        return Line(
            self.name(form, record.id),
            title_of(form, record, self.visit.locale),
            words(stage.label, self.visit.locale) if stage else "",
            stage_tone(form, record.stage),
        )

    def _shown(self, name: str, reading: Reading, cells: Cells) -> Shown:
        form, record, locale = reading.form, reading.record, self.visit.locale
        stage = form.stage(record.stage)
        seen = approvals_of(self.scratch.world.services, self.act, form, record.id)
        begun = startable(self.scratch.world.services, self.act, form, record.id)
        return Shown(
            name=name,
            form=form,
            title=title_of(form, record, locale),
            owner=cells.names.people.get(record.owner or "", ""),
            stage=words(stage.label, locale) if stage else "",
            tone=stage_tone(form, record.stage),
            reading=reading,
            values=tuple(self._values(reading, cells)),
            missing=tuple(one.message.fill(cells.translate, locale) for one in reading.missing),
            evidence=items_of(self.visit, reading, reading.next, cells) if reading.next else (),
            approvals=tuple(self._approval(one) for one in seen) if isinstance(seen, tuple) else (),
            startable=tuple((one.id, words(one.definition.label, locale)) for one in begun),
        )

    def _values(self, reading: Reading, cells: Cells) -> Iterator[Value]:
        form, record, world = reading.form, reading.record, self.scratch.world
        for id_, field in form.fields.items():
            if id_ in reading.sight.hidden:
                continue
            value, masked = record.values.get(id_), id_ in reading.sight.masked
            word = value if masked else word_of(world, field, value)
            yield Value(
                id_,
                words(field.label, self.visit.locale),
                cells.text(form, id_, value),
                "" if word is None or isinstance(word, list | dict) else str(word),
                masked,
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
            "own": [(one.task.step or "", [verb for verb in one.verbs if verb in OFFERED])
                    for one in seen.own],
            "withdraw": seen.withdraw,
        }  # fmt: skip


def call_by_id(scratch: Scratch, form: str, name: str) -> None:
    """Let a record that has no name in the story be called by its id, as `r_…`."""
    known, world = scratch.app.forms.get(form), scratch.world
    if known is None or name in world.names or not name.startswith(BY_ID):
        return
    id_ = name.removeprefix(BY_ID)
    with world.services.store.reading() as unit:
        if unit.records.one(known, id_) is not None:
            world.names[name] = Named(known, id_)


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
