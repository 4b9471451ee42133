"""Do lists, boards and related records show, sort and filter by what there is?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.definition.page import ListDef
from engine.field import Field, Storage
from engine.loading.complaints import shown
from engine.loading.link_filters import filter_problems
from engine.loading.links import all_missing, missing, repeated
from engine.loading.nouns import FIELD, FORM, ROLE, VIEW
from engine.loading.outline import Outline, Outlines
from engine.loading.paths import field_at, path_problems
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

_NUMBERS = ("number", "integer", "money", "percent", "rating", "rollup", "duration")


def page_problems(names: Outlines, form: Outline) -> Iterator[Problem]:
    """Yield what is wrong with a form's list, board, related records and search."""
    yield from _list_problems(names, form, form.definition.list, form.spot / "list")
    yield from _board_problems(names, form)
    yield from _related_problems(names, form)
    search = form.spot / "search"
    yield from all_missing(search, FIELD, form.definition.search, form.fields, "field")
    for at, id_ in enumerate(form.definition.search):
        field = form.fields.get(id_)
        if field and not field.searchable:
            message = Message("“{field}”不是文字，不能搜索", field=id_)
            yield (search / at).problem("link.search", message)


def column_problems(
    names: Outlines, form: Outline, columns: Iterable[str], spot: Spot
) -> Iterator[Problem]:
    """Yield what is wrong with the fields that a list shows."""
    seen: set[str] = set()
    for at, column in enumerate(columns):
        yield from path_problems(names, form, column, spot / at)
        if column in seen:
            yield (spot / at).problem("link.repeated", Message("“{name}”写了两次", name=column))
        seen.add(column)
        field = field_at(names, form, column)
        if field and field.storage is Storage.LINES:
            message = Message("子表“{field}”不能作列", field=column)
            yield (spot / at).problem("link.column", message)


def sort_problems(
    names: Outlines, form: Outline, sort: Iterable[str], spot: Spot
) -> Iterator[Problem]:
    """Yield what is wrong with the fields that a list is sorted by."""
    for at, path in enumerate(sort):
        name = path.removeprefix("-")
        yield from path_problems(names, form, name, spot / at)
        field = field_at(names, form, name)
        if field and not field.sortable:
            message = Message("“{field}”不能用来排序", field=name)
            yield (spot / at).problem("link.sort", message)


def number_field_problems(form: Outline, id_: str, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with a field that is to be added up."""
    yield from missing(spot, FIELD, id_, form.fields, "field")
    field = form.fields.get(id_)
    if field and not _adds_up(field):
        message = Message("“{field}”不是数字，不能合计", field=id_)
        yield spot.problem("link.number", message)


def _adds_up(field: Field) -> bool:
    if field.type == "formula":
        return getattr(field, "result", None) in (None, *_NUMBERS)
    return field.type in _NUMBERS


def _list_problems(names: Outlines, form: Outline, list_: ListDef, spot: Spot) -> Iterator[Problem]:
    yield from column_problems(names, form, list_.columns, spot / "columns")
    yield from sort_problems(names, form, list_.sort, spot / "sort")
    yield from column_problems(names, form, list_.filters, spot / "filters")
    for at, id_ in enumerate(list_.filters):
        field = field_at(names, form, id_)
        if field and not field.filterable:
            message = Message("“{field}”不能用来筛选", field=id_)
            yield (spot / "filters" / at).problem("link.filter", message)
    views = [(view.id, spot / "views" / at / "id") for at, view in enumerate(list_.views)]
    yield from repeated(VIEW, views)
    for at, view in enumerate(list_.views):
        here = spot / "views" / at
        yield from column_problems(names, form, view.columns, here / "columns")
        yield from sort_problems(names, form, view.sort, here / "sort")
        yield from filter_problems(names, form, view.where, here / "where")
        yield from all_missing(here / "roles", ROLE, view.roles, names.roles, "role")


def _board_problems(names: Outlines, form: Outline) -> Iterator[Problem]:
    board, spot = form.definition.board, form.spot / "board"
    if (board.card or board.total) and not form.placed_stages:
        yield spot.key_problem("link.board", Message("没有阶段的表单没有看板"))
    yield from column_problems(names, form, board.card, spot / "card")
    if board.total is not None:
        yield from number_field_problems(form, board.total, spot / "total")


def _related_problems(names: Outlines, form: Outline) -> Iterator[Problem]:
    for at, related in enumerate(form.definition.related):
        spot = form.spot / "related" / at
        yield from missing(spot / "form", FORM, related.form, names.forms, "form")
        other = names.of(related.form)
        if other is None:
            continue
        pointing = tuple(
            id_
            for id_ in other.of_type("reference", "reference_list")
            if getattr(other.fields[id_], "to", None) == form.id
        )
        if related.by not in pointing:
            message = Message(
                "“{field}”不是“{form}”里指向“{this}”的引用字段；可用：{known}",
                field=shown(related.by), form=other.id, this=form.id, known=list(pointing) or "—",
            )  # fmt: skip
            yield (spot / "by").problem("link.related", message)
        yield from column_problems(names, other, related.columns, spot / "columns")
