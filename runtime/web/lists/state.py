"""What does the address of a list say: which view, filter, order, columns and page?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from engine.definition.page import FilterDef
from runtime.store.views import SavedView
from runtime.use_cases.list_records import Wanted

BETWEEN_PARTS = "~"
BETWEEN_VALUES = "|"
LISTED = frozenset({"in", "not_in", "between"})
WITHOUT_VALUE = frozenset({"empty", "filled", "mine"})
MOST_FILTERS = 12
LONGEST = 4000

InFeel = Callable[[Sequence[FilterDef]], str]


@dataclass(frozen=True, kw_only=True)
class View:
    """One tab of a list: from the app's definition, or saved by a person."""

    id: str
    label: Any
    feel: str = ""
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    saved: SavedView | None = None
    mine: bool = False
    first: bool = False
    """The person has asked to see this one first."""


@dataclass(frozen=True, kw_only=True)
class ListState:
    """How a list is looked at. Filter, sort and columns are None where the view's own hold."""

    view: View
    feel: str | None = None
    sort: str | None = None
    columns: tuple[str, ...] | None = None
    search: str = ""
    left: str = ""
    """The action on many of which only those records show that it left as they were."""
    among: tuple[str, ...] | None = None
    """Which ones those are."""
    after: str | None = None

    @property
    def shown_feel(self) -> str:
        """The filter that holds: that of the address, else the view's; may be empty."""
        return self.view.feel if self.feel is None else self.feel

    @property
    def order(self) -> tuple[str, ...]:
        """The fields that it is sorted by."""
        return (self.sort,) if self.sort else self.view.sort

    @property
    def changed(self) -> bool:
        """Whether it differs from the saved view, so that there is something to save."""
        changed_columns = self.columns is not None and self.columns != self.view.columns
        return self.shown_feel != self.view.feel or changed_columns or self.sort is not None

    def wanted(self, columns: tuple[str, ...] | None = None, limit: int = 20) -> Wanted:
        """Return what to ask the use case for."""
        return Wanted(
            feel=self.shown_feel or None,
            sort=self.order,
            columns=columns,
            search=self.search or None,
            among=self.among,
            limit=limit,
            after=self.after,
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of the same list with changes; a change starts at page one."""
        state = replace(self, after=changes.pop("after", None), **changes)
        pairs: list[tuple[str, str]] = [("view", state.view.id)]
        if state.feel is not None:
            pairs.append(("feel", state.feel))
        if state.sort:
            pairs.append(("sort", state.sort))
        if state.columns is not None:
            pairs.append(("cols", ",".join(state.columns)))
        if state.search:
            pairs.append(("q", state.search))
        if state.left:
            pairs.append(("left", state.left))
        if state.after:
            pairs.append(("after", state.after))
        return "?" + urlencode(pairs)


def read_state(args: MultiDict[str, str], views: Sequence[View], in_feel: InFeel) -> ListState:
    """Read the address; what it does not say is as the view has it."""
    view = next((each for each in views if each.id == args.get("view")), views[0])
    columns = args.get("cols")
    return ListState(
        view=view,
        feel=_read_feel(args, in_feel),
        sort=args.get("sort") or None,
        columns=tuple(columns.split(",")) if columns else None,
        search=args.get("q", "").strip()[:100],
        left=args.get("left", "")[:50],
        after=args.get("after") or None,
    )


def _read_feel(args: MultiDict[str, str], in_feel: InFeel) -> str | None:
    if "feel" in args:
        return args["feel"].strip()[:LONGEST]
    if "f" not in args:
        return None
    # Addresses of earlier versions, and of the workbench's figures, list conditions.
    read = (read_filter(text) for text in args.getlist("f")[:MOST_FILTERS])
    return in_feel([each for each in read if each])


def read_filter(text: str) -> FilterDef | None:
    """Read one filter of the address: `field~op~value`."""
    field, _, rest = text.partition(BETWEEN_PARTS)
    op, _, value = rest.partition(BETWEEN_PARTS)
    if not field or not op:
        return None
    return FilterDef(field=field, op=op, value=_read_value(op, value))  # type: ignore[arg-type]  # what reads it checks the operator


def write_filter(filter_: FilterDef) -> str:
    """Write one filter for the address."""
    value = filter_.value
    if isinstance(value, list | tuple):
        text = BETWEEN_VALUES.join(map(_plain, value))
    else:
        text = "" if value is None else _plain(value)
    return BETWEEN_PARTS.join((filter_.field, filter_.op, text))


def view_definition(state: ListState) -> Mapping[str, Any]:
    """Return what is kept of a view that is being saved."""
    return {
        "feel": state.shown_feel,
        "sort": list(state.order),
        "columns": list(state.columns if state.columns is not None else state.view.columns),
    }


def saved_view(saved: SavedView, person: str, in_feel: InFeel) -> View:
    """Return the tab of a view that somebody saved."""
    definition = saved.definition
    where = [
        FilterDef(field=each["field"], op=each["op"], value=each.get("value"))
        for each in definition.get("where", ())
    ]
    return View(
        id=saved.id,
        label=saved.name,
        feel=str(definition["feel"]) if "feel" in definition else in_feel(where),
        sort=tuple(definition.get("sort", ())),
        columns=tuple(definition.get("columns", ())),
        saved=saved,
        mine=saved.person == person,
    )


def in_order(tabs: Iterable[View], first: str | None, first_of_all: str | None) -> list[View]:
    """Return the tabs, the one in front that the person, or else everybody, wants to see first."""
    found = list(tabs)
    known = {tab.id for tab in found}
    wanted = first if first in known else first_of_all
    chosen = [replace(tab, first=tab.id == first) for tab in found if tab.id == wanted]
    return [*chosen, *(tab for tab in found if tab.id != wanted)]


def _read_value(op: str, text: str) -> Any:
    if op in WITHOUT_VALUE:
        return None
    return text.split(BETWEEN_VALUES) if op in LISTED else text


def _plain(value: Any) -> str:
    return "true" if value is True else "false" if value is False else str(value)
