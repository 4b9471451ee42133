"""How is a value of the wrong kind told to somebody who chooses, and never writes a file?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.loading.nouns import JSON_KINDS, TRUTH
from engine.wording import Message, Said

_EMPTY = Message("这里不能空着")
_OTHER_KIND = Message("“{value}”不能填在这里，应为{kinds}")
_KIND = Message("这里应为{kinds}")
_NO_SETTING = Message("这里没有“{key}”这项设置")
PLAIN: Mapping[str, Message] = {
    "后面没有内容，应为{kinds}": _EMPTY,
    "不能是空文字": _EMPTY,
    "应为{kinds}，写的是{kind}“{value}”": _OTHER_KIND,
    "未知的键“{key}”；可用：{known}": _NO_SETTING,
    "未知的键“{key}”，是否想写“{near}”？可用：{known}": _NO_SETTING,
    "缺少“{key}”": Message("还没有填“{key}”"),
    "这里应写一个词，可选：{known}": Message("请从这些里选一个：{known}"),
    "“{value}”不是时长，应如 P7D（7 天）、PT72H（72 小时）": Message(
        "“{value}”不是时长，请填一个数，再选天或小时"
    ),
    "“{value}”不是日期时间，应如 2026-03-31T09:30:00+08:00": Message(
        "“{value}”不是日期时间，请重新选"
    ),
    "“{value}”的写法不对，应符合 {pattern}": Message("“{value}”的写法不对"),
}
"""What is said instead, by what the author of a file is told."""
QUOTES = "{message}；文字请加引号"
_NESTED = (JSON_KINDS["object"], JSON_KINDS["array"])
_KINDS: Mapping[Message, Message] = {
    JSON_KINDS["object"]: Said({"zh": "一组设置", "en": "a group of settings"}),
    JSON_KINDS["boolean"]: Said({"zh": "是或否", "en": "yes or no"}),
    TRUTH: Said({"zh": "是或否", "en": "yes or no"}),
}


def plain_shape(message: Message) -> Message:
    """Return what a choosing person is told of a wrong shape; the message itself where it speaks
    of nothing that only files have."""
    inner = message.args.get("message")
    if message.text == QUOTES and isinstance(inner, Message):
        return plain_shape(inner)
    plain = PLAIN.get(message.text)
    if plain is None:
        return message
    if plain is _OTHER_KIND and message.args.get("kind") in _NESTED:
        plain = _KIND
    return Message(plain.text, **{key: _in_words(arg) for key, arg in message.args.items()})


def _in_words(arg: object) -> object:
    choices = getattr(arg, "choices", None)
    if not choices:
        return arg
    # Where a text will do, nobody is told that a text in each language would do as well.
    simple = [one for one in choices if one != JSON_KINDS["object"]] or choices
    return [_KINDS.get(one, one) for one in simple]
