"""What is wrong with the rules of a table as they are being typed, and where?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from designer.grid.columns import Column
from engine.app import Decision, Form
from engine.decisions import Coverage, Policy, Table, TableErrors, compile_table, coverage
from engine.decisions.coverage import Case
from engine.definition.decision import DecisionDef, DecisionRuleDef
from engine.loading.link_decisions import ONE_ANSWER
from engine.loading.written_tables import written
from engine.wording import Message

MOST_TOLD = 5


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One thing that is wrong, or worth knowing."""

    kind: Literal["cell", "overlap", "never", "gap"]
    text: Message
    row: int | None = None
    column: int | None = None
    bars: bool = True
    """The table can't be kept like this."""


def checked(
    decision: Decision, form: Form, columns: Sequence[Column], rules: Sequence[DecisionRuleDef]
) -> tuple[Mark, ...]:
    """Return what is wrong with a table that has these rules instead of its own."""
    definition = msgspec.structs.replace(decision.definition, rules=tuple(rules))
    try:
        table = compile_table(written(definition), form.scope)
    except TableErrors as wrong:
        return tuple(_mistakes(definition, columns, wrong))
    found = coverage(table)
    if found is None:
        return ()
    return tuple(_marks(definition, table, columns, found))


def _mistakes(
    definition: DecisionDef, columns: Sequence[Column], wrong: TableErrors
) -> Iterator[Mark]:
    inputs = len(definition.inputs)
    for one in wrong.mistakes:
        row, column = None, None
        if one.cell[0] == "rules" and len(one.cell) > 3:
            row, at = int(one.cell[1]), int(one.cell[3])
            column = at if one.cell[2] == "when" else inputs + at
        options = columns[column].options if column is not None else {}
        text = _with_labels(one.error.message, options)
        yield Mark(kind="cell", text=text, row=row, column=column)


def _with_labels(message: Message, options: Mapping[str, str]) -> Message:
    """Return what is wrong with the options called as people know them."""
    if "value" not in message.args or not options:
        return message
    near = options.get(str(message.args.get("near")), "")
    called: dict[str, object] = {"near": near, "options": list(options.values())}
    known = {key: one for key, one in called.items() if key in message.args and one}
    return Message(message.text, **{**message.args, **known})


def _marks(
    definition: DecisionDef, table: Table, columns: Sequence[Column], found: Coverage
) -> Iterator[Mark]:
    yield from _gaps(definition, table, columns, found)
    for at in range(len(table.rules)):
        if at not in found.reached:
            yield Mark(kind="never", text=Message("任何情况下都不会成立"), row=at)
        elif table.policy is Policy.FIRST and at not in found.first:
            yield Mark(kind="never", text=Message("永远轮不到，前面的规则已包含它"), row=at)
    pairs = [pair for pair in sorted(found.overlaps) if _contradict(definition, table, pair)]
    for one, other in pairs[:MOST_TOLD]:
        case = _told(columns, found.overlaps[one, other])
        text = Message("和第 {n} 条会同时成立，例如 {case}", n=one + 1, case=case)
        yield Mark(kind="overlap", text=text, row=other)


def _gaps(
    definition: DecisionDef, table: Table, columns: Sequence[Column], found: Coverage
) -> Iterator[Mark]:
    if not found.gaps:
        return
    answered = any(one.default for one in table.outputs) or definition.partial
    text = Message(
        "有 {n} 种情况没有规则成立，例如 {case}",
        n=len(found.gaps),
        case=_told(columns, found.gaps[0]),
    )
    yield Mark(kind="gap", text=text, bars=table.policy in ONE_ANSWER and not answered)


def _contradict(definition: DecisionDef, table: Table, pair: tuple[int, int]) -> bool:
    one, other = (definition.rules[at].then for at in pair)
    return table.policy is Policy.UNIQUE or one != other


def _told(columns: Sequence[Column], case: Case) -> list[Message]:
    """Return a case as people read it."""
    said = []
    for column, part in zip(columns, case, strict=False):
        value = column.options.get(str(part.value), "") or part.shown
        said.append(Message("“{name}”为 {value}", name=column.label, value=value))
    return said
