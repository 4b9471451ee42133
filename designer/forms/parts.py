"""Which parts of the canvas must be drawn anew after edits, and what do they look like?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from designer.forms.canvas import Body, Canvas, Part
from designer.forms.sample import sample_inputs
from designer.frame import drafted
from designer.speech import Speech
from engine.app import Form
from engine.definition.form import SectionDef
from engine.editing.draft import Draft
from engine.editing.edits import Target
from engine.wording import Message
from runtime.services import Services
from runtime.web.showing import show
from runtime.web.visit import Visit

if TYPE_CHECKING:
    from designer.views import Seen

NEW_SECTION = Message("新分组")
SECTION, FIELD = 3, 5
"""How many steps it takes to a section, and to a field of one."""


def file_of(draft: Draft, form: str) -> str:
    """Return the file in which a form stands. The places of an app would tell too, but are worked
    out for the whole of it, anew after each edit."""
    for path, (first, *_) in draft.documents.items():
        if first.kind == "form" and first.data.get("form") == form:
            return path
    raise LookupError(form)


@dataclass(frozen=True, kw_only=True)
class Painter:
    """Draws one form of a draft."""

    services: Services
    visit: Visit
    draft: Draft
    form: Form
    chosen: Target | None = None

    @property
    def file(self) -> str:
        """Where the form stands."""
        return file_of(self.draft, self.form.id)

    @property
    def speech(self) -> Speech:
        """The words for the form."""
        apps = drafted(self.services, self.draft).apps
        return Speech(apps, self.form, self.visit.locale)

    @property
    def canvas(self) -> Canvas:
        """What its parts are made with."""
        chosen = tuple(map(str, self.chosen)) if self.chosen else None
        return Canvas(speech=self.speech, file=self.file, chosen=chosen)

    def inputs(self, ids: Iterable[str]) -> dict[str, Any]:
        """Return some fields as the runtime draws them."""
        return sample_inputs(self.services, self.draft.app, self.form, ids, self.visit.locale)

    def body(self) -> Body:
        """Return the whole form."""
        inputs, canvas = self.inputs(self.form.fields), self.canvas
        speech, definition = self.speech, self.form.definition
        seed = {"label": speech.fill(NEW_SECTION), "fields": []}
        return Body(
            pages=canvas.pages(canvas.part(section, inputs) for section in definition.sections),
            label=speech.words(definition.label),
            tabs_target=canvas.target("tabs"),
            sections_target=canvas.target("sections"),
            new_section=json.dumps(seed, ensure_ascii=False),
        )

    def head(self) -> tuple[str, str, str, bool]:
        """Return the name of the form, its help, its address, and whether it is chosen."""
        speech, definition = self.speech, self.form.definition
        chosen = self.chosen == (self.file,)
        return (
            speech.words(definition.label),
            speech.words(definition.help),
            self.canvas.target(),
            chosen,
        )

    def parts(self, touched: Sequence[Target]) -> dict[str, str]:
        """Return what must be drawn anew where something was touched, by its place in the page."""
        within = [target for target in touched if target and target[0] == self.file]
        found: dict[str, str] = {}
        if any(len(target) < SECTION and target[1:] not in _UNSEEN for target in within):
            found["paper-head"] = self._drawn("paper", self.head())
        if any(target[1:2] == ("tabs",) or target[SECTION:] == ("tab",) for target in within):
            return {**found, "paper-body": self._drawn("body", self.body())}
        if any(len(target) <= SECTION and target[1:2] in ((), ("sections",)) for target in within):
            empty = [self._empty(section) for section in self.form.definition.sections]
            for page in self.canvas.pages(empty):
                found[f"order-of-sections-{page.id}"] = self._drawn("sections", page)
        for section in self.form.definition.sections:
            own = [target for target in within if target[1:SECTION] == ("sections", section.id)]
            found.update(self._of_section(section, own))
        if any(len(target) in (FIELD - 1, FIELD) for target in within):
            for section in self.form.definition.sections:
                found[f"order-{section.id}"] = self._drawn("order", self._empty(section))
        return found

    def _of_section(self, section: SectionDef, touched: list[Target]) -> Iterator[tuple[str, str]]:
        if not touched:
            return
        whole = any(len(target) == SECTION or target[SECTION] == "columns" for target in touched)
        if whole:
            inputs = self.inputs(field.id for field in section.fields)
            part = self.canvas.part(section, inputs)
            yield f"section-{section.id}", self._drawn("section", part)
            return
        if any(target[SECTION] != "fields" for target in touched):
            yield f"head-{section.id}", self._drawn("head", self._empty(section))
        known = {field.id: field for field in section.fields}
        ids = {str(target[FIELD - 1]) for target in touched if len(target) >= FIELD}
        inputs = self.inputs(ids & set(known))
        for id_, drawn in inputs.items():
            place = self.canvas.place(section, known[id_], drawn)
            yield f"at-{id_}", self._drawn("field", place)

    def _empty(self, section: SectionDef) -> Part:
        """Return a section without drawing its fields."""
        return self.canvas.part(section, {})

    def _drawn(self, what: str, one: object) -> str:
        template = "design/canvas_part.html"
        html: str = show(self.services, self.visit, template, nav=None, what=what, one=one)
        return html.strip()


_UNSEEN = (("list",), ("access",), ("stages",), ("board",), ("related",))
"""Keys of a form that nothing on the canvas tells of."""


def form_changes(seen: Seen, touched: Sequence[Target]) -> dict[str, str | None]:
    """Return the parts of the canvas that changed with what was touched."""
    form = seen.draft.app.forms.get(seen.subject)
    if form is None or not touched:
        return {}
    painter = Painter(
        services=seen.services,
        visit=seen.visit,
        draft=seen.draft,
        form=form,
        chosen=seen.chosen,
    )
    return {**painter.parts(touched)}
