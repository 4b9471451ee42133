"""Does a name point somewhere, and does each thing have a name of its own?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from engine.loading.complaints import unknown
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message


def missing(
    spot: Spot, what: Message, name: str | None, known: Collection[str], code: str
) -> Iterator[Problem]:
    """Yield the problem that a name points nowhere, if it does."""
    if name is not None and name not in known:
        yield spot.problem(f"link.{code}", unknown(what, name, known))


def all_missing(
    spot: Spot, what: Message, names: Iterable[str], known: Collection[str], code: str
) -> Iterator[Problem]:
    """Yield a problem for each name of a list that points nowhere, or that stands there twice."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        yield from missing(spot / index, what, name, known, code)
        if name in seen:
            message = Message("“{name}”写了两次", name=name)
            yield (spot / index).problem("link.repeated", message)
        seen.add(name)


def all_missing_keys(
    spot: Spot, what: Message, names: Iterable[str], known: Collection[str], code: str
) -> Iterator[Problem]:
    """Yield a problem for each key of a mapping that points nowhere."""
    for name in names:
        if name not in known:
            yield (spot / name).key_problem(f"link.{code}", unknown(what, name, known))


def filed(what: Message, folder: str, named: Sequence[tuple[str, Spot]]) -> Iterator[Problem]:
    """Yield what is wrong with files that are to be called as what they hold: ids given twice,
    other names."""
    yield from repeated(what, named)
    for id_, spot in named:
        yield from misfiled(what, f"{folder}/{id_}.yaml", spot)


def misfiled(what: Message, file: str, spot: Spot) -> Iterator[Problem]:
    """Yield a problem if something does not stand in the file that it should stand in."""
    if spot.source.file != file:
        message = Message("文件名和{what}不一致，应为 {file}", what=what, file=file)
        yield spot.problem("link.file", message)


def repeated(what: Message, named: Iterable[tuple[str, Spot]]) -> Iterator[Problem]:
    """Yield a problem for each id that was given before, with the place where it was."""
    first: dict[str, Spot] = {}
    for id_, spot in named:
        if id_ in first:
            message = Message(
                "{what}“{id}”已在 {place} 用过", what=what, id=id_, place=str(first[id_].at)
            )
            yield spot.problem("link.duplicate", message)
        first.setdefault(id_, spot)
