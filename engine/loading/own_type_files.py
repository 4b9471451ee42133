"""Are the types of fields that an app brings along sound, and what does each come down to?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from engine.catalog import FIELD_TYPES
from engine.definition.data import LocaleFile
from engine.definition.own_type import OwnTypeDef
from engine.definition.stage import ConditionDef
from engine.loading.build import Part
from engine.loading.check import shape_problems
from engine.loading.complaints import unknown
from engine.loading.links import misfiled, repeated
from engine.loading.nouns import FIELD_TYPE, OPTION_KEY
from engine.loading.own_type_values import value_problems
from engine.loading.own_types import NOT_LIKE, SHARED, OwnType, asks_own, expanded
from engine.loading.source import Source, Spot
from engine.loading.texts import translated_type
from engine.problems import Location, Problem
from engine.wording import Message

Data = dict[str, Any]


@dataclass(frozen=True)
class OwnTypes:
    """The types of an app's own."""

    types: Mapping[str, OwnType]
    parts: tuple[Part[OwnTypeDef], ...] = ()
    problems: tuple[Problem, ...] = ()


def own_types(sources: Iterable[Source]) -> OwnTypes:
    """Return the types that the files of an app define, and what is wrong with them."""
    every = list(sources)
    files = [one for one in every if one.kind == "type"]
    if not files:
        return OwnTypes({})
    problems = [*_names(files)]
    texts = [part for one in every if one.kind == "locale" for part in _locale(one)]
    named = {str(one.data["type"]): one for one in reversed(files) if _is_map(one.data)}
    types: dict[str, OwnType] = {}
    parts: list[Part[OwnTypeDef]] = []
    for source in files:
        made, wrong = _made(source, named, texts)
        problems += wrong
        if made is not None:
            parts.append(Part(made.definition, source))
            types.setdefault(made.definition.type, made)
    whole = {id_: replace(one, checks=tuple(_checks(one, types))) for id_, one in types.items()}
    problems += [problem for one in whole.values() for problem in value_problems(one)]
    return OwnTypes(whole, tuple(parts), tuple(problems))


def _checks(one: OwnType, types: Mapping[str, OwnType]) -> Iterator[tuple[ConditionDef, Location]]:
    under = types.get(one.source.data["like"]["type"])
    if under is not None:
        yield from _checks(under, types)
    for at, check in enumerate(one.definition.checks):
        yield check, (Spot(one.source) / "checks" / at / "that").at


def _is_map(data: Any) -> bool:
    return isinstance(data, dict) and "type" in data


def _locale(source: Source) -> Iterator[Part[LocaleFile]]:
    try:
        yield Part(msgspec.convert(source.data, LocaleFile), source)
    except msgspec.ValidationError:
        return  # Its shape is complained of where all files are looked at.


def _names(files: list[Source]) -> Iterator[Problem]:
    named = [(str(one.data["type"]), Spot(one) / "type") for one in files if _is_map(one.data)]
    yield from repeated(FIELD_TYPE, named)
    for id_, spot in named:
        if id_ in FIELD_TYPES:
            message = Message("“{type}”是平台自带的类型，请换一个标识", type=id_)
            yield spot.problem("type.shipped", message)
        else:
            yield from misfiled(FIELD_TYPE, f"types/{id_}.yaml", spot)


def _made(
    source: Source, named: Mapping[str, Source], texts: list[Part[LocaleFile]]
) -> tuple[OwnType | None, list[Problem]]:
    like, problems = _resolved(source, named, ())
    if like is None:
        # Nothing is known of the type that it is like: the rest of it is looked at all the same.
        return None, problems or shape_problems(source)
    whole = {**source.data, "like": like}
    problems += shape_problems(replace(source, data=whole))
    if problems:
        return None, problems
    called = {"id": source.data["type"], "label": source.data["type"]}
    definition = msgspec.convert({**whole, "like": {**like, **called}}, OwnTypeDef)
    told = translated_type(Part(definition, source), texts)
    problems += _options(definition, Spot(source))
    plain = msgspec.to_builtins(told.like) if told is not definition else like
    made = OwnType(told, source, {key: plain[key] for key in like})
    return made, problems


def _resolved(
    source: Source, named: Mapping[str, Source], above: tuple[Source, ...]
) -> tuple[Data | None, list[Problem]]:
    """Return the shipped type that a type comes down to, with the options of all types between."""
    like = source.data.get("like") if isinstance(source.data, dict) else None
    word = like.get("type") if isinstance(like, dict) else None
    if not isinstance(like, dict) or not isinstance(word, str):
        return None, []
    spot = Spot(source) / "like" / "type"
    if word in NOT_LIKE:
        message = Message("“{type}”要靠表单里的其他字段，不能作自定义类型", type=word)
        return None, [spot.problem("type.like", message)]
    if word in FIELD_TYPES:
        return like, []
    if word not in named:
        known = [*named, *(one for one in FIELD_TYPES if one not in NOT_LIKE)]
        return None, [spot.problem("type.unknown", unknown(FIELD_TYPE, word, known))]
    if named[word] in (*above, source):
        message = Message("“{type}”绕了一圈又回到自己", type=word)
        return None, [spot.problem("type.circle", message)]
    under, problems = _resolved(named[word], named, (*above, source))
    if under is None:
        return None, problems  # Whoever makes that type is told what is wrong with it.
    own = {key: value for key, value in like.items() if key != "type"}
    opened = named[word].data.get("open")
    free = {*SHARED, *(opened if isinstance(opened, list) else ())}
    problems += [
        (Spot(source) / "like" / key).key_problem(
            "type.closed", Message("类型“{type}”不让改“{key}”", type=word, key=key)
        )
        for key in own
        if key not in free and key in under
    ]
    return {**under, **own}, problems


def _options(definition: OwnTypeDef, spot: Spot) -> Iterator[Problem]:
    """What the type says together, and which of its options fields may still set."""
    for option, code, message in definition.like.mistakes():
        yield (spot / "like" / option).problem(code, message)
    keys = [
        key
        for key in definition.like.__struct_encode_fields__
        if key not in ("id", "label", "formerly", "note")
    ]
    for at, key in enumerate(definition.open):
        if key not in keys:
            yield (spot / "open" / at).problem("type.open", unknown(OPTION_KEY, key, keys))


def written_out(sources: Iterable[Source], found: OwnTypes) -> tuple[list[Source], list[Problem]]:
    """Return the files as they would be with shipped types only, without the types themselves,
    and what fields may not say; what rests on types that are wrong is left out."""
    out: list[Source] = []
    problems: list[Problem] = []
    for source in sources:
        if source.kind == "type" or (found.problems and asks_own(source)):
            continue
        made, wrong = expanded(source, found.types) if asks_own(source) else (source, ())
        out.append(made)
        problems += wrong
    return out, problems


def without_told(shapes: Iterable[Problem], told: Iterable[Problem]) -> list[Problem]:
    """Return what is wrong with the shape of files, without what was said better already."""
    places = {problem.at for problem in told}
    return [problem for problem in shapes if problem.at not in places]
