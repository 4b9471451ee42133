"""What may stand under a key of a definition, as far as a control has to know?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import inspect as types

Kind: TypeAlias = Literal[
    "words", "text", "number", "yes_no", "choice", "duration", "feel", "list", "map",
    "thing", "either", "anything",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What may stand in one place."""

    kind: Kind
    format: str = ""
    """Of a text: id, login, moment, version, re2 or clock."""
    words: tuple[Any, ...] = ()
    """Of a choice: what stands in the YAML."""
    least: float | None = None
    most: float | None = None
    whole: bool = False
    item: Shape | None = None
    """Of a list, or of what a map holds."""
    key: Shape | None = None
    structs: tuple[type, ...] = ()
    """Of a thing: one, or several that a word tells apart."""
    branches: tuple[Shape, ...] = ()
    """Of either: what it may be."""
    optional: bool = False
    """It may be null."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """One key of a struct."""

    name: str
    shape: Shape
    required: bool
    default: Any
    """As it would stand in the YAML; None if nothing would."""


@cache
def keys_of(struct: Any) -> Mapping[str, Key]:
    """Return the keys of a struct by their words in the YAML, the word that names a type first."""
    found: dict[str, Key] = {}
    tag = struct.__struct_config__.tag_field
    if tag:
        words = (struct.__struct_config__.tag,)
        shape = Shape(kind="choice", words=words)
        found[tag] = Key(name=tag, shape=shape, required=True, default=None)
    for one in _info(struct).fields:
        found[one.encode_name] = Key(
            name=one.encode_name,
            shape=shape_of(one.type),
            required=one.required,
            default=_plain_default(one),
        )
    return found


@cache
def _info(struct: type) -> types.StructType:
    found = types.type_info(struct)
    assert isinstance(found, types.StructType)
    return found


def _plain_default(one: types.Field) -> Any:
    if one.default is not msgspec.NODEFAULT:
        given = one.default
    elif one.default_factory is not msgspec.NODEFAULT:
        given = one.default_factory()
    else:
        return None
    plain = msgspec.to_builtins(given)
    if isinstance(plain, dict):
        return {}  # A struct whose keys all stand at their own defaults.
    return list(plain) if isinstance(plain, tuple) else plain


def shape_of(info: types.Type) -> Shape:
    """Return the shape of a type."""
    if isinstance(info, types.Metadata):
        return _marked(shape_of(info.type), info.extra_json_schema or {})
    if isinstance(info, types.UnionType):
        return _union(info)
    if isinstance(info, types.StructType):
        return Shape(kind="thing", structs=(info.cls,))
    return _simple(info)


def _simple(info: Any) -> Shape:
    match info:
        case types.StrType():
            return Shape(kind="text", format="id" if _is_id(info.pattern) else "")
        case types.IntType() | types.FloatType() | types.DecimalType():
            return _number(info)
        case types.LiteralType():
            return Shape(kind="choice", words=tuple(info.values))
        case types.VarTupleType() | types.ListType():
            return Shape(kind="list", item=shape_of(info.item_type), least=info.min_length)
        case types.DictType():
            return Shape(kind="map", key=shape_of(info.key_type), item=shape_of(info.value_type))
    return Shape(kind=PLAIN.get(type(info), "anything"))


PLAIN: Mapping[type, Kind] = {types.BoolType: "yes_no", types.TimeDeltaType: "duration"}


def _number(info: Any) -> Shape:
    least, most = getattr(info, "ge", None), getattr(info, "le", None)
    whole = isinstance(info, types.IntType)
    return Shape(kind="number", whole=whole, least=least, most=most)


def _is_id(pattern: str | None) -> bool:
    return bool(pattern) and str(pattern).startswith("^[a-z][a-z0-9_]{0,47}$")


def _marked(shape: Shape, extra: Mapping[str, Any]) -> Shape:
    format_ = str(extra.get("format", ""))
    if format_ == "feel":
        return replace(shape, kind="feel")
    return replace(shape, format=format_) if format_ and shape.kind == "text" else shape


def _union(info: types.UnionType) -> Shape:
    optional = any(isinstance(one, types.NoneType) for one in info.types)
    inside = [shape_of(one) for one in info.types if not isinstance(one, types.NoneType)]
    kinds = {one.kind for one in inside}
    if len(inside) == 1:
        return replace(inside[0], optional=optional)
    if kinds == {"text", "map"}:
        return Shape(kind="words", optional=optional)
    if kinds == {"thing"}:
        structs = tuple(struct for one in inside for struct in one.structs)
        return Shape(kind="thing", structs=structs, optional=optional)
    if kinds <= {"text", "number", "yes_no"} and len(kinds) > 2:
        return Shape(kind="anything", optional=optional)  # A cell of a decision table.
    return Shape(kind="either", branches=tuple(inside), optional=optional)
