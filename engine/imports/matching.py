"""Which column of a sheet is meant to be what?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from engine.imports.targets import Target
from engine.wording import Label

ALIKE = 0.78
"""How alike two headings must be to be proposed for each other."""
_UNIT = re.compile(r"[(（\[【].*?[)）\]】]")
_SIGNS = re.compile(r"[\s*＊:：_\-—·.。/、'\"“”]+")
_ALSO: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "记录id", "记录标识", "recordid"),
    "stage": ("阶段", "当前阶段", "stage"),
    "pipeline": ("流程", "pipeline"),
    "owner": ("负责人", "所有人", "所有者", "owner"),
    "department": ("所属部门", "负责部门", "department"),
    "created_by": ("创建人", "创建者", "录入人", "createdby", "creator"),
    "created_at": ("创建时间", "创建日期", "录入时间", "createdat", "createdon"),
    "updated_by": ("修改人", "更新人", "最后修改人", "updatedby", "modifiedby"),
    "updated_at": ("修改时间", "更新时间", "最后修改时间", "updatedat", "modifiedat"),
}


def proposed(
    headings: Sequence[str], targets: Mapping[str, Target], remembered: Mapping[str, str]
) -> dict[int, str]:
    """Return a target for each column that can be told, each target once: as it was chosen the
    last time, else by label or id, else by similar words."""
    chosen: dict[int, str] = {}
    known = {id_: tuple(dict.fromkeys(_names(target))) for id_, target in targets.items()}
    for at, heading in enumerate(headings):
        last = remembered.get(plain(heading))
        if last in targets and last not in chosen.values():
            chosen[at] = str(last)
    for _, at, id_ in sorted(_scored(headings, known), key=lambda each: (-each[0], each[1])):
        if at not in chosen and id_ not in chosen.values():
            chosen[at] = id_
    return dict(sorted(chosen.items()))


def head_row(rows: Iterable[Sequence[str]], targets: Mapping[str, Target]) -> int:
    """Return which of the first rows holds the headings, from 0: the one that names the most."""
    names = {name for target in targets.values() for name in _names(target)}
    counts = [sum(plain(text) in names for text in row if text) for row in rows]
    return max(range(len(counts)), key=lambda at: (counts[at], -at)) if counts else 0


def plain(text: str) -> str:
    """Return a heading without blanks, signs, units and the difference of capitals."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return _SIGNS.sub("", narrow)


def _scored(
    headings: Sequence[str], known: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[float, int, str]]:
    for at, heading in enumerate(headings):
        whole, bare = plain(heading), plain(_UNIT.sub("", heading))
        if not whole:
            continue
        for id_, names in known.items():
            score = max((_likeness(whole, bare, name) for name in names), default=0.0)
            if score >= ALIKE:
                yield score, at, id_


def _likeness(whole: str, bare: str, name: str) -> float:
    if whole == name:
        return 3.0
    if bare and bare == plain(_UNIT.sub("", name)):
        return 2.0
    shorter, longer = sorted((bare or whole, name), key=len)
    if len(shorter) >= 2 and longer.endswith(shorter) and len(shorter) * 2 >= len(longer):
        return 1.0 + len(shorter) / len(longer) / 10
    if abs(len(shorter) - len(longer)) > 4:
        return 0.0
    return SequenceMatcher(None, bare or whole, name).ratio() * 0.99


def _names(target: Target) -> Iterator[str]:
    yield from map(plain, _texts(target.label))
    yield plain(target.id)
    if target.kind == "cell" and target.field is not None:
        yield from map(plain, _texts(target.field.label))
    if target.kind in ("record", "history"):
        yield from map(plain, _ALSO.get(target.id, ()))


def _texts(label: Label) -> Iterable[str]:
    return (label,) if isinstance(label, str) else label.values()
