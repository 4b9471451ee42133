"""Who may see and do what with the records of a form, as a table?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from designer.speech import Rule, Speech
from engine.definition.access import GrantDef, RoleDef
from engine.wording import Message

ROWS: Mapping[str, Message] = {
    "own": Message("本人负责的"),
    "department": Message("本部门的"),
    "tree": Message("本部门和下级部门的"),
    "all": Message("全部"),
}
RIGHTS: Mapping[str, Message] = {
    "rows": Message("看到"),
    "create": Message("新建"),
    "edit": Message("编辑"),
    "advance": Message("推进"),
    "transfer": Message("转移"),
    "delete": Message("删除"),
    "export": Message("导出"),
    "bring_in": Message("导入"),
    "comment": Message("评论"),
}
"""The columns of the table, in their order."""


@dataclass(frozen=True)
class Cell:
    """How far one right of one role goes."""

    right: str
    text: str
    rule: Rule | None = None
    given: bool = True


@dataclass(frozen=True)
class RoleRow:
    """All rights of one role."""

    label: str
    cells: tuple[Cell, ...]
    hidden: str = ""
    masked: str = ""
    readonly: str = ""


def rights_of(speech: Speech) -> tuple[RoleRow, ...]:
    """Return the rights of every role of the app on the form."""
    return tuple(_row(speech, role) for role in speech.app.definition.roles)


def _row(speech: Speech, role: RoleDef) -> RoleRow:
    grant = speech.form.definition.access.get(role.id, GrantDef(comment=False))
    return RoleRow(
        label=speech.words(role.label),
        cells=tuple(_cell(speech, role.id, grant, right) for right in RIGHTS),
        hidden=speech.fields(grant.hide),
        masked=speech.fields(grant.mask),
        readonly=speech.fields(grant.readonly),
    )


def _cell(speech: Speech, role: str, grant: GrantDef, right: str) -> Cell:
    wanted = getattr(grant, right)
    name = speech.fill(RIGHTS[right])
    compiled = speech.form.logic.grants.get(f"{role}/{right}")
    if compiled is not None:
        return Cell(name, "", speech.condition(compiled))
    if grant.rows == "none" and right not in ("rows", "create", "bring_in"):
        wanted = False
    if wanted is False or wanted == "none":
        return Cell(name, speech.say("不可以"), given=False)
    if wanted is True:
        only_yes = right in ("create", "export", "bring_in", "comment")
        return Cell(name, speech.say("可以") if only_yes else speech.say("看到的"))
    return Cell(name, speech.fill(ROWS[wanted]))
