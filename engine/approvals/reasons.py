"""Why can't a person do that just now, and what can be done instead?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.approvals.commands import Chosen
from engine.approvals.course import Course
from engine.approvals.plan import Deciding
from engine.approvals.run import Seat
from engine.approvals.seating import own_policy
from engine.definition.workflow import ApproveStep, Verdict
from engine.outcomes import Denied, Reason, Refusal
from engine.record import Values
from engine.wording import Label, Message

OUTCOMES = {
    "agreed": Message("已通过"),
    "refused": Message("未通过"),
    "withdrawn": Message("已撤回"),
    "cancelled": Message("已取消"),
}
"""How an approval can have ended, in words."""


def order(message: Message, subject: str = "approval") -> Reason:
    """Return the reason that now is not the time for something."""
    return Reason(kind="order", subject=subject, message=message)


def missing(subject: str, message: Message) -> Reason:
    """Return the reason that something was not given."""
    return Reason(kind="field", subject=subject, message=message)


def refusal(reasons: Iterable[Reason]) -> Refusal | None:
    """Return all reasons at once, if there are any."""
    found = tuple(dict.fromkeys(reasons))
    return Refusal(found) if found else None


def over(course: Course) -> Refusal | None:
    """Return why nothing can be done about an approval that has ended."""
    outcome = course.run.outcome
    if outcome is None:
        return None
    text = Message("这个审批{outcome}，不能再处理", outcome=OUTCOMES[outcome])
    return Refusal((order(text),))


def own_seat(course: Course, id_: str, *kinds: str) -> Seat | Refusal | Denied:
    """Return the seat that the actor has, if it is open and of one of the kinds."""
    seat = course.run.seat(id_)
    if seat is None:
        return Refusal((order(Message("没有这项任务，请刷新页面")),))
    actor = course.facts.actor
    if actor is None or seat.person != actor.id:
        name = course.facts.organisation.name(seat.person)
        return Denied(Message("这项任务是交给{person}的", person=name))
    if seat.state != "open":
        return over(course) or Refusal((order(_no_longer(course, seat)),))
    if seat.kind not in kinds:
        return Refusal((order(Message("这项任务不能这样处理")),))
    return seat


def _no_longer(course: Course, seat: Seat) -> Message:
    visit = course.run.visit_of(seat)
    last = max((one for one in visit.seats if one.order), key=_order, default=None)
    if seat.state == "waiting":
        return Message("还没有轮到您，请等前面的人处理")
    if seat.by is not None:
        return Message("您已经处理过这项任务")
    if last is not None and last.by is not None:
        name = course.facts.organisation.name(last.by)
        return Message("{person}已经先处理了，不用您再处理", person=name)
    return Message("这项任务已经收回，不用您再处理")


def _order(seat: Seat) -> int:
    return seat.order or 0


def unsaid(step: ApproveStep, verdict: Verdict, opinion: str | None) -> Iterator[Reason]:
    """Yield the reason that a decision needs an opinion."""
    if verdict in step.opinion and not (opinion or "").strip():
        said = {
            "agree": Message("请填写审批意见"),
            "refuse": Message("请写明不同意的原因"),
            "return": Message("请写明退回的原因"),
        }
        yield missing("opinion", said[verdict])


def unproved(
    step: ApproveStep, *, confirmed: bool, signature: str | None, agrees: bool
) -> Iterator[Reason]:
    """Yield what is missing to show who decides."""
    if step.password and not confirmed:
        yield missing("password", Message("请输入登录密码确认"))
    if agrees and step.signature and signature is None:
        yield missing("signature", Message("请手写签名"))


def wrong_values(course: Course, step: Deciding, values: Values) -> Iterator[Reason]:
    """Yield the fields that may not be changed at a step, and those that are still empty."""
    for name in values:
        if name not in step.edit:
            message = Message("这一步不能修改“{field}”", field=_label(course, name))
            yield Reason(kind="access", subject=name, message=message)
    row = {**course.row, **values}
    for name in step.need:
        if row.get(name) in (None, "", ()):
            yield missing(name, Message("请先填写“{field}”", field=_label(course, name)))


def _label(course: Course, field: str) -> Label:
    return course.workflow.labels.get(field, field)


def wrong_people(course: Course, seat: Seat, people: tuple[str, ...]) -> Iterator[Reason]:
    """Yield why some people can't be asked as well, or instead."""
    organisation = course.facts.organisation
    step = course.plan.step(course.run.visit_of(seat).step)
    if not people:
        yield missing("people", Message("请选择人员"))
    taken = {one.person for one in course.run.visit_of(seat).seats if one.live}
    for person in dict.fromkeys(people):
        name = organisation.name(person)
        if not organisation.active(person):
            yield order(Message("{person}已停用或离职，请选择其他人", person=name), "people")
        elif person == seat.person:
            yield order(Message("不能选择自己"), "people")
        elif person in taken:
            text = Message("{person}已经在这一步的处理人里", person=name)
            yield order(text, "people")
        elif person == course.run.submitter and own_policy(course, _step(step)) != "decide":
            text = Message("{person}是提交人，不能审批自己的申请", person=name)
            yield order(text, "people")


def _step(step: object) -> Deciding:
    assert isinstance(step, Deciding)
    return step


def wrong_choices(course: Course, chosen: Chosen) -> Iterator[Reason]:
    """Yield why people can't be chosen for the steps that come."""
    organisation = course.facts.organisation
    for id_, people in chosen.items():
        node = course.plan.nodes.get(id_)
        wanted = [one.chosen for one in getattr(node.step, "who", ()) if one.chosen] if node else []
        if node is None or not wanted:
            yield order(Message("“{step}”的处理人不由您选择", step=id_), f"chosen:{id_}")
            continue
        for person in people:
            fits = organisation.active(person) and any(
                role == "anybody" or role in organisation.roles(person) for role in wanted
            )
            own = person == course.run.submitter and own_policy(course, _step(node.step)) != (
                "decide"
            )
            if not fits or own:
                text = Message(
                    "“{step}”不能选择{person}，请选择其他人",
                    step=node.step.label,
                    person=organisation.name(person),
                )
                yield order(text, f"chosen:{id_}")
