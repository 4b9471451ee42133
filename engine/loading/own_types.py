"""What does a field of the app's own type say, put into the words of a shipped one?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.catalog import FIELD_TYPES
from engine.definition.own_type import OwnTypeDef
from engine.definition.stage import ConditionDef
from engine.expressions.renaming import with_names
from engine.field import Field
from engine.loading.complaints import unknown
from engine.loading.nouns import FIELD_TYPE, OPTION_KEY
from engine.loading.source import Own, Source, Spot
from engine.problems import Location, Problem
from engine.wording import Message

Data = dict[str, Any]

ITSELF = "value"
"""What the checks of a type call the value."""

NOT_LIKE = frozenset({"formula", "lookup", "rollup", "lines"})
"""Types that only make sense amid the other fields of one form."""

SHARED = frozenset(Field.__struct_fields__)
HARD = frozenset({"unique", "mask"})
"""Of the options that all types share, those that stay as the type says."""


@dataclass(frozen=True)
class OwnType:
    """A type of the app's own, worked out down to a shipped one."""

    definition: OwnTypeDef
    source: Source = field(compare=False)
    like: Mapping[str, Any]
    """The shipped type with all options, as a form would say them."""
    checks: tuple[tuple[ConditionDef, Location], ...] = ()
    """Its own checks and those of the types that it is made of, each with its place."""


def asks_own(source: Source) -> bool:
    """Tell if a form has fields whose types are not among the shipped ones."""
    return source.kind == "form" and any(
        isinstance(one.get("type"), str) and one["type"] not in FIELD_TYPES
        for one in _placed(source.data)
    )


def expanded(source: Source, types: Mapping[str, OwnType]) -> tuple[Source, tuple[Problem, ...]]:
    """Return a form as if it had been written with shipped types only, and what its fields may not
    say of their types."""
    work = _Expanding(types)
    data = dict(source.data)
    data["sections"] = [
        work.section(section, Spot(source) / "sections" / at)
        for at, section in enumerate(data["sections"])
    ]
    written = data.get("checks") or []
    if work.checks and isinstance(written, list):
        taken = {one.get("id") for one in written if isinstance(one, dict)}
        work.checks = list(_with_ids(work.checks, taken))
        data["checks"] = [*written, *(check for check, _ in work.checks)]
    own = Own(work.named, {str(check["id"]): place for check, place in work.checks})
    return replace(source, data=data, own=own), tuple(work.problems)


class _Expanding:
    """The writing out of one form."""

    def __init__(self, types: Mapping[str, OwnType]) -> None:
        self.types = types
        self.problems: list[Problem] = []
        self.named: dict[str, str] = {}
        self.checks: list[tuple[Data, Location]] = []

    def section(self, section: Any, spot: Spot) -> Any:
        """Return a section whose fields have shipped types."""
        fields = section.get("fields") if isinstance(section, dict) else None
        if not isinstance(fields, list):
            return section
        return {**section, "fields": self.fields(fields, spot / "fields", None)}

    def fields(self, fields: list[Any], spot: Spot, lines: str | None) -> list[Any]:
        return [
            self.field(one, spot / at, lines) if isinstance(one, dict) else one
            for at, one in enumerate(fields)
        ]

    def field(self, value: Data, spot: Spot, lines: str | None) -> Data:
        id_, cells = str(value.get("id")), value.get("fields")
        if isinstance(cells, list) and lines is None:
            value = {**value, "fields": self.fields(cells, spot / "fields", id_)}
        own = self.types.get(str(value.get("type")))
        if own is None:
            self.problems += _unknown(value, spot, self.types)
            return value
        self.problems += _closed(own, value, spot)
        self.named[f"{lines}.{id_}" if lines else id_] = own.definition.type
        self.checks += _checks(own, id_, lines)
        return {**own.like, **{key: told for key, told in value.items() if key != "type"}}


def _placed(form: Any) -> Iterator[Data]:
    """Yield every field that a form says, and every cell of its line fields."""
    for section in _maps_in(form, "sections"):
        for one in _maps_in(section, "fields"):
            yield one
            yield from _maps_in(one, "fields")


def _maps_in(data: Any, key: str) -> Iterator[Data]:
    items = data.get(key) if isinstance(data, dict) else None
    yield from (one for one in items if isinstance(one, dict)) if isinstance(items, list) else ()


def _unknown(value: Data, spot: Spot, types: Mapping[str, OwnType]) -> Iterator[Problem]:
    word = value.get("type")
    if types and isinstance(word, str) and word not in FIELD_TYPES:
        message = unknown(FIELD_TYPE, word, (*types, *FIELD_TYPES))
        yield (spot / "type").problem("type.unknown", message)


def settable_keys(definition: OwnTypeDef) -> frozenset[str]:
    """Return the options that a field of a type may say by itself, besides its name."""
    like = definition.like
    keys = frozenset(like.__struct_encode_fields__)
    settled = {key for key in HARD if getattr(like, key)}
    return (keys & SHARED) - settled - {"id", "label"} | (keys & frozenset(definition.open))


def _closed(own: OwnType, value: Data, spot: Spot) -> Iterator[Problem]:
    """Options that a field may not say, because its type has settled them."""
    keys = own.definition.like.__struct_encode_fields__
    allowed = sorted(settable_keys(own.definition))
    for key in value:
        if key in ("id", "type", "label") or key in allowed:
            continue
        here = spot / key
        if key not in keys:
            yield here.key_problem("shape.unknown_key", unknown(OPTION_KEY, key, allowed))
            continue
        message = Message(
            "类型“{type}”不让字段改“{key}”；要能改，请把它加进 {file} 的 open",
            type=own.definition.label, key=key, file=own.source.file,
        )  # fmt: skip
        yield here.key_problem("type.closed", message)


def _checks(own: OwnType, id_: str, lines: str | None) -> Iterator[tuple[Data, Location]]:
    for check, place in own.checks:
        if lines is None:
            that = f"{id_} = null or ({with_names(check.that, {ITSELF: id_})})"
        else:
            cell = f"row.{id_}"
            of_row = f"{cell} = null or ({with_names(check.that, {ITSELF: cell})})"
            that = f"every row in {lines} satisfies ({of_row})"
        name = f"{lines}_{id_}_{check.id}" if lines else f"{id_}_{check.id}"
        yield {"id": name[:48], "that": that, "message": check.message}, place


def _with_ids(
    checks: Iterable[tuple[Data, Location]], taken: set[Any]
) -> Iterator[tuple[Data, Location]]:
    for check, place in checks:
        stem, n, id_ = check["id"], 2, check["id"]
        while id_ in taken:
            id_, n = f"{stem[:45]}_{n}", n + 1
        taken.add(id_)
        yield {**check, "id": id_}, place
