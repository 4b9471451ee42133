"""Which columns has the empty sheet that somebody fills in for a form?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from engine.app import Form
from engine.field import Field
from engine.fields.lines import Lines
from engine.imports.targets import Target, targets_of
from engine.outcomes import Denied
from engine.wording import Message, words
from runtime.services import Services
from runtime.sheets.template import Column, TemplateSheet, write_template
from runtime.use_cases.act import Act
from runtime.use_cases.import_file import no_right
from runtime.use_cases.reach import begin

Say = Callable[[Message], str]

HOW: Mapping[str, Message] = {
    "date": Message("日期，如 2026-01-05 或 2026/1/5"),
    "datetime": Message("日期和时间，如 2026-01-05 08:30"),
    "time": Message("时间，如 08:30"),
    "percent": Message("百分数，如 15%"),
    "person": Message("姓名或账号；重名时填账号"),
    "department": Message("部门名称，重名时填完整路径，如 总部/北区"),
    "reference": Message("对方的名称、编号或记录ID"),
    "reference_list": Message("名称、编号或记录ID，多个用、分隔"),
    "multi_select": Message("多个用、分隔"),
    "tags": Message("多个用、分隔"),
    "region": Message("如 广东省深圳市南山区"),
    "address": Message("如 广东省深圳市南山区科技路1号"),
    "geo": Message("纬度,经度，如 31.2304,121.4737"),
    "duration": Message("时长，如 3天4小时 或 2:30"),
}
"""What a cell of a type looks like."""
STRICT = frozenset({"select", "yes_no"})


def make_template(
    services: Services, act: Act, form: Form, locale: str, say: Say, path: Path
) -> Denied | None:
    """Write the template of a form into a file."""
    with services.store.reading() as unit:
        sight = begin(services, unit, act, form).sight
    if not sight.bring_in:
        return no_right(form)
    targets = targets_of(form, sight)
    own = [one for one in targets.values() if one.kind == "field"]
    sheets = [_sheet(words(form.definition.label, locale), own, locale, say)]
    key = targets.get(form.definition.title)
    for line in _lines(form):
        cells = [one for one in targets.values() if one.lines is line]
        if cells and key is not None:
            sheet = _sheet(words(line.label, locale), cells, locale, say)
            told = say(Message("与主表同名的列相同，说明这一行属于哪条记录"))
            first = Column(heading=words(key.label, locale), help=told, required=True)
            sheets.append(TemplateSheet(name=sheet.name, columns=(first, *sheet.columns)))
    write_template(path, sheets)
    return None


def _lines(form: Form) -> Iterator[Lines]:
    return (field for field in form.fields.values() if isinstance(field, Lines))


def _sheet(name: str, targets: list[Target], locale: str, say: Say) -> TemplateSheet:
    columns = tuple(_column(one, locale, say) for one in targets)
    return TemplateSheet(name=_allowed(name), columns=columns)


def _allowed(name: str) -> str:
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in name)


def _column(target: Target, locale: str, say: Say) -> Column:
    field = target.field
    assert field is not None
    return Column(
        heading=words(field.label, locale),
        help="\n".join(_help(field, locale, say)),
        choices=tuple(_choices(field, locale)),
        strict=field.type in STRICT and not getattr(field, "allow_other", False),
        required=target.required,
    )


def _help(field: Field, locale: str, say: Say) -> Iterator[str]:
    if field.help:
        yield words(field.help, locale)
    if field.type in HOW:
        yield say(HOW[field.type])
    unit = getattr(field, "unit", None) or getattr(field, "currency", None)
    if unit:
        yield say(Message("单位：{unit}", unit=unit))


def _choices(field: Field, locale: str) -> Iterator[str]:
    if field.type == "yes_no":
        yield field.show(True, locale)
        yield field.show(False, locale)
    elif field.type in ("select", "multi_select"):
        for option in getattr(field, "options", ()):
            if not option.retired:
                yield words(option.label, locale)
