"""Which sums and counts of the records may an actor see?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, cast, get_args

from engine.app import Form
from engine.outcomes import Denied
from engine.wording import Message
from runtime.services import Services
from runtime.store.query import Group, Measure, NotAllowed
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter
from runtime.use_cases.list_records import BadQuestion, Wanted, bad_question, query_of
from runtime.use_cases.reach import begin

Kind: TypeAlias = Literal["count", "sum", "avg", "min", "max", "distinct"]

MOST_KEYS = 3
MOST_MEASURES = 10
TOO_MUCH = Message(
    "分组最多 {keys} 个，指标最多 {measures} 个", keys=MOST_KEYS, measures=MOST_MEASURES
)


def aggregate_records(
    services: Services,
    act: Act,
    form: Form,
    wanted: Wanted,
    by: tuple[str, ...],
    measures: tuple[str, ...],
) -> Sequence[Group] | BadQuestion | Denied:
    """Return one mapping for each group: its keys, and each measure under its own words.

    `by` names fields, dates as `month:signed_on`; `measures` are `count` or `sum:amount`.
    """
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        if work.sight.rows.none:
            return Denied(Message("您没有查看“{form}”的权限", form=form.definition.label))
        if len(by) > MOST_KEYS or len(measures) > MOST_MEASURES:
            return BadQuestion(TOO_MUCH)
        try:
            query = query_of(work, wanted)
            return unit.query.aggregate(query, by, tuple(measure_of(text) for text in measures))
        except (BadFilter, NotAllowed) as error:
            return bad_question(error)


def measure_of(text: str) -> Measure:
    """Read `count` or `sum:price`. Raises BadFilter."""
    kind, _, field = text.partition(":")
    if kind not in get_args(Kind):
        raise BadFilter(Message("没有指标“{name}”", name=kind))
    if kind != "count" and not field:
        raise BadFilter(Message("指标“{name}”要写字段，如 {name}:amount", name=kind))
    return Measure(cast(Kind, kind), field or None)
