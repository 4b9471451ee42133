"""Which FEEL text says what a filter shows?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.app import App, Form
from engine.expressions import FeelError, parse
from engine.expressions.tree import And, For, If, Or, Quant
from engine.filters import periods
from engine.filters.known import Known, Sort, known_at
from engine.filters.literals import NULL, day, has_capitals, is_day, quoted, written
from engine.filters.operators import require
from engine.filters.visual import BadFilter, Condition, Group, Part, Written
from engine.wording import Message

EACH = "each"
"""What an item of a list is called."""
_LOOSE = (And, Or, If, Quant, For)
_COUNTED = (Sort.ROWS, Sort.RECORDS)
Values = tuple[str, ...]


def to_feel(app: App, form: Form, part: Part) -> str:
    """Return a filter as text; one without conditions is the empty text. Raises BadFilter."""
    if isinstance(part, Group):
        return _group(app, form, part, ())
    return _part(app, form, part, ())


def _group(app: App, form: Form, group: Group, at: tuple[int, ...]) -> str:
    texts = []
    for n, item in enumerate(group.items):
        text = _part(app, form, item, (*at, n))
        several = isinstance(item, Group) and len(item.items) > 1
        if text:
            texts.append(f"({text})" if several else text)
    return (" and " if group.all else " or ").join(texts)


def _part(app: App, form: Form, part: Part, at: tuple[int, ...]) -> str:
    match part:
        case Group():
            return _group(app, form, part, at)
        case Written(text):
            return _bracketed(text)
        case Condition():
            try:
                return condition_text(known_at(app, form, part.field), part.op, part.values)
            except BadFilter as refused:
                raise BadFilter(refused.message, at) from refused


def _bracketed(text: str) -> str:
    try:
        return f"({text})" if isinstance(parse(text), _LOOSE) else text
    except FeelError as wrong:
        raise BadFilter(wrong.message) from wrong


def condition_text(known: Known, op: str, values: Values) -> str:
    """Return one condition as text. Raises BadFilter."""
    require(known, op, values)
    write = _MANY.get(op) if known.sort in (Sort.MANY, Sort.RECORDS) else None
    if known.sort is Sort.ADDRESS:
        write = _ADDRESS.get(op)
    return (write or _WRITERS[op])(known, values)


def _equal(known: Known, values: Values) -> str:
    if _days_only(known, values):
        return f"{known.path} in {_test(known, values[0])}"
    return f"{known.path} = {written(known, values[0])}"


def _unequal(known: Known, values: Values) -> str:
    if _days_only(known, values):
        return f"({_equal(known, values)}) != true"
    return f"{known.path} != {written(known, values[0])}"


def _days_only(known: Known, values: Values) -> bool:
    """Whether moments are asked for by whole days, at least one of them."""
    return known.sort is Sort.MOMENT and any(map(is_day, values))


def _test(known: Known, text: str) -> str:
    if known.sort is Sort.MOMENT and is_day(text):
        return f"[start of day({day(text)})..end of day({day(text)})]"
    return written(known, text)


def _ordered(op: str) -> Callable[[Known, Values], str]:
    # After a day is after its end, from a day on is from its beginning.
    edge = "end" if op in (">", "<=") else "start"

    def write(known: Known, values: Values) -> str:
        value = written(known, values[0])
        if value == NULL:
            raise BadFilter(Message("筛选的值写得不对"))
        if _days_only(known, values):
            value = f"{edge} of day({value})"
        return f"{known.path} {op} {value}"

    return write


def _between(known: Known, values: Values) -> str:
    low, high = values
    if low and high:
        lowest, highest = _edges(known, low, high)
        return f"{known.path} in [{lowest}..{highest}]"
    if low:
        return _WRITERS[">="](known, (low,))
    return _WRITERS["<="](known, (high,)) if high else f"{known.path} != {NULL}"


def _edges(known: Known, low: str, high: str) -> tuple[str, str]:
    lowest, highest = written(known, low), written(known, high)
    if _days_only(known, (low,)):
        lowest = f"start of day({lowest})"
    if _days_only(known, (high,)):
        highest = f"end of day({highest})"
    return lowest, highest


def _within(known: Known, first: str, last: str) -> str:
    """Return the condition for the days from one to another, given in FEEL."""
    if known.sort is Sort.MOMENT:
        return f"{known.path} in [start of day({first})..end of day({last})]"
    return f"{known.path} = {first}" if first == last else f"{known.path} in [{first}..{last}]"


def _in_period(known: Known, values: Values) -> str:
    found = periods.PERIODS.get(values[0])
    if found is None:
        raise BadFilter(Message("时间范围应为 {periods}", periods=list(periods.PERIODS)))
    return _within(known, *found)


def _last_days(known: Known, values: Values) -> str:
    return _within(known, *periods.last_days(periods.days_of(values[0])))


def _next_days(known: Known, values: Values) -> str:
    return _within(known, *periods.next_days(periods.days_of(values[0])))


def _older_than(known: Known, values: Values) -> str:
    first = periods.ago(periods.days_of(values[0]))
    return f"{known.path} < {f'start of day({first})' if known.sort is Sort.MOMENT else first}"


def _later_than(known: Known, values: Values) -> str:
    last = periods.ahead(periods.days_of(values[0]))
    return f"{known.path} > {f'end of day({last})' if known.sort is Sort.MOMENT else last}"


def _in(known: Known, values: Values) -> str:
    if not values:
        return "false"
    return f"{known.path} in ({', '.join(_test(known, text) for text in values)})"


def _not_in(known: Known, values: Values) -> str:
    if not values:
        return "true"
    found = _in(known, values)
    # Whether an empty value lies within a range is unknown; whether it equals one is not.
    return f"({found}) != true" if _days_only(known, values) else f"not({found})"


def _spoken(function: str) -> Callable[[Known, Values], str]:
    def write(known: Known, values: Values) -> str:
        return _ignoring_case(function, known.path, _text(known, values))

    return write


def _ignoring_case(function: str, path: str, text: str) -> str:
    if not has_capitals(text):
        return f"{function}({path}, {quoted(text)})"
    return f"{function}(lower case({path}), lower case({quoted(text)}))"


def _text(known: Known, values: Values) -> str:
    text = values[0]
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadFilter(Message("筛选的值写得不对"))
    return text


def _not_contains(known: Known, values: Values) -> str:
    return f"{_ignoring_case('contains', known.path, _text(known, values))} != true"


def _has_any(known: Known, values: Values) -> str:
    items = [written(known, text) for text in values]
    if not items:
        return "false"
    if len(items) == 1:
        return f"list contains({known.path}, {items[0]})"
    # Its condition would go on to the end of the text.
    return f"(some {EACH} in {known.path} satisfies {EACH} in ({', '.join(items)}))"


def _has_none(known: Known, values: Values) -> str:
    return f"{_has_any(known, values)} != true"


def _has_all(known: Known, values: Values) -> str:
    items = [f"list contains({known.path}, {written(known, text)})" for text in values]
    return f"({' and '.join(items)})" if len(items) > 1 else "".join(items) or "true"


def _empty(known: Known, _values: Values) -> str:
    path = known.path
    return f"count({path}) = 0" if known.sort in _COUNTED else f"{path} = {NULL}"


def _filled(known: Known, _values: Values) -> str:
    path = known.path
    return f"count({path}) > 0" if known.sort in _COUNTED else f"{path} != {NULL}"


def _mine(known: Known, _values: Values) -> str:
    own = "department" if known.sort is Sort.DEPARTMENT else "id"
    return f"{known.path} = user.{own}"


def _mine_under(known: Known, _values: Values) -> str:
    return f"{known.path} in user.departments"


_WRITERS: Mapping[str, Callable[[Known, Values], str]] = {
    "=": _equal,
    "!=": _unequal,
    **{op: _ordered(op) for op in (">", ">=", "<", "<=")},
    "between": _between,
    "in": _in,
    "not_in": _not_in,
    "in_period": _in_period,
    "last_days": _last_days,
    "next_days": _next_days,
    "older_than": _older_than,
    "later_than": _later_than,
    "contains": _spoken("contains"),
    "starts_with": _spoken("starts with"),
    "not_contains": _not_contains,
    "empty": _empty,
    "filled": _filled,
    "mine": _mine,
    "mine_under": _mine_under,
}
_MANY: Mapping[str, Callable[[Known, Values], str]] = {
    "has_any": _has_any,
    "has_all": _has_all,
    "has_none": _has_none,
}
_ADDRESS: Mapping[str, Callable[[Known, Values], str]] = {
    "starts_with": lambda known, values: (
        f"starts with({known.path}.region, {quoted(_text(known, values))})"
    ),
    "contains": lambda known, values: _ignoring_case(
        "contains", f"{known.path}.detail", _text(known, values)
    ),
}
