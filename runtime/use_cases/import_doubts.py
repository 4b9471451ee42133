"""What is wrong with what somebody chose for the columns of a file?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.imports.plan import ImportPlan
from engine.imports.targets import Target
from engine.wording import Message


def doubts_about(
    plan: ImportPlan, targets: Mapping[str, Target], keys: tuple[str, ...]
) -> Iterator[Message]:
    """Yield every reason why a plan can't be followed."""
    chosen = list(plan.columns.values())
    if not chosen:
        yield Message("请至少为一列选择要导入到的字段")
    for id_ in dict.fromkeys(chosen):
        target = targets.get(id_)
        if target is None:
            yield Message("没有“{name}”这个字段，或您不能填写它", name=id_[:60])
            continue
        if chosen.count(id_) > 1:
            yield Message("有几列都对应到“{field}”，请只留一列", field=target.label)
        yield from _out_of_place(plan, target)
    yield from _key_doubts(plan, targets, keys)
    yield from _lines_doubts(plan, targets)


def _out_of_place(plan: ImportPlan, target: Target) -> Iterator[Message]:
    only_key = target.kind == "key" or target.id == "id"
    if only_key and target.id != plan.key:
        message = "“{field}”由系统产生，只能用来查找要更新的记录，请不导入这一列"
        yield Message(message, field=target.label)
    if target.kind == "history" and target.id != "owner" and plan.mode == "update":
        yield Message("“{field}”只能在新建时填写，请不导入这一列", field=target.label)


def _key_doubts(
    plan: ImportPlan, targets: Mapping[str, Target], keys: tuple[str, ...]
) -> Iterator[Message]:
    if plan.mode == "create":
        return
    if plan.key not in keys:
        yield Message("请选择用哪个字段查找要更新的记录")
    elif plan.key not in plan.columns.values():
        yield Message("请把一列对应到“{field}”，用来查找记录", field=targets[plan.key].label)


def _lines_doubts(plan: ImportPlan, targets: Mapping[str, Target]) -> Iterator[Message]:
    for line, lines in plan.lines.items():
        wrong = [cell for cell in lines.columns.values() if f"{line}.{cell}" not in targets]
        if wrong or not lines.columns:
            yield Message("工作表“{sheet}”的列没有对应好", sheet=lines.sheet)
        if any(id_.startswith(f"{line}.") for id_ in plan.columns.values()):
            message = "工作表“{sheet}”的明细已在主表里对应，请只留一处"
            yield Message(message, sheet=lines.sheet)
