"""What does the address of a list say: which view, filters, order, columns and page?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from engine.definition.page import FilterDef, ViewDef
from runtime.store.views import SavedView
from runtime.use_cases.list_records import Wanted

BETWEEN_PARTS = "~"
BETWEEN_VALUES = "|"
LISTED = frozenset({"in", "not_in", "between"})
WITHOUT_VALUE = frozenset({"empty", "filled", "mine"})
MOST_FILTERS = 12


@dataclass(frozen=True, kw_only=True)
class View:
    """One tab of a list: from the app's definition, or saved by a person."""

    id: str
    label: Any
    where: tuple[FilterDef, ...] = ()
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    saved: SavedView | None = None
    mine: bool = False


@dataclass(frozen=True, kw_only=True)
class ListState:
    """How a list is looked at. Filters, sort and columns are None where the view's own hold."""

    view: View
    filters: tuple[FilterDef, ...] | None = None
    sort: str | None = None
    columns: tuple[str, ...] | None = None
    search: str = ""
    after: str | None = None

    @property
    def shown_filters(self) -> tuple[FilterDef, ...]:
        """The filters that hold: those in the address, else the view's."""
        return self.view.where if self.filters is None else self.filters

    @property
    def order(self) -> tuple[str, ...]:
        """The fields that it is sorted by."""
        return (self.sort,) if self.sort else self.view.sort

    @property
    def changed(self) -> bool:
        """Whether it differs from the saved view, so that there is something to save."""
        changed_columns = self.columns is not None and self.columns != self.view.columns
        changed_filters = self.filters is not None and self.filters != self.view.where
        return changed_filters or changed_columns or self.sort is not None

    def wanted(self, columns: tuple[str, ...] | None = None, limit: int = 20) -> Wanted:
        """Return what to ask the use case for."""
        return Wanted(
            filters=self.shown_filters,
            sort=self.order,
            columns=columns,
            search=self.search or None,
            limit=limit,
            after=self.after,
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of the same list with changes; a change starts at page one."""
        state = replace(self, after=changes.pop("after", None), **changes)
        pairs: list[tuple[str, str]] = [("view", state.view.id)]
        if state.filters is not None:
            pairs += [("f", write_filter(each)) for each in state.filters] or [("f", "")]
        if state.sort:
            pairs.append(("sort", state.sort))
        if state.columns is not None:
            pairs.append(("cols", ",".join(state.columns)))
        if state.search:
            pairs.append(("q", state.search))
        if state.after:
            pairs.append(("after", state.after))
        return "?" + urlencode(pairs)

    def without(self, index: int) -> str:
        """Return the query string of the list without one of its filters."""
        kept = tuple(each for n, each in enumerate(self.shown_filters) if n != index)
        return self.query(filters=kept)

    def with_filter(self, added: FilterDef, index: int | None = None) -> str:
        """Return the query string of the list with one more filter, or with one changed."""
        filters = list(self.shown_filters)
        if index is not None and 0 <= index < len(filters):
            filters[index] = added
        else:
            filters.append(added)
        return self.query(filters=tuple(filters[:MOST_FILTERS]))


def read_state(args: MultiDict[str, str], views: Sequence[View]) -> ListState:
    """Read the address; what it does not say is as the view has it."""
    view = next((each for each in views if each.id == args.get("view")), views[0])
    filters: tuple[FilterDef, ...] | None = None
    if "f" in args:
        read = (read_filter(text) for text in args.getlist("f")[:MOST_FILTERS])
        filters = tuple(each for each in read if each)
    columns = args.get("cols")
    return ListState(
        view=view,
        filters=filters,
        sort=args.get("sort") or None,
        columns=tuple(columns.split(",")) if columns else None,
        search=args.get("q", "").strip()[:100],
        after=args.get("after") or None,
    )


def read_filter(text: str) -> FilterDef | None:
    """Read one filter of the address: `field~op~value`."""
    field, _, rest = text.partition(BETWEEN_PARTS)
    op, _, value = rest.partition(BETWEEN_PARTS)
    if not field or not op:
        return None
    return FilterDef(field=field, op=op, value=_read_value(op, value))  # type: ignore[arg-type]  # the use case checks the operator


def write_filter(filter_: FilterDef) -> str:
    """Write one filter for the address."""
    value = filter_.value
    if isinstance(value, list | tuple):
        text = BETWEEN_VALUES.join(map(_plain, value))
    else:
        text = "" if value is None else _plain(value)
    return BETWEEN_PARTS.join((filter_.field, filter_.op, text))


def views_of(
    defined: Iterable[ViewDef],
    saved: Iterable[SavedView],
    fallback: View,
    person: str,
    roles: frozenset[str] | None,
) -> tuple[View, ...]:
    """Return the tabs that a person sees; `roles` is None for those who see every view."""
    tabs = [
        View(id=each.id, label=each.label, where=each.where, sort=each.sort, columns=each.columns)
        for each in defined
        if not each.roles or roles is None or roles & set(each.roles)
    ]
    own = [_saved_view(each, person) for each in saved]
    first = [each for each in own if each.saved and is_default(each.saved, person)]
    rest = [each for each in own if each not in first]
    if all(tab.where for tab in tabs):
        tabs.append(fallback)
    return (*first, *tabs, *rest)


def is_default(saved: SavedView, person: str) -> bool:
    """Tell whether somebody wants to see this view first."""
    return bool(saved.definition.get("default")) and saved.person == person


def view_definition(state: ListState, default: bool) -> Mapping[str, Any]:
    """Return what is kept of a view that is being saved."""
    return {
        "where": [
            {"field": each.field, "op": each.op, "value": each.value}
            for each in state.shown_filters
        ],
        "sort": list(state.order),
        "columns": list(state.columns if state.columns is not None else state.view.columns),
        "default": default,
    }


def _saved_view(saved: SavedView, person: str) -> View:
    definition = saved.definition
    where = tuple(
        FilterDef(field=each["field"], op=each["op"], value=each.get("value"))
        for each in definition.get("where", ())
    )
    return View(
        id=saved.id,
        label=saved.name,
        where=where,
        sort=tuple(definition.get("sort", ())),
        columns=tuple(definition.get("columns", ())),
        saved=saved,
        mine=saved.person == person,
    )


def _read_value(op: str, text: str) -> Any:
    if op in WITHOUT_VALUE:
        return None
    return text.split(BETWEEN_VALUES) if op in LISTED else text


def _plain(value: Any) -> str:
    return "true" if value is True else "false" if value is False else str(value)
