"""Which routing do a few sentences mean, in the words of a form and by the names of people?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.wording import Message

_SENTENCE = re.compile(r"[;；。\n]+")
_GIVEN = re.compile(r"[,，\s]*(?:优先)?(?:分配给|分派给|分给|派给|交给|给)")
_AND = re.compile(r"并且|而且|且|，|,|、(?=[^，,]*[<>≥≤=])")
_OR = re.compile(r"或者|或|、|和|/|,|，")
_REST = re.compile(r"^(其他|其它|其余|否则|剩下)(的)?(.{0,8})$")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(亿|千万|百万|万|千)?元?")
_NOUN = re.compile(r"的[^的]{0,8}$")
_TIMES = {"亿": 100_000_000, "千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000}
_COMPARED = (
    (">=", ("≥", ">=", "不低于", "不少于", "至少", "大于等于")),
    ("<=", ("≤", "<=", "不超过", "不高于", "至多", "小于等于")),
    (">", (">", "＞", "大于", "超过", "高于", "多于")),
    ("<", ("<", "＜", "小于", "低于", "少于", "不到")),
)
_IS = ("来自于", "来自", "来源于", "属于", "等于", "是", "为", "＝", "=", "在")
_ALL = ("", "所有", "全部")


@dataclass(frozen=True, kw_only=True)
class FieldWords:
    """A field as sentences call it."""

    id: str
    label: str
    number: bool = False
    options: tuple[tuple[str, str], ...] = ()
    """Of a choice: id and label of each option."""


@dataclass(frozen=True, kw_only=True)
class PersonWords:
    """Somebody as sentences call them."""

    login: str
    name: str
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Everything that sentences can name."""

    fields: tuple[FieldWords, ...]
    people: tuple[PersonWords, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked of one field."""

    field: FieldWords
    cell: str
    """As a cell of a decision table."""
    words: Message


@dataclass(frozen=True)
class Clause:
    """Who is given the records for which all of it holds."""

    asked: tuple[Asked, ...]
    people: tuple[PersonWords, ...]


@dataclass(frozen=True)
class Unclear:
    """A part of a sentence that could mean several things, or nothing, with what to write."""

    part: str
    message: Message


Heard = tuple[tuple[Clause, ...], tuple[Unclear, ...]]


def understood(text: str, words: Vocabulary) -> Heard:
    """Return the clauses in their order, and all that is unclear; nothing is guessed."""
    clauses: list[Clause] = []
    unclear: list[Unclear] = []
    plain = _THOUSANDS.sub("", text)
    for sentence in filter(None, map(str.strip, _SENTENCE.split(plain))):
        found = _clause(sentence, words)
        clauses += [one for one in found if isinstance(one, Clause)]
        unclear += [one for one in found if isinstance(one, Unclear)]
    if not clauses and not unclear:
        unclear.append(Unclear("", Message("请写一句话，如：金额大于 20 万的分给张三；其他给李四")))
    for clause in clauses[:-1]:
        if not clause.asked:
            message = Message("“其他”之后的句子不会用到，请把它放在最后")
            unclear.append(Unclear("", message))
    return tuple(clauses), tuple(unclear)


def _clause(sentence: str, words: Vocabulary) -> list[Clause | Unclear]:
    given = list(_GIVEN.finditer(sentence))
    if not given:
        return [Unclear(sentence, Message("没有写分给谁，请写“分给”和姓名"))]
    before, after = sentence[: given[-1].start()], sentence[given[-1].end() :]
    asked = list(_conditions(before.strip(" ,，"), words))
    people = list(_people(after.strip(" ,，"), words))
    unclear = [one for one in (*asked, *people) if isinstance(one, Unclear)]
    if unclear:
        return list(unclear)
    tests = tuple(one for one in asked if isinstance(one, Asked))
    meant = tuple(one for one in people if isinstance(one, PersonWords))
    return [Clause(tests, meant)]


def _people(text: str, words: Vocabulary) -> Iterator[PersonWords | Unclear]:
    names = [part.strip() for part in _OR.split(text) if part.strip()]
    if not names:
        yield Unclear(text, Message("没有写分给谁，请写“分给”和姓名"))
    for name in names:
        found = [one for one in words.people if name in (one.name, one.login)]
        if len(found) == 1:
            yield found[0]
        elif found:
            which = [f"{one.login}（{one.department}）" for one in found]
            message = Message("有 {n} 位“{name}”，请改写登录名：{which}", n=len(found), name=name,
                              which=which)  # fmt: skip
            yield Unclear(name, message)
        else:
            yield _like(name, [one.name for one in words.people], Message("同事"))


def _conditions(text: str, words: Vocabulary) -> Iterator[Asked | Unclear]:
    if _REST.match(text) or _NOUN.sub("", text) in _ALL:
        return
    bare = _NOUN.sub("", text)
    for part in filter(None, map(str.strip, _AND.split(bare))):
        yield _condition(part, words)


def _condition(part: str, words: Vocabulary) -> Asked | Unclear:
    number = _NUMBER.search(part)
    sign = _sign(part, number.end() if number else 0)
    if number and sign:
        name = part[: min(_at(part, sign), number.start())].strip().removesuffix("在")
        return _compared(part, name, sign, _amount(number), words)
    return _chosen(part, words)


def _sign(part: str, after: int) -> str | None:
    if part[after:].strip().startswith(("以上", "及以上")):
        return ">="
    if part[after:].strip().startswith(("以下", "以内")):
        return "<="
    return next((sign for sign, said in _COMPARED if any(one in part for one in said)), None)


def _at(part: str, sign: str) -> int:
    said = next(said for one, said in _COMPARED if one == sign)
    return min((part.index(one) for one in said if one in part), default=len(part))


def _amount(number: re.Match[str]) -> Decimal:
    amount = Decimal(number[1]) * _TIMES.get(number[2] or "", 1)
    return amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount.normalize()


def _compared(
    part: str, name: str, sign: str, amount: Decimal, words: Vocabulary
) -> Asked | Unclear:
    fields = _called(name, [one for one in words.fields if one.number])
    if len(fields) == 1:
        said = Message("“{field}”{sign} {n}", field=fields[0].label, sign=sign, n=f"{amount:,f}")
        return Asked(fields[0], f"{sign} {amount:f}", said)
    if fields:
        labels = [one.label for one in fields]
        return Unclear(part, Message("“{name}”可以是 {labels}，请写全称", name=name, labels=labels))
    return _banded(part, name, sign, amount, words)


def _banded(part: str, name: str, sign: str, amount: Decimal, words: Vocabulary) -> Asked | Unclear:
    """Take the option of a choice that says the same, such as “20 万以上”."""
    fields = _called(name, [one for one in words.fields if one.options])
    if len(fields) != 1:
        numbers = [one.label for one in words.fields if one.number or one.options]
        return _like(name, numbers, Message("字段"))
    wanted = "以上" if sign.startswith(">") else "以下"
    for id_, label in fields[0].options:
        number = _NUMBER.search(label)
        if number and _amount(number) == amount and wanted in label:
            return _is(fields[0], ((id_, label),))
    listed = [label for _, label in fields[0].options]
    message = Message("“{field}”只有这些选项：{options}", field=fields[0].label, options=listed)
    return Unclear(part, message)


def _chosen(part: str, words: Vocabulary) -> Asked | Unclear:
    name, said = _parted(part)
    named = _called(name, [one for one in words.fields if one.options]) if name else []
    among = named or [one for one in words.fields if one.options]
    if len(named) > 1 or (name and not named):
        labels = [one.label for one in among]
        return _like(name, labels, Message("字段"))
    values = [one.strip(" “”\"'") for one in _OR.split(said) if one.strip()]
    fitting = [(one, found) for one in among if (found := _options(one, values))]
    if len(fitting) == 1:
        return _is(*fitting[0])
    if fitting:
        which = [f"{one.label}是{said}" for one, _ in fitting]
        return Unclear(part, Message("“{part}”有几种意思，请写成：{which}", part=part, which=which))
    return _like(said, [label for one in among for _, label in one.options], Message("选项"))


def _parted(part: str) -> tuple[str, str]:
    for word in _IS:
        name, found, said = part.partition(word)
        if found and said.strip():
            return name.strip(), said.strip()
    return "", part


def _options(field: FieldWords, values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found = []
    for value in values:
        same = [one for one in field.options if _bare(one[1]) == _bare(value) or one[0] == value]
        near = same or [one for one in field.options if _bare(value) in _bare(one[1])]
        if len(near) != 1:
            return ()
        found.append(near[0])
    return tuple(found)


def _is(field: FieldWords, options: Sequence[tuple[str, str]]) -> Asked:
    cell = ", ".join(f'"{id_}"' for id_, _ in options)
    labels = [label for _, label in options]
    return Asked(field, cell, Message("“{field}”是 {options}", field=field.label, options=labels))


def _called(name: str, fields: Sequence[FieldWords]) -> list[FieldWords]:
    same = [one for one in fields if _bare(one.label) == _bare(name) or one.id == name]
    return same or [one for one in fields if name and _bare(name) in _bare(one.label)]


def _like(name: str, known: Sequence[str], what: Message) -> Unclear:
    shared = [one for one in known if set(name) & set(one)] or list(known)
    listed = list(dict.fromkeys(shared))[:8]
    message = Message("没有{what}“{name}”，可用：{known}", what=what, name=name, known=listed)
    return Unclear(name, message)


def _bare(text: str) -> str:
    return re.sub(r"[\s“”\"'（）()]", "", text).casefold()
