"""How does each box of the inbox look?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from engine.app import Form
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.inbox import PAGE, Box, Inbox, Line, Looking, box_counts, inbox
from runtime.use_cases.to_dos import finished_here
from runtime.web.doing_view import Doing, Item
from runtime.web.language import translate
from runtime.web.showing import sayer
from runtime.web.visit import Visit

BOXES = ("todo", "approve", "mine", "cc", "done")
TABS: Mapping[str, Message] = {
    "todo": Message("待办"),
    "approve": Message("待我审批"),
    "mine": Message("我发起的"),
    "cc": Message("抄送我的"),
    "done": Message("已处理"),
}
NOTHING: Mapping[str, tuple[Message, Message]] = {
    "todo": (Message("都处理完了"), Message("没有待办、超期的记录，也没有等您审核的凭证")),
    "approve": (Message("没有等您审批的"), Message("有人提交审批时，会出现在这里并通知您")),
    "mine": (Message("您还没有发起审批"), Message("在记录页面点“提交审批”，进度会显示在这里")),
    "cc": (Message("没有抄送给您的"), Message("审批抄送给您时，会出现在这里")),
    "done": (Message("还没有处理过的事"), Message("您完成的待办和审批会留在这里，方便回看")),
}
NOT_FOUND = (Message("没有符合条件的"), Message("换个条件试试"))
DEEDS: Mapping[str, tuple[tuple[str, str, Message], ...]] = {
    "todo": (("finish", "check", Message("完成")),),
}
"""What can be done to several lines of a box at once."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something that is done by one press."""

    text: str
    href: str = ""
    label: str = ""
    id: str = ""
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One line of a box."""

    id: str
    item: Item
    new: bool = False
    pick: bool = False
    sheet: bool = False
    deed: Deed | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """Things that wait and are no tasks."""

    label: str
    lines: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """The inbox of one person."""

    services: Services
    visit: Visit

    @property
    def doing(self) -> Doing:
        """How single tasks are shown."""
        return Doing(services=self.services, visit=self.visit)

    def page(self, looking: Looking) -> dict[str, Any]:
        """Return all that a box with tasks shows."""
        found = inbox(self.services, self.visit.act(), looking)
        chosen = bool(looking.form or looking.text or looking.late)
        whole = looking.box == "todo" and not chosen and not looking.skip
        return {
            **self.frame(looking.box, chosen),
            "looking": looking,
            "place": f"{looking.app}.{looking.form}" if looking.form else "",
            "places": [(f"{form.app}.{form.id}", self._place(form)) for form in found.places],
            "lines": [self.shown(line, looking.box) for line in found.lines],
            "total": found.total,
            **self._pages(looking, found),
            "deeds": self._deeds(looking.box),
            "others": self._others() if whole else (),
        }

    def frame(self, box: str, chosen: bool = False) -> dict[str, Any]:
        """Return what stands around the lines of every box."""
        counts = {**box_counts(self.services, self.visit.act())}
        title, text = NOT_FOUND if chosen else NOTHING[box]
        return {
            "box": box,
            "active": "todo",
            "heading": self._say(TABS[box]),
            "chosen": chosen,
            "empty": {"title": self._say(title), "text": self._say(text)},
            "tabs": [
                {
                    "id": id_,
                    "text": self._say(text),
                    "href": "/todo" if id_ == "todo" else f"/todo?box={id_}",
                    "count": counts.get(cast(Box, id_), 0),
                    "urgent": id_ in ("todo", "approve"),
                }
                for id_, text in TABS.items()
            ],
        }

    def shown(self, line: Line, box: str) -> Shown:
        """Return one line of a box."""
        item, task = self.doing.item(line), line.task
        done = task.state != "open"
        if done and task.ended_at is not None:
            item = replace(item, badge="", when=self.doing.when(task.ended_at))
        own_page = item.href == f"/todo/{task.id}"
        return Shown(
            id=task.id,
            item=item,
            new=not done and task.seen_at is None,
            pick=not done and (finished_here(task) if box == "todo" else box in DEEDS),
            sheet=own_page,
            deed=self._deed(line, item.title) if not done else None,
        )

    def _deed(self, line: Line, title: str) -> Deed | None:
        if not finished_here(line.task):
            return None
        say = sayer(self.visit.locale)
        label = say("完成“{title}”", title=title)
        return Deed(text=say("完成"), href=f"/todo/{line.task.id}", label=label)

    def _deeds(self, box: str) -> list[Deed]:
        return [
            Deed(id=id_, icon=icon, text=self._say(text)) for id_, icon, text in DEEDS.get(box, ())
        ]

    def _others(self) -> tuple[Group, ...]:
        say = sayer(self.visit.locale)
        groups = (
            Group(label=say("等您审核的凭证"), lines=self.doing.to_review()),
            Group(label=say("停留过久的记录"), lines=self.doing.late()),
        )
        return tuple(group for group in groups if group.lines)

    def _pages(self, looking: Looking, found: Inbox) -> dict[str, str | None]:
        more = found.total > looking.skip + len(found.lines)
        back = max(0, looking.skip - PAGE)
        return {
            "earlier": _query(looking, back) if looking.skip else None,
            "later": _query(looking, looking.skip + PAGE) if more else None,
        }

    def _place(self, form: Form) -> str:
        return words(form.definition.label, self.visit.locale)

    def _say(self, message: Message) -> str:
        return message.fill(translate(self.visit.locale), self.visit.locale)


def _query(looking: Looking, skip: int) -> str:
    place = f"{looking.app}.{looking.form}" if looking.form else ""
    asked = {
        "box": looking.box,
        "form": place,
        "q": looking.text,
        "late": "1" if looking.late else "",
        "skip": str(skip or ""),
    }
    return "?" + urlencode({name: value for name, value in asked.items() if value})
