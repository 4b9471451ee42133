"""How is a cell of a decision table typed and read by people who know no FEEL?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from designer.grid.columns import Column
from engine.definition.decision import Cell

ANY = "-"
ANYTHING = frozenset({"", "-", "不限", "任意", "any"})
NOTHING = frozenset({"空", "null", "none"})
TRUTH = {"是": "true", "否": "false", "yes": "true", "no": "false"}
SAID_TRUTH = {"true": {"zh": "是", "en": "yes"}, "false": {"zh": "否", "en": "no"}}
SAID_NOTHING = {"zh": "空", "en": "none"}
SAID_NOT = {"zh": "除了", "en": "not "}
SAID_TO = {"zh": " 到 ", "en": " to "}
BETWEEN = {"zh": "、", "en": ", "}

_NUMBER = r"-?\d+(?:\.\d+)?"
_DATE = r"\d{4}-\d{2}-\d{2}"
_WRITTEN_DATE = rf'(?:@|date\()"({_DATE})"\)?'
_NOT = re.compile(r"^(?:除了|不是|非|not(?=[\s(]))\s*(.+)$", re.IGNORECASE)
_OPERATORS = (
    (re.compile(r"^(?:>=|≥|不少于|不小于|不低于|至少|at least)\s*(.+)$"), ">="),
    (re.compile(r"^(?:<=|≤|不超过|不大于|不高于|至多|最多|at most)\s*(.+)$"), "<="),
    (re.compile(r"^(?:>|＞|大于|超过|晚于|more than)\s*(.+)$"), ">"),
    (re.compile(r"^(?:<|＜|小于|低于|少于|早于|less than)\s*(.+)$"), "<"),
)
_TO = re.compile(r"^(.+?)\s*(?:到|至|~|～|—|\bto\b)\s*(.+)$")
_DASH = re.compile(r"^([\d.,]+)-([\d.,]+)$")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_QUOTED_LIST = re.compile(r'"[^"\\]*"(?:\s*,\s*"[^"\\]*")*')


def told(cell: Cell, column: Column, locale: str) -> str:
    """Return a cell as people read it; what has no words is FEEL behind `=`. Typing it again
    gives the same cell."""
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    say = _said_answer if column.answers else _said_test
    said = say(text, column, locale)
    return said if said is not None and written(said, column) == text else f"= {text}"


def written(text: str, column: Column) -> str:
    """Return the FEEL of what somebody typed into a column."""
    typed = text.strip()
    if typed.startswith("="):
        return typed[1:].strip() or ("null" if column.answers else ANY)
    if column.answers:
        return _written_answer(typed, column)
    if typed.lower() in ANYTHING:
        return ANY
    if typed.lower() in NOTHING:
        return "null"
    return _written_test(typed, column)


def _said_answer(text: str, column: Column, locale: str) -> str | None:
    if text == "null":
        return ""
    if text in SAID_TRUTH:
        return SAID_TRUTH[text][locale]
    quoted = _QUOTED.fullmatch(text)
    if quoted and "\\" not in text:
        return column.options.get(quoted[1], quoted[1])
    return text if re.fullmatch(_NUMBER, text) else None


def _written_answer(typed: str, column: Column) -> str:
    for id_, label in column.options.items():
        if typed == label:
            return _quote(id_)
    if not typed or typed.lower() in NOTHING:
        return "null"
    if typed.lower() in TRUTH or typed.lower() in SAID_TRUTH:
        return TRUTH.get(typed.lower(), typed.lower())
    number = _number(typed)
    if number is not None:
        return number
    return typed if _QUOTED.fullmatch(typed) else _quote(typed)


def _said_test(text: str, column: Column, locale: str) -> str | None:
    if text == ANY:
        return ""
    if text == "null":
        return SAID_NOTHING[locale]
    if text in SAID_TRUTH:
        return SAID_TRUTH[text][locale]
    inner = re.fullmatch(r"not\((.+)\)", text)
    bare = inner[1] if inner else text
    said = _said_list(bare, column.options, locale) or _said_amount(bare, locale)
    return f"{SAID_NOT[locale]}{said}" if inner and said else said


def _said_list(text: str, options: Mapping[str, str], locale: str) -> str | None:
    if not _QUOTED_LIST.fullmatch(text):
        return None
    return BETWEEN[locale].join(options.get(one, one) for one in _QUOTED.findall(text))


def _said_amount(text: str, locale: str) -> str | None:
    plain = re.sub(_WRITTEN_DATE, r"\1", text)
    value = rf"(?:{_DATE}|{_NUMBER})"
    interval = re.fullmatch(rf"\[\s*({value})\s*\.\.\s*({value})\s*\]", plain)
    if interval:
        return f"{interval[1]}{SAID_TO[locale]}{interval[2]}"
    if re.fullmatch(rf"(?:[<>]=?\s*)?{value}", plain):
        return plain.replace(">=", "≥").replace("<=", "≤")
    return None


def _written_test(typed: str, column: Column) -> str:
    not_these = _NOT.match(typed)
    if not_these:
        inner = not_these[1].strip()
        inner = inner[1:-1] if inner.startswith("(") and inner.endswith(")") else inner
        return f"not({_written_test(inner, column)})"
    if column.sort == "truth":
        return TRUTH.get(typed.lower(), typed)
    if column.sort in ("options", "text"):
        return _written_list(typed, column)
    return _written_amount(typed)


def _written_list(typed: str, column: Column) -> str:
    if _QUOTED_LIST.fullmatch(typed):
        return typed
    ids = {label: id_ for id_, label in column.options.items()}
    if typed in ids:
        return _quote(ids[typed])
    parts = [part.strip() for part in re.split(r"[、,，;；]|\s或\s", typed) if part.strip()]
    found = [ids.get(part, part) for part in parts]
    if column.sort == "options" and not all(one in column.options for one in found):
        found = [ids.get(part.strip('"'), part.strip('"')) for part in parts]
    return ", ".join(map(_quote, found))


def _written_amount(typed: str) -> str:
    for pattern, operator in _OPERATORS:
        found = pattern.match(typed)
        if found:
            return f"{operator} {_amount(found[1])}"
    both = _TO.match(typed) or _DASH.match(typed)
    if both and not typed.startswith("["):
        return f"[{_amount(both[1])}..{_amount(both[2])}]"
    return _amount(typed)


def _amount(typed: str) -> str:
    if re.fullmatch(_DATE, typed):
        return f'@"{typed}"'
    return _number(typed) or typed


def _number(typed: str) -> str | None:
    """Return a number without what people write around it, as in `¥1,200` or `20 万`."""
    found = re.fullmatch(r"[¥￥$]?\s*(-?[\d,]*\d(?:\.\d+)?)\s*(万|亿)?\s*元?", typed)
    if not found:
        return None
    number = found[1].replace(",", "")
    zeros = {"万": 4, "亿": 8}.get(found[2] or "", 0)
    if not zeros:
        return number
    whole, _, rest = number.partition(".")
    moved = f"{whole}{rest[:zeros].ljust(zeros, '0')}".lstrip("0") or "0"
    return f"{moved}.{rest[zeros:]}" if rest[zeros:] else moved


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
