"""Do the people that a workflow names exist, and is each named in one way?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition.workflow import WhoDef, WorkflowDef
from engine.loading.complaints import unknown
from engine.loading.links import missing
from engine.loading.nouns import PERSON_FIELD, ROLE
from engine.loading.outline import Outline, Outlines
from engine.loading.paths import field_at
from engine.loading.source import Spot
from engine.loading.workflow_places import people_of
from engine.problems import Problem
from engine.wording import Message

WAYS = ("person", "role", "head", "manager", "chain", "field", "feel", "chosen")
"""How people can be named."""

ANYBODY = "anybody"
SYSTEM_PEOPLE = ("owner", "created_by", "updated_by")


def people_problems(
    names: Outlines, form: Outline, workflow: WorkflowDef, spot: Spot
) -> Iterator[Problem]:
    """Yield what is wrong with the people that a workflow names."""
    for placed in people_of(workflow):
        here = Spot(spot.source, (*spot.path, *placed.at))
        yield from _who(names, form, placed.who, here)
        yield from _extras(placed.who, here, bool(workflow.limits))
        if "/ladder/" not in placed.key:
            yield from _too_early(placed.who, here)


def _who(names: Outlines, form: Outline, who: WhoDef, spot: Spot) -> Iterator[Problem]:
    ways = [way for way in WAYS if getattr(who, way) is not None]
    if len(ways) != 1:
        message = Message("每一项只用一种方式指定人，要写且只写其中一个：{ways}", ways=WAYS)
        yield spot.problem("workflow.who", message)
    yield from missing(spot / "role", ROLE, who.role, names.roles, "role")
    choice = (*names.roles, ANYBODY)
    yield from missing(spot / "chosen", ROLE, who.chosen, choice, "role")
    if who.field is not None:
        yield from _field(names, form, who.field, spot / "field")


def _field(names: Outlines, form: Outline, path: str, spot: Spot) -> Iterator[Problem]:
    far = path.rpartition(".")[2]
    field = field_at(names, form, path)
    through = field_at(names, form, path.partition(".")[0]) if "." in path else None
    on_system = far in SYSTEM_PEOPLE and ("." not in path or getattr(through, "to", None))
    if not on_system and (field is None or field.type != "person"):
        known = [*form.of_type("person"), *SYSTEM_PEOPLE]
        yield spot.problem("link.field", unknown(PERSON_FIELD, path, known))


def _extras(who: WhoDef, spot: Spot, limits: bool) -> Iterator[Problem]:
    if who.above and who.head is None and who.manager is None:
        message = Message("above 只和 head 或 manager 一起用")
        yield (spot / "above").key_problem("workflow.unused", message)
    if who.chain is None:
        if who.covers is not None:
            message = Message("covers 只和 chain 一起用")
            yield (spot / "covers").key_problem("workflow.unused", message)
        if who.levels != WhoDef().levels:
            message = Message("levels 只和 chain 一起用")
            yield (spot / "levels").key_problem("workflow.unused", message)
    elif who.covers is not None and not limits:
        message = Message("还没有写 limits：不知道谁能批多少金额")
        yield (spot / "covers").problem("workflow.limits", message)


def _too_early(who: WhoDef, spot: Spot) -> Iterator[Problem]:
    for way in ("head", "manager", "chain"):
        if getattr(who, way) == "approver":
            message = Message("approver 指超时未办的人，只能写在 ladder 里")
            yield (spot / way).problem("workflow.approver", message)
