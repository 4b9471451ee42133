"""Which scenarios does a draft have, and which of them has to do with what was changed?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.editing.differences import differences
from engine.editing.draft import Draft
from engine.loading.folder import kind_of

WHOLE = frozenset({"app", "decision", "type"})
"""Files that everything may have to do with."""


@dataclass(frozen=True)
class Listed:
    """One scenario of a draft."""

    file: str
    at: int
    """Its number in the file."""
    sentence: str
    forms: frozenset[str]
    about: str
    """The form that most of its steps are about; empty if they name none."""
    steps: int
    touched: bool = False

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.file}#{self.at}"


def scenarios_of(draft: Draft, installed: Draft) -> tuple[Listed, ...]:
    """Return the scenarios of a draft in the order of its files."""
    changed = _changed(installed, draft)
    return tuple(
        _listed(draft, installed, changed, (path, at))
        for path in sorted(draft.documents)
        if kind_of(path) == "scenario"
        for at in range(len(draft.documents[path]))
    )


def _listed(
    draft: Draft, installed: Draft, changed: frozenset[str] | None, place: tuple[str, int]
) -> Listed:
    path, at = place
    data = draft.documents[path][at].data
    told = Counter(_forms(draft, data))
    before = installed.documents.get(path, ())
    same = len(before) > at and before[at].data == data
    return Listed(
        file=path,
        at=at,
        sentence=str(data["scenario"]),
        forms=frozenset(told),
        about=next((form for form, _ in told.most_common(1)), ""),
        steps=len(data["steps"]),
        touched=not same or changed is None or bool(told.keys() & changed),
    )


def _changed(old: Draft, new: Draft) -> frozenset[str] | None:
    """Return the forms that changes have to do with; None is all of them."""
    paths = {str(one.target[0]) for one in differences(old, new)}
    paths |= {path for path in _data(old) | _data(new) if _text(old, path) != _text(new, path)}
    if any(kind_of(path) in WHOLE for path in paths):
        return None
    return frozenset(form for path in paths for draft in (old, new) for form in _of(draft, path))


def _data(draft: Draft) -> set[str]:
    return {path for path in draft.files if kind_of(path) == "data"}


def _text(draft: Draft, path: str) -> str | None:
    return draft.files.get(path)


def _of(draft: Draft, path: str) -> Iterator[str]:
    if kind_of(path) == "form":
        yield path.rpartition("/")[2].removesuffix(".yaml")
    elif kind_of(path) in ("workflow", "rule", "data"):
        for source in draft.documents.get(path, ()):
            yield str(source.data.get("form", ""))


def _forms(draft: Draft, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the forms that a scenario speaks of."""
    given = data.get("given") or {}
    rows = _demo_rows(draft) if given.get("demo") else {}
    rows = {**rows, **{str(row["id"]): str(row["form"]) for row in given.get("records", ())}}
    yield from (str(row["form"]) for row in given.get("records", ()))
    for step in data["steps"]:
        for wish in step.values():
            if isinstance(wish, dict):
                if "form" in wish:
                    yield str(wish["form"])
                if wish.get("record") in rows:
                    yield rows[wish["record"]]


def _demo_rows(draft: Draft) -> Mapping[str, str]:
    return {
        str(row["id"]): str(source.data["form"])
        for path in _data(draft)
        for source in draft.documents[path]
        for row in source.data.get("rows", ())
    }
