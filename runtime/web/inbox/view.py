"""How does each box of the inbox look?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from engine.app import Form
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.approvals.own_approvals import PAGE as OWN_PAGE
from runtime.use_cases.approvals.own_approvals import Own, own_approvals
from runtime.use_cases.inbox import PAGE, Box, Inbox, Line, Looking, box_counts, inbox
from runtime.use_cases.to_dos import finished_here
from runtime.web.approvals.view import VERBS
from runtime.web.approvals.words import standing
from runtime.web.inbox.doing import Doing, Item
from runtime.web.inbox.key_facts import NO_FACTS, KeyFacts, key_facts
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
ELSEWHERE = (Message("待办都处理完了"), Message("还有审批在等您"))
"""Nothing to do, but something to decide, which is on the page beside."""
DEEDS: Mapping[str, tuple[tuple[str, str, Message], ...]] = {
    "todo": (("finish", "check", Message("完成")),),
    "approve": (
        ("agree", "check", Message("同意")),
        ("refuse", "x", Message("不同意")),
    ),
    "cc": (("acknowledge", "checks", Message("我知道了")),),
}
"""What can be done to several lines of a box at once."""
PICKED = {"todo": ("todo",), "approve": ("approve",), "cc": ("cc",)}
"""The kinds of tasks to which that can be done."""
FIRST = {
    "approve": "agree",
    "handle": "handle",
    "opinion": "opine",
    "cc": "acknowledge",
    "todo": "resubmit",
}
"""What most people do with a task of an approval."""


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
    facts: KeyFacts = NO_FACTS
    """Of the record that is decided about."""
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
        facts = key_facts(self.services, self.visit, found.lines)
        return {
            **self.frame(looking.box, chosen),
            "looking": looking,
            "place": f"{looking.app}.{looking.form}" if looking.form else "",
            "places": [(f"{form.app}.{form.id}", self._place(form)) for form in found.places],
            "lines": [
                replace(self.shown(line, looking.box), facts=facts.get(line.task.id, NO_FACTS))
                for line in found.lines
            ],
            "total": found.total,
            **self._pages(looking, found),
            "deeds": self._deeds(looking.box),
            "others": self._others() if whole else (),
        }

    def mine(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """Return what the box with everything that one submitted shows."""
        running, before = asked.get("state") == "running", asked.get("before") or None
        act = self.visit.act()
        found = own_approvals(self.services, act, running=running, before=before)
        last = found[OWN_PAGE - 1].approval.id if len(found) > OWN_PAGE else None
        more = urlencode({"box": "mine", "state": asked.get("state", ""), "before": last or ""})
        return {
            **self.frame("mine", chosen=running),
            "running": running,
            "lines": [self._own(one) for one in found[:OWN_PAGE]],
            "total": len(found),
            "earlier": None,
            "later": f"?{more}" if last else None,
            "deeds": (),
            "others": (),
        }

    def _own(self, one: Own) -> Shown:
        say = sayer(self.visit.locale)
        state, tone = standing(one.run)
        base = f"/a/{one.approval.app}/{one.approval.form}/{one.approval.record}"
        waits = "、".join(one.waits_for)
        meta = [self._place(one.form), *([say("等{people}处理", people=waits)] if waits else [])]
        label = words(one.label, self.visit.locale)
        item = Item(
            href=f"{base}#panel-approval" if one.about else "/todo?box=mine",
            title=f"{label} · {one.about}" if one.about else label,
            meta=" · ".join(meta),
            symbol="rubber-stamp",
            badge=self._say(state),
            tone=tone,
            tile="violet",
            when=self.doing.when(one.approval.opened_at),
        )
        urge = one.run.outcome is None and bool(waits)
        deed = Deed(
            text=say("催办"),
            href=f"{base}/approval/{one.approval.id}/urge?after=mine",
            label=say("催办“{title}”", title=item.title),
        )
        return Shown(id=one.approval.id, item=item, deed=deed if urge else None)

    def frame(self, box: str, chosen: bool = False) -> dict[str, Any]:
        """Return what stands around the lines of every box."""
        counts = {**box_counts(self.services, self.visit.act())}
        approving = counts.get("approve", 0) if box == "todo" else 0
        title, text = NOT_FOUND if chosen else ELSEWHERE if approving else NOTHING[box]
        say = sayer(self.visit.locale)
        return {
            "box": box,
            "active": "todo",
            "heading": self._say(TABS[box]),
            "chosen": chosen,
            "empty": {"title": self._say(title), "text": self._say(text)},
            "instead": approving
            and {"text": say("去审批（{n} 条）", n=approving), "href": "/todo?box=approve"},
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
            pick=not done
            and task.kind in PICKED.get(box, ())
            and (box != "todo" or finished_here(task)),
            sheet=own_page,
            deed=self._deed(line, item.title) if not done else None,
        )

    def _deed(self, line: Line, title: str) -> Deed | None:
        task = line.task
        say = sayer(self.visit.locale)
        if finished_here(task):
            label = say("完成“{title}”", title=title)
            return Deed(text=say("完成"), href=f"/todo/{task.id}", label=label)
        verb = FIRST.get(task.kind)
        if verb is None or not line.about:
            return None
        text = self._say(VERBS[verb][0])
        base = f"/a/{task.app}/{task.form}/{task.record}"
        box = task.kind if task.kind in ("cc", "todo") else "approve"
        href = f"{base}/approvals/{task.id}/{verb}?after={box}"
        return Deed(text=text, href=href, label=f"{text} {title} {line.about}")

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
