"""Is what came of a step what the scenario says?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from engine.definition.scenario import StepDef, ThenDef
from engine.field import Field, NotAcceptable
from engine.outcomes import Conflict, Denied, Invalid, Missing, Refusal
from engine.record import SYSTEM_FIELDS, Record
from engine.sources import said_again, source_of
from engine.wording import Message
from runtime.scenarios.compare_approvals import Heard, approval_differences, told_differences
from runtime.scenarios.compare_handover import handover_differences
from runtime.scenarios.compare_points import points_differences
from runtime.scenarios.done import Done
from runtime.scenarios.papers import document_differences
from runtime.scenarios.values import meant
from runtime.scenarios.world import Named, World
from runtime.store.query import Page
from runtime.use_cases.list_records import BadQuestion
from runtime.use_cases.read_record import read_record


def differences(world: World, step: StepDef, done: Done, before: Heard) -> tuple[Message, ...]:
    """Return everything that is not as the step says; nothing if all is."""
    then = step.then
    return (
        *_answer(then, done.outcome),
        *_page(world, then, done.outcome),
        *(_record(world, step, done.record) if done.record and _looks(then) else ()),
        *(
            approval_differences(world, then.approval, done.record)
            if done.record and then.approval
            else ()
        ),
        *told_differences(world, then.told, before),
        *(document_differences(world, then.made, done.record) if done.record and then.made else ()),
        *points_differences(world, then.points),
        *(handover_differences(world, then.handover) if then.handover else ()),
    )


def _answer(then: ThenDef, outcome: object) -> Iterator[Message]:
    came = _said(outcome)
    wanted = _wanted(then)
    if came == wanted or (wanted.keys() == {"denied"} == came.keys() and then.denied is True):
        return
    if not wanted:
        yield Message("应能做成，实际：{came}", came=_words(came))
    elif not came:
        yield Message("应为：{wanted}；实际做成了", wanted=_words(wanted))
    else:
        yield from _lines(wanted, came)


def expected_of(then: ThenDef, outcome: object) -> ThenDef:
    """Return what would have to be said of a step for it to come out as it did."""
    came = _said(outcome)
    return msgspec.structs.replace(
        then,
        refused=tuple(came.get("refused", ())),
        invalid={id_: tuple(why) for id_, why in came.get("invalid", {}).items()},
        denied=came.get("denied", False),
        missing=came.get("missing", False),
    )


def _lines(wanted: Mapping[str, Any], came: Mapping[str, Any]) -> Iterator[Message]:
    expected, seen = _flat(wanted), _flat(came)
    for line in expected:
        if line not in seen:
            yield Message("没有出现：{line}", line=line)
    for line in seen:
        if line not in expected:
            yield Message("多出：{line}", line=line)


def _wanted(then: ThenDef) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if then.refused:
        wanted["refused"] = sorted(then.refused)
    if then.invalid:
        wanted["invalid"] = {id_: sorted(why) for id_, why in then.invalid.items()}
    if then.denied:
        wanted["denied"] = then.denied
    if then.missing:
        wanted["missing"] = True
    return wanted


def _said(outcome: object) -> dict[str, Any]:
    match outcome:
        case Refusal(reasons=reasons):
            return {"refused": sorted(str(reason.message) for reason in reasons)}
        case Invalid(complaints=complaints):
            return {"invalid": {id_: sorted(map(str, why)) for id_, why in complaints.items()}}
        case Denied(message=message):
            return {"denied": str(message)}
        case Missing():
            return {"missing": True}
        case Conflict():
            return {"conflict": True}
        case BadQuestion(message=message):
            return {"bad": str(message)}
        case _:
            return {}


def _flat(answer: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for kind, what in answer.items():
        match what:
            case dict():
                lines += [f"{kind} {id_}: {text}" for id_, texts in what.items() for text in texts]
            case list():
                lines += [f"{kind}: {text}" for text in what]
            case _:
                lines.append(f"{kind}: {what}")
    return lines


def _words(answer: Mapping[str, Any]) -> str:
    return " / ".join(_flat(answer))


def _page(world: World, then: ThenDef, outcome: object) -> Iterator[Message]:
    if not isinstance(outcome, Page):
        return
    if then.count is not None and outcome.total != then.count:
        yield Message("应有 {wanted} 条，实际 {came} 条", wanted=then.count, came=outcome.total)
    if then.records is not None:
        named = {record.id for record in map(world.names.get, then.records) if record}
        came = [world.called(one.id) for one in outcome.records if one.id in named]
        if came != list(then.records):
            yield Message(
                "应依次列出 {wanted}，实际 {came}", wanted=list(then.records), came=came or ["—"]
            )


def _looks(then: ThenDef) -> bool:
    return bool(then.stage or then.owner or then.values or then.hidden or then.events)


def _record(world: World, step: StepDef, named: Named) -> Iterator[Message]:
    then = step.then
    act = world.act(step.who or "")
    reading = read_record(world.services, act, named.form, named.id)
    if isinstance(reading, Missing):
        yield Message("“{who}”看不到这条记录", who=step.who)
        return
    yield from _place(world, then, reading.record)
    for id_, wanted in then.values.items():
        yield from _value(world, named, reading.record, (id_, wanted))
    for id_ in then.hidden:
        if id_ in reading.record.values:
            yield Message("“{field}”应当隐藏", field=id_)
    if then.events:
        yield from _events(world, then.events, named)


def _place(world: World, then: ThenDef, record: Record) -> Iterator[Message]:
    if then.stage and record.stage != then.stage:
        yield Message("阶段应为 {wanted}，实际 {came}", wanted=then.stage, came=record.stage)
    if then.owner:
        logins = {actor.id: login for login, actor in world.people.items()}
        came = logins.get(record.owner or "")
        if came != then.owner:
            yield Message("负责人应为 {wanted}，实际 {came}", wanted=then.owner, came=came)


def _events(world: World, wanted: Sequence[str], named: Named) -> Iterator[Message]:
    with world.services.store.reading() as unit:
        kinds = [event.kind for event in unit.events.since(named.form, named.id, 0)]
    newest = kinds[-len(wanted) :]
    if newest != list(wanted):
        yield Message("事件应为 {wanted}，实际 {came}", wanted=list(wanted), came=newest)


def _value(
    world: World, named: Named, record: Record, wanted: tuple[str, Any]
) -> Iterator[Message]:
    id_, word = wanted
    field = named.form.fields.get(id_)
    if field is None or id_ in SYSTEM_FIELDS:
        came: Any = getattr(record, id_, None)
        same = came == word
    else:
        came = record.values.get(id_)
        same = _same(field, meant(world, field, word), came)
    if same:
        return
    if field is not None and came is not None:
        source = source_of(world.app, named.form, field)
        word, came = said_again(source, word, "zh") or word, source.show(came)
    yield Message("“{field}”应为 {wanted}，实际 {came}", field=id_, wanted=word, came=came)


def _same(field: Field, wanted: Any, came: Any) -> bool:
    if field.type == "lines":
        return _same_rows(field, wanted, came or ())
    return bool(_read(field, wanted) == came or wanted == came)


def _same_rows(field: Field, wanted: Any, came: Sequence[Mapping[str, Any]]) -> bool:
    cells = {cell.id: cell for cell in getattr(field, "fields", ())}
    return len(wanted) == len(came) and all(
        _same(cells[id_], value, row.get(id_))
        for expected, row in zip(wanted, came, strict=True)
        for id_, value in expected.items()
    )


def _read(field: Field, wanted: Any) -> Any:
    plain = getattr(field, "like", field)
    try:
        return plain.read(wanted)
    except NotAcceptable:
        return wanted
