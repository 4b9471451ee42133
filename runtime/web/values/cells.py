"""How does a value look: in a cell of a list, on the record page, in a sentence?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from engine.app import App, Form
from engine.field import Field
from engine.record import Value
from engine.sources import source_of
from engine.typed.rich import harmless, plain_words
from engine.wording import Translate, words
from runtime.use_cases.name_values import Names, target_of
from runtime.web.showing import stage_tone
from runtime.web.values import shapes


def _(text: str) -> str:
    """Mark a text for translation; it is translated when it is shown."""
    return text


NOTHING = Markup('<span class="muted">—</span>')

PEOPLE = frozenset({"owner", "created_by", "updated_by"})
SYSTEM_LABELS = {
    "id": _("编号"),
    "owner": _("负责人"),
    "department": _("所属部门"),
    "pipeline": _("流程"),
    "stage": _("阶段"),
    "stage_entered_at": _("进入阶段时间"),
    "created_at": _("创建时间"),
    "created_by": _("创建人"),
    "updated_at": _("更新时间"),
    "updated_by": _("更新人"),
    "last_activity_at": _("最近动态"),
    "deleted_at": _("删除时间"),
}
MOMENTS = frozenset(
    {"stage_entered_at", "created_at", "updated_at", "last_activity_at", "deleted_at"}
)


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Values as HTML and as words, for one visitor and the records that were named."""

    app: App
    names: Names
    locale: str
    translate: Translate
    zone: ZoneInfo

    def cell(self, form: Form, id_: str, value: Value) -> Markup:
        """Return a value as one line: for lists, boards and headers."""
        return self._drawn(form, id_, value, BRIEF)

    def show(self, form: Form, id_: str, value: Value) -> Markup:
        """Return a value as large as it is: for the record page."""
        return self._drawn(form, id_, value, {**BRIEF, **LARGE})

    def text(self, form: Form, id_: str, value: Value) -> str:
        """Return a value in plain words: for the timeline and for titles."""
        if value is None or value == ():
            return ""
        if form.fields.get(id_) is None:
            return self._system_text(form, id_, value)
        return self.text_of(form, source_of(self.app, form, form.fields[id_]), value)

    def text_of(self, form: Form, field: Field, value: Value) -> str:
        """Return a value of a field that may be a cell of a row in plain words."""
        named = self._named(form, field, value)
        if named is not None:
            return self._listed(named)
        if field.type == "rich_text":
            return plain_words(str(value))
        return field.show(value, self.locale)

    def moment(self, value: datetime) -> str:
        """Return a moment where the workspace is, to the minute."""
        return value.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")

    def say(self, text: str) -> str:
        """Return a text of the code in the visitor's language."""
        return self.translate(text)

    def system_label(self, id_: str) -> str:
        """Return what a system field is called."""
        return self.translate(SYSTEM_LABELS.get(id_, id_))

    def title(self, app: str, form: str, id_: str) -> str | None:
        """Return what a record is called, None if the visitor may not know."""
        return self.names.records.get((app, form, id_))

    def _drawn(self, form: Form, id_: str, value: Value, shapes_: Shapes) -> Markup:
        if value is None or value == ():
            return NOTHING
        if id_ not in form.fields:
            return self._system(form, id_, value)
        return self._by_type(form, form.fields[id_], value, shapes_)

    def of_field(self, form: Form, field: Field, value: Value) -> Markup:
        """Return the value of a cell of a row as one line."""
        empty = value is None or value == ()
        return NOTHING if empty else self._by_type(form, field, value, BRIEF)

    def _by_type(self, form: Form, field: Field, value: Value, shapes_: Shapes) -> Markup:
        field = source_of(self.app, form, field)
        draw = shapes_.get(field.type)
        if draw is not None:
            return draw(self, form, field, value)
        return escape(self.text_of(form, field, value))

    def _system(self, form: Form, id_: str, value: Value) -> Markup:
        if id_ in PEOPLE:
            return shapes.person(self.names.people.get(str(value)))
        if id_ == "stage" and (stage := form.stage(str(value))):
            return shapes.badge(words(stage.label, self.locale), stage_tone(form, stage.id))
        if id_ in MOMENTS and isinstance(value, datetime):
            return shapes.moment(value, self.moment(value))
        return escape(self._system_text(form, id_, value))

    def _system_text(self, form: Form, id_: str, value: Value) -> str:
        if id_ in PEOPLE:
            return self.names.people.get(str(value), "")
        if id_ == "department":
            return self.names.departments.get(str(value), "")
        if id_ == "stage":
            stage = form.stage(str(value))
            return words(stage.label, self.locale) if stage else str(value)
        if id_ == "pipeline":
            labels = {one.id: one.label for one in form.pipelines}
            return words(labels.get(str(value), str(value)), self.locale)
        return self.moment(value) if isinstance(value, datetime) else str(value)

    def _named(self, form: Form, field: Field, value: Value) -> Sequence[str] | None:
        ids = value if isinstance(value, tuple) else (value,)
        match field.type:
            case "person":
                return [self.names.people.get(str(id_), "") for id_ in ids]
            case "department":
                return [self.names.departments.get(str(id_), "") for id_ in ids]
            case "reference" | "reference_list":
                app, to = target_of(form, field)
                return [self.title(app, to, str(id_)) or self.say("无权查看") for id_ in ids]
            case "file" | "image" | "signature":
                files = self.names.files
                return [files[str(id_)].name for id_ in ids if str(id_) in files]
            case _:
                return None

    def _listed(self, texts: Sequence[str]) -> str:
        return ("、" if self.locale == "zh" else ", ").join(text for text in texts if text)


Draw: TypeAlias = Callable[[Cells, Form, Field, Any], Markup]
Shapes: TypeAlias = Mapping[str, Draw]


def _several(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def _people(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    people = [shapes.person(cells.names.people.get(id_)) for id_ in _several(value)]
    return Markup(" ").join(people)


def _records(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    app, to = target_of(form, field)
    links = [
        shapes.link(f"/a/{app}/{to}/{id_}", title)
        if (title := cells.title(app, to, id_))
        else Markup('<span class="muted">{}</span>').format(cells.say("无权查看"))
        for id_ in _several(value)
    ]
    return Markup("、").join(links)


def _options(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    known = {one.id: one for one in getattr(field, "options", ())}
    badges = []
    for id_ in _several(value):
        option = known.get(id_)
        text = words(option.label, cells.locale) if option else id_
        colour = getattr(option, "colour", None)
        badges.append(shapes.badge(text, colour) if colour else escape(text))
    between = Markup(" ") if any("badge" in badge for badge in badges) else Markup("、")
    return between.join(badges)


def _tags(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    return Markup(" ").join(shapes.badge(text, "grey") for text in _several(value))


def _yes_no(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    text = field.show(value, cells.locale)
    return shapes.badge(text, "green") if value else escape(text)


def _number(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    return Markup('<span class="nowrap">{}</span>').format(field.show(value, cells.locale))


def _rating(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    return shapes.stars(int(value), int(getattr(field, "max", 5)))


def _reach_by(scheme: str) -> Draw:
    def draw(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
        # A masked number is no number to call.
        text = field.show(value, cells.locale)
        return escape(text) if "*" in text else shapes.link(f"{scheme}{value}", text)

    return draw


def _url(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    if not str(value).lower().startswith(("https://", "http://")):
        return escape(value)
    return shapes.away(str(value), str(value).split("://", 1)[1].rstrip("/"))


def _moment(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    text = field.show(value, cells.locale)
    return shapes.moment(value, text) if isinstance(value, date) else escape(text)


def _colour(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    return shapes.swatch(str(value))


def _code(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    return Markup('<span class="nowrap">{}</span>').format(value)


def _count_of_rows(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    return escape(cells.say("{n} 行").format(n=len(value)))


def _count_of_files(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    return shapes.paperclip(len(_several(value)))


def _plain_line(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    text = " ".join(cells.text_of(form, field, value).split())
    return escape(text if len(text) <= 60 else f"{text[:59]}…")


def _paragraphs(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    return Markup('<span class="pre">{}</span>').format(value)


def _prose(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    # What is stored was cleaned when it came in; older rules may have been laxer.
    clean = Markup(harmless(str(value)))  # noqa: S704 - cleaned
    return Markup('<div class="prose">{}</div>').format(clean)


def _place(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    return shapes.place(value)


def _files(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    known = [cells.names.files[id_] for id_ in _several(value) if id_ in cells.names.files]
    if field.type == "file":
        return shapes.file_rows(known)
    return shapes.gallery(known, whole=field.type == "signature")


BRIEF: Shapes = {
    "person": _people,
    "reference": _records,
    "reference_list": _records,
    "select": _options,
    "multi_select": _options,
    "tags": _tags,
    "yes_no": _yes_no,
    "number": _number,
    "integer": _number,
    "money": _number,
    "percent": _number,
    "rating": _rating,
    "phone": _reach_by("tel:"),
    "email": _reach_by("mailto:"),
    "url": _url,
    "date": _moment,
    "datetime": _moment,
    "colour": _colour,
    "barcode": _code,
    "auto_number": _code,
    "id_number": _code,
    "lines": _count_of_rows,
    "file": _count_of_files,
    "image": _count_of_files,
    "signature": _count_of_files,
    "long_text": _plain_line,
    "rich_text": _plain_line,
    "json": _plain_line,
}

LARGE: Shapes = {
    "long_text": _paragraphs,
    "rich_text": _prose,
    "geo": _place,
    "file": _files,
    "image": _files,
    "signature": _files,
}
