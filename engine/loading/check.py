"""Has each file the shape that its kind asks for?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache, partial
from typing import Any

import msgspec
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

from engine.loading.complaints import complaint
from engine.loading.shapes import schema_of
from engine.loading.source import Source
from engine.problems import Problem

_FORMATS = FormatChecker(formats=())
_KINDS = {"date": date, "date-time": datetime, "time": time}


Fitting = dict[tuple[str, int], Any]
"""Parts of documents that were found to fit: by what they must be and which object they are."""

_FITTING: ContextVar[Fitting | None] = ContextVar("fitting", default=None)


def shape_problems(source: Source, fitting: Fitting | None = None) -> list[Problem]:
    """Return everything in a document that its schema does not allow. What is among `fitting` is
    not looked at again, and what fits goes there."""
    before = _FITTING.set(fitting)
    try:
        errors = list(_validator(source.kind).iter_errors(source.data))
    finally:
        _FITTING.reset(before)
    return [problem for error in errors for problem in complaint(source, error)]


def fits(kind: str, data: object) -> bool:
    """Tell if data without places has the shape of a kind."""
    return bool(_validator(kind).is_valid(data))


@cache
def _validator(kind: str) -> Any:
    return _Validator(schema_of(kind), format_checker=_FORMATS)


def _all_of(
    validator: Any, parts: list[dict[str, Any]], instance: Any, schema: dict[str, Any]
) -> Iterator[ValidationError]:
    """As the standard says; but of thirty field types only the one that is named is looked into."""

    def errors() -> Iterator[ValidationError]:
        for index, part in enumerate(parts):
            if not _named_otherwise(part, instance):
                yield from validator.descend(instance, part, schema_path=index)

    yield from _once(f"allOf {id(parts)}", instance, errors)


def _once(
    what: str, instance: Any, errors: Callable[[], Iterable[ValidationError]]
) -> Iterator[ValidationError]:
    """Yield errors; an object that fitted before is not looked at again."""
    fitting = _FITTING.get()
    if fitting is None or not isinstance(instance, (dict, list)):
        yield from errors()
        return
    key = (what, id(instance))
    if key in fitting:
        return
    found = list(errors())
    yield from found
    if not found:
        fitting[key] = instance  # kept, so that no other object gets its id


def _reference(
    validator: Any, reference: str, instance: Any, schema: dict[str, Any]
) -> Iterator[ValidationError]:
    """As the standard says; but an object that fitted before is not looked at again."""
    find = partial(validator._validate_reference, ref=reference, instance=instance)
    yield from _once(reference, instance, find)


def _pattern(
    validator: Any, pattern: str, instance: Any, schema: dict[str, Any]
) -> Iterator[ValidationError]:
    """As the standard says; but Python's `$` would let a line break at the end pass."""
    if isinstance(instance, str):
        late_break = instance.endswith("\n") and pattern.endswith("$")
        if late_break or not re.search(pattern, instance):
            yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _named_otherwise(part: dict[str, Any], instance: Any) -> bool:
    properties = part.get("if", {}).get("properties", {})
    for key, shape in properties.items():
        if "const" in shape and isinstance(instance, dict):
            return bool(instance.get(key) != shape["const"])
    return False


@_FORMATS.checks("date")
def _is_date(value: object) -> bool:
    return _converts(value, "date")


@_FORMATS.checks("date-time")
def _is_datetime(value: object) -> bool:
    return _converts(value, "date-time")


@_FORMATS.checks("time")
def _is_time(value: object) -> bool:
    return _converts(value, "time")


def _converts(value: object, kind: str) -> bool:
    if not isinstance(value, str):
        return True
    try:
        msgspec.convert(value, _KINDS[kind])
    except msgspec.ValidationError:
        return False
    return True


_OWN_WORDS = {"allOf": _all_of, "pattern": _pattern, "$ref": _reference}
_Validator: Any = validators.extend(  # type: ignore[no-untyped-call]  # jsonschema's stubs are not
    Draft202012Validator, _OWN_WORDS
)
