"""How do the demo data and the scenarios of an app follow what became of its forms?"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.app import App
from engine.editing.draft import Draft
from engine.editing.places import value_behind
from engine.editing.samples import sample
from engine.field import Field
from engine.loading.files import NOT_SERVED, Looked, linked, look
from engine.loading.folder import kind_of
from engine.loading.source import Path, Source
from engine.loading.writing.rewriting import with_many, without_many
from engine.problems import BrokenApp, Problem

ROUNDS = 12
"""What refers to something that was taken out goes in the next round."""


@dataclass(frozen=True)
class Mended:
    """The files of an app that loads as a whole."""

    files: Mapping[str, str]
    app: App
    gone: int
    """So many values, rows and scenarios no longer fitted and were taken out."""


def mended(draft: Draft) -> Mended:
    """Return the files of a draft without the demo data and scenarios that no longer fit. Raises
    BrokenApp if anything else is wrong."""
    looked: dict[str, Looked] = dict(draft.looked)
    gone = 0
    for number in range(ROUNDS):
        app, problems = linked(looked, whole=True)
        if app is not None:
            return Mended({path: one.text for path, one in looked.items()}, app, gone)
        if any(kind_of(one.at.file) not in NOT_SERVED for one in problems):
            raise BrokenApp(problems)
        if not _filled_in(looked, draft.app, problems):
            gone += _taken_out(looked, problems, whole=number > ROUNDS // 2)
    app, problems = linked(_without_extras(looked), whole=True)
    if app is None:
        raise BrokenApp(problems)
    return Mended(_texts(_without_extras(looked)), app, gone)


def _texts(looked: Mapping[str, Looked]) -> Mapping[str, str]:
    return {path: one.text for path, one in looked.items()}


def _without_extras(looked: Mapping[str, Looked]) -> dict[str, Looked]:
    return {path: one for path, one in looked.items() if kind_of(path) not in NOT_SERVED}


def _filled_in(looked: dict[str, Looked], app: App, problems: Iterable[Problem]) -> bool:
    """Fill what has become required in rows of demo data with plausible samples; False if there
    was nothing that could be filled."""
    done = False
    for file in {one.at.file for one in problems if one.code == "data.required"}:
        source = looked[file].sources[0]
        form = app.forms.get(source.data.get("form"))
        entries = [
            (("rows", at), field.id, value)
            for at, row in enumerate(source.data["rows"])
            for field in (form.fields.values() if form else ())
            if _lacks(row, field) and (value := sample(field)) is not None
        ]
        wanted = copy.deepcopy(source.data)
        for path, key, value in entries:
            wanted["rows"][path[1]][key] = value
        looked[file] = look(file, with_many(source, entries, wanted))
        done = done or bool(entries)
    return done


def _lacks(row: Mapping[str, Any], field: Field) -> bool:
    needed = field.required is True and field.default is None and field.settable
    return needed and row.get(field.id) is None


def _taken_out(looked: dict[str, Looked], problems: Iterable[Problem], *, whole: bool) -> int:
    """Take out what problems are about; with `whole`, all of the row or scenario around it."""
    documents = {path: one.sources for path, one in looked.items()}
    wrong: dict[str, set[tuple[int, Path]]] = {}
    for problem in problems:
        place = value_behind(documents, problem.at)
        if place is None:
            continue
        number = documents[problem.at.file].index(place[0])
        path = _unit(place[0], place[1], whole=whole)
        wrong.setdefault(problem.at.file, set()).add((number, path))
    for file, paths in wrong.items():
        _rewrite(looked, file, paths)
    return sum(map(len, wrong.values()))


def _unit(source: Source, path: Path, *, whole: bool) -> Path:
    """Return what goes with a wrong value: the value itself, its row, or the scenario."""
    if source.kind == "scenario":
        return ()
    return path[:2] if whole or len(path) < 3 else path[:3]


def _rewrite(looked: dict[str, Looked], file: str, paths: set[tuple[int, Path]]) -> None:
    sources = looked[file].sources
    text = looked[file].text
    for number in sorted({number for number, _ in paths}, reverse=True):
        inside = {path for at, path in paths if at == number}
        if () in inside or (len(sources) == 1 and _left(sources[0].data, inside) is None):
            text = _without_document(text, sources, number)
        else:
            text = without_many(sources[number], inside, _left(sources[number].data, inside))
    if text.strip():
        looked[file] = look(file, text)
    else:
        del looked[file]


def _without_document(text: str, sources: tuple[Source, ...], number: int) -> str:
    if len(sources) == 1:
        return ""
    starts = [text.rfind("---", 0, one.places[()].start) for one in sources]
    start = max(starts[number], 0)
    end = starts[number + 1] if number + 1 < len(sources) else len(text)
    return text[:start] + text[end:]


def _left(data: Any, paths: set[Path]) -> Any:
    """Return data without what is at some paths; None if nothing worth keeping is left."""
    left = copy.deepcopy(data)
    for path in sorted(paths, key=lambda path: tuple(map(str, path)), reverse=True):
        _drop(left, path)
    rows = left.get("rows") if isinstance(left, dict) else None
    if isinstance(rows, list):
        left["rows"] = [row for row in rows if row is not None]
        return left if left["rows"] else None
    return left


def _drop(data: Any, path: Path) -> None:
    *above, last = path
    for step in above:
        data = data[step] if data is not None else None
    if isinstance(data, list):
        data[int(last)] = None
    elif isinstance(data, dict):
        data.pop(str(last), None)
