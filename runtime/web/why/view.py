"""How is it told why a rule decided as it did?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from engine.expressions import Kind, Node, Value
from engine.expressions.builtins.text import shown
from engine.expressions.telling.names import where_of
from engine.expressions.telling.tell import tell_condition, tell_value
from engine.expressions.tree import Name, Path
from engine.why.parts import Part
from engine.why.rights import RIGHTS
from engine.why.subjects import GROUPS, Subject
from engine.wording import Message
from runtime.use_cases.ask_why import Answer, Granted, Why
from runtime.web.forms.names import FormNames
from runtime.web.values.cells import Cells

MOST_LISTED = 5


def _(text: str) -> str:
    """Mark a text for translation; it is translated when it is shown."""
    return text


TITLES = {
    "gate": _("关卡"),
    "check": _("检查"),
    "visible": _("是否显示"),
    "required": _("是否必填"),
    "readonly": _("是否只读"),
    "formula": _("自动计算"),
    "view": _("列表视图"),
}
OF_RIGHTS = {
    "rows": _("查看"),
    "edit": _("编辑"),
    "delete": _("删除"),
    "advance": _("推进阶段"),
    "transfer": _("转移负责人"),
}
SCOPES = {
    "all": _("全部记录"),
    "own": _("本人负责的记录"),
    "department": _("本部门的记录"),
    "tree": _("本部门及下级部门的记录"),
    "none": _("没有这项权限"),
    "task": _("有待处理的任务，处理完之前可以查看"),
    "copy": _("收到过抄送，确认后 30 天内可以查看"),
}
VERDICTS = {
    "gate": (_("已满足"), _("未满足")),
    "check": (_("符合"), _("不符合")),
    "visible": (_("会显示"), _("不显示")),
    "required": (_("必填"), _("非必填")),
    "readonly": (_("只读"), _("可编辑")),
    "view": (_("在其中"), _("不在其中")),
}
"""What it means for a rule of each kind that its condition holds, or does not."""
HOLDS = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an explanation, and the lines below it."""

    mark: str
    """`yes`, `no`, `unknown` for conditions; nothing for values."""
    words: str
    code: str
    """The text of the part, where it has no words."""
    value: str
    kept_back: bool
    item: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Telling:
    """Puts one explanation into words."""

    why: Why
    names: FormNames
    cells: Cells

    def groups(self) -> list[dict[str, Any]]:
        """Return the rules, group by group."""
        found: list[dict[str, Any]] = []
        for group in GROUPS:
            answers = [one for one in self.why.answers if one.subject.group == group]
            if answers:
                title = self.cells.say(TITLES[group])
                here = [one for one in answers if self._is_near(one.subject)]
                far = [one for one in answers if not self._is_near(one.subject)]
                found.append(
                    {
                        "title": title,
                        "rules": [self.rule(one) for one in here],
                        "others": [self.rule(one) for one in far],
                    }
                )
        return found

    def _is_near(self, subject: Subject) -> bool:
        """Tell whether a rule counts now: gates of other stages do not."""
        return subject.stage in ("", self.why.record.stage)

    def rule(self, answer: Answer) -> dict[str, Any]:
        """Return one rule with its whole explanation."""
        subject, part = answer.subject, answer.part
        verdict = ""
        if subject.group in VERDICTS:
            verdict = VERDICTS[subject.group][0 if part.value is True else 1]
        return {
            "id": subject.id,
            "verdict": self.cells.say(verdict) if verdict else "",
            "value": self._kept(subject),
            "title": self.cells.say(TITLES[subject.group]),
            "label": self.label(subject),
            "stage": self._stage(subject),
            "at": str(subject.at) if self.why.author else "",
            "feel": subject.compiled.text,
            "line": self.line(part),
        }

    def rights(self) -> list[dict[str, Any]]:
        """Return the grants, right by right, with what each covers."""
        found = []
        for right in RIGHTS:
            grants = [one for one in self.why.rights if one.ground.right == right]
            granted = self.why.person.admin or any(one.ground.holds for one in grants)
            found.append(
                {
                    "title": self.cells.say(OF_RIGHTS[right]),
                    "granted": granted,
                    "grounds": [self._ground(one) for one in grants],
                }
            )
        return found

    def label(self, subject: Subject) -> str:
        """Return what a rule is called."""
        return self._said(subject.label)

    def line(self, part: Part) -> Line:
        """Return a part of a rule as a line."""
        condition = part.node.type.kind is Kind.BOOLEAN
        told = tell_condition(part.node, self.names) if condition else None
        told = told or tell_value(part.node, self.names)
        value = part.value if isinstance(part.value, bool) else None
        return Line(
            mark=HOLDS[value] if condition and part.shown else "",
            words=self._said(told) if told is not None else "",
            code=part.text,
            value="" if condition or not part.shown else self._value(part.node, part.value),
            kept_back=not part.shown,
            item=part.item,
            lines=tuple(map(self.line, part.parts)),
        )

    def _ground(self, granted: Granted) -> dict[str, Any]:
        ground = granted.ground
        scope = self.cells.say(SCOPES[ground.scope]) if ground.scope in SCOPES else ""
        return {
            "role": self._said(ground.label),
            "scope": scope,
            "holds": ground.holds,
            "at": str(ground.at) if self.why.author and ground.at else "",
            "line": self.line(granted.part) if granted.part else None,
        }

    def _kept(self, subject: Subject) -> str:
        """Return what the record keeps of a computed value: rounded as its field says."""
        if subject.group != "formula":
            return ""
        text = self.cells.text(
            self.why.form, subject.field, self.why.record.values.get(subject.field)
        )
        return text or self.cells.say(_("（空）"))

    def _stage(self, subject: Subject) -> str:
        stage = self.why.form.stage(subject.stage)
        return self._said(stage.label) if stage else ""

    def _said(self, words: Any) -> str:
        return Message("{words}", words=words).fill(self.cells.translate, self.cells.locale)

    def _value(self, node: Node, value: Value) -> str:
        if value is None or value in ("", ()):
            return self.cells.say(_("（空）"))
        if isinstance(value, list | tuple):
            return self._several(node, value)
        if _is_myself(node):
            return self.why.person.name
        where = where_of(node)
        if isinstance(node, Name | Path) and len(where) == 1:
            return self.cells.text(self.why.form, where[0], value)  # type: ignore[arg-type]  # as it stands in the record
        named = self.names.value(where, value) if where else None
        return self._said(named) if named is not None else self._plain(value)

    def _several(self, node: Node, values: Sequence[Value]) -> str:
        said = [self._plain(one) for one in values[:MOST_LISTED] if not isinstance(one, dict)]
        count = self._said_count(len(values))
        return "、".join(said) + ("…" if len(values) > len(said) else "") if said else count

    def _said_count(self, count: int) -> str:
        return Message("{n} 行", n=count).fill(self.cells.translate, self.cells.locale)

    def _plain(self, value: Value) -> str:
        if isinstance(value, bool):
            return self.cells.say(_("是") if value else _("否"))
        if isinstance(value, datetime):
            return self.cells.moment(value)
        if isinstance(value, date | time):
            return value.isoformat()
        return str(shown(value))


def _is_myself(node: Node) -> bool:
    match node:
        case Path(base=Name(origin="user"), name="id"):
            return True
    return False
