"""How is each way of missing the shape said to the author of an app?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from engine.loading.nouns import EITHER, JSON_KINDS, TRUTH
from engine.loading.source import Path, Source
from engine.problems import Problem, did_you_mean
from engine.wording import Message

LONGEST_LIST = 40
"""So many possible words are listed; more would hide the rest of the sentence."""

_LIMITS = {
    "minimum": Message("“{value}”太小，最小是 {limit}"),
    "maximum": Message("“{value}”太大，最大是 {limit}"),
    "exclusiveMinimum": Message("“{value}”太小，应大于 {limit}"),
    "exclusiveMaximum": Message("“{value}”太大，应小于 {limit}"),
    "maxLength": Message("太长，最多 {limit} 个字符"),
    "minItems": Message("太少，至少要有 {limit} 项"),
    "maxItems": Message("太多，最多 {limit} 项"),
}
_FORMATS = {
    "date": Message("“{value}”不是日期，应如 2026-03-31"),
    "time": Message("“{value}”不是时刻，应如 09:30:00"),
    "date-time": Message("“{value}”不是日期时间，应如 2026-03-31T09:30:00+08:00"),
    "duration": Message("“{value}”不是时长，应如 P7D（7 天）、PT72H（72 小时）"),
    "decimal": Message("“{value}”不是数，应如 1200 或 0.15"),
    "moment": Message("“{value}”不是时刻，应如 -3d、-3d 14:20、+2h 或 2026-03-02 09:00"),
    "login": Message("“{value}”不是登录名；登录名以小写字母开头"),
    "id": Message("“{value}”不能作标识；标识以小写字母开头，只含小写字母、数字和下划线"),
    "version": Message("“{value}”不是版本号，应如 1.0.0"),
}
_COMMA = Message("花括号里的文字遇到英文逗号就断了；请给文字加引号，或改用中文逗号")
_OTHER = Message("“{value}”的写法不对")
_PATTERN = Message("“{value}”的写法不对，应符合 {pattern}")


def complaint(source: Source, error: Any) -> Iterator[Problem]:
    """Yield what one error of the schema means for the author, at the exact place."""
    path: Path = tuple(error.absolute_path)
    say = _SAY.get(error.validator, _value_problem)
    if "propertyNames" in error.absolute_schema_path:
        say = _key_problem
    yield from say(source, path, error)


def shown(value: object) -> str:
    """Return a value as it may stand in a sentence."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:39] + "…"


def unknown(what: Message, word: str, known: Iterable[str]) -> Message:
    """Return the sentence for a word that points nowhere: what resembles it, what there is."""
    possible = list(dict.fromkeys(known))
    near = did_you_mean(word, possible)
    listed: list[str] = possible[:LONGEST_LIST]
    if not possible:
        return Message("没有{what}“{word}”，这里还没有可用的", what=what, word=shown(word))
    if near is None:
        return Message(
            "没有{what}“{word}”；可用：{known}", what=what, word=shown(word), known=listed
        )
    return Message(
        "没有{what}“{word}”，是否想写“{near}”？可用：{known}",
        what=what, word=shown(word), near=near, known=listed,
    )  # fmt: skip


def _unknown_keys(source: Source, path: Path, error: Any) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            cut = _cut_by_comma(source, (*path, key), error.instance[key])
            message = _COMMA if cut else _unknown_key(key, known)
            yield Problem(source.at_key((*path, key)), "shape.unknown_key", message)


def _unknown_key(key: str, known: list[str]) -> Message:
    near = did_you_mean(key, known)
    if near is None:
        return Message("未知的键“{key}”；可用：{known}", key=shown(key), known=known)
    return Message(
        "未知的键“{key}”，是否想写“{near}”？可用：{known}", key=shown(key), near=near, known=known
    )


def _cut_by_comma(source: Source, path: Path, value: object) -> bool:
    """Tell if a key is really the rest of a text that was cut off at a comma."""
    key, place = source.keys.get(path), source.places.get(path)
    if value is not None or key is None or place is None or place.start != place.end:
        return False
    word = str(path[-1])
    after_comma = source.text[: key.start].rstrip().endswith(",")
    return after_comma and not (word.isascii() and word.isidentifier())


def _missing_key(source: Source, path: Path, error: Any) -> Iterator[Problem]:
    key = next(key for key in error.validator_value if repr(key) in error.message)
    yield Problem(source.at(path), "shape.missing", Message("缺少“{key}”", key=key))


def _wrong_type(source: Source, path: Path, error: Any) -> Iterator[Problem]:
    wanted = error.validator_value
    words = [wanted] if isinstance(wanted, str) else [word for word in wanted if word != "null"]
    kinds = [JSON_KINDS[word] for word in words]
    words_of_format = _FORMATS.get(error.schema.get("format", ""))
    if words_of_format and isinstance(error.instance, int | float):
        message = Message(words_of_format.text, value=shown(error.instance))
    elif error.instance is None:
        message = Message("后面没有内容，应为{kinds}", kinds=_Either(kinds))
    else:
        message = Message(
            "应为{kinds}，写的是{kind}“{value}”",
            kinds=_Either(kinds), kind=_kind_of(error.instance), value=shown(error.instance),
        )  # fmt: skip
    if "string" in words and not words_of_format and _is_plain(error.instance):
        message = Message("{message}；文字请加引号", message=message)
    yield Problem(source.at(path), "shape.type", message)


def _is_plain(value: object) -> bool:
    return isinstance(value, bool | int | float)


class _Either(Message):
    """Several words of which one is meant."""

    __slots__ = ("choices",)

    def __init__(self, choices: Sequence[Message]) -> None:
        super().__init__("")
        self.choices = choices

    def fill(self, translate: Callable[[str], str] | None = None, locale: str = "zh") -> str:
        joiner = EITHER.fill(translate, locale)
        return joiner.join(choice.fill(translate, locale) for choice in self.choices)


def _kind_of(value: object) -> Message:
    if isinstance(value, bool):
        return TRUTH
    if isinstance(value, int | float):
        return JSON_KINDS["number"]
    if isinstance(value, dict):
        return JSON_KINDS["object"]
    return JSON_KINDS["array"] if isinstance(value, list) else JSON_KINDS["string"]


def _wrong_choice(source: Source, path: Path, error: Any) -> Iterator[Problem]:
    choices = error.validator_value if error.validator == "enum" else [error.validator_value]
    known = [str(word) for word in choices if word is not None]
    value = error.instance
    if value is None or isinstance(value, dict | list):
        message = Message("这里应写一个词，可选：{known}", known=known)
    else:
        message = _not_among(_last_key(path), shown(value), known)
    yield Problem(source.at(path), "shape.choice", message)


def _not_among(key: str, value: str, known: list[str]) -> Message:
    near = did_you_mean(value, known)
    if near is None:
        return Message("“{key}”不能是“{value}”；可选：{known}", key=key, value=value, known=known)
    return Message(
        "“{key}”不能是“{value}”，是否想写“{near}”？可选：{known}",
        key=key, value=value, near=near, known=known,
    )  # fmt: skip


def _last_key(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _limit(source: Source, path: Path, error: Any) -> Iterator[Problem]:
    words = _LIMITS[error.validator].text
    message = Message(words, value=shown(error.instance), limit=error.validator_value)
    yield Problem(source.at(path), "shape.limit", message)


def _empty(source: Source, path: Path, error: Any) -> Iterator[Problem]:
    yield Problem(source.at(path), "shape.empty", Message("不能是空文字"))


def _format(source: Source, path: Path, error: Any) -> Iterator[Problem]:
    if error.validator == "format" and "pattern" in error.schema:
        return
    yield Problem(source.at(path), "shape.format", _format_message(error))


def _format_message(error: Any) -> Message:
    words = _FORMATS.get(error.schema.get("format", ""))
    if words:
        return Message(words.text, value=shown(error.instance))
    pattern = error.schema.get("pattern", "")
    return Message(_PATTERN.text, value=shown(error.instance), pattern=pattern)


def _key_problem(source: Source, path: Path, error: Any) -> Iterator[Problem]:
    yield Problem(source.at_key((*path, error.instance)), "shape.format", _format_message(error))


def _value_problem(source: Source, path: Path, error: Any) -> Iterator[Problem]:
    yield Problem(source.at(path), "shape.value", Message(_OTHER.text, value=shown(error.instance)))


_SAY: dict[str, Callable[[Source, Path, Any], Iterator[Problem]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _wrong_choice,
    "const": _wrong_choice,
    "pattern": _format,
    "format": _format,
    "minLength": _empty,
    **dict.fromkeys(_LIMITS, _limit),
}
