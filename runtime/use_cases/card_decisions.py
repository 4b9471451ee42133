"""How does somebody decide right in a card of a chat, and on what may they decide there?"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from engine.definition.workflow import ApproveStep
from engine.outcomes import Denied, Invalid, Missing, Refusal
from engine.record import Actor
from engine.wording import LOCALES, Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.deliveries import Delivery
from runtime.store.notices import Notice
from runtime.store.tasks import Task
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Answer, Settled
from runtime.use_cases.approvals.decide_approval import Choice, decide_approval
from runtime.use_cases.approvals.read_approval import step_of
from runtime.use_cases.approvals.versions import running_version
from runtime.use_cases.notify import NoticeText, notify
from runtime.use_cases.signed_links import BY_LINK, ByLink

OVER = Message("这件事已不用再做")
ELSEWHERE = Message("没有成功，请打开页面处理")


@dataclass(frozen=True, kw_only=True)
class Press:
    """A button of a card that somebody pressed, as its provider told it."""

    channel: str
    key: str
    """The same press has the same key."""
    address: str
    """As whom the provider knows the person."""
    delivery: str
    verb: str
    reference: str | None = None
    """By which the card can be changed from now on."""


@dataclass(frozen=True)
class Meant:
    """What a press is about, and whose it is."""

    actor: Actor
    delivery: Delivery
    task: Task


def verbs_in_card(services: Services, notice: Notice) -> tuple[ByLink, ...]:
    """Return what somebody may decide by one press, with nothing to write, sign or fill in."""
    if notice.task is None:
        return ()
    with services.store.reading() as unit:
        task = unit.tasks.one(notice.task)
        step = _step(services, unit, task) if task and task.person == notice.person else None
    if step is None or step.signature or step.password or step.need:
        return ()
    return tuple(verb for verb in BY_LINK if verb not in step.opinion)


def _step(services: Services, unit: Unit, task: Task) -> ApproveStep | None:
    if task.kind != "approve" or task.state != "open" or task.approval is None:
        return None
    approval, app = unit.approvals.one(task.approval), services.apps.get(task.app or "")
    workflow = running_version(unit, app, approval) if approval and app else None
    step = step_of(workflow, task.step) if workflow else None
    return step if isinstance(step, ApproveStep) else None


def decide_in_card(services: Services, press: Press) -> Answer:
    """Decide as the press of a button says, by the same rules as on the page. Whoever presses must
    be the one to whom the card was sent; the same press told twice is one decision."""
    verb = next((each for each in BY_LINK if each == press.verb), None)
    meant = _meant(services, press)
    if isinstance(meant, Missing) or verb is None:
        return Missing()
    if press.reference:
        with services.store.unit() as unit:
            unit.notices.deliveries.refer(meant.delivery.id, press.reference)
    act = Act(
        actor=meant.actor,
        door="card",
        key=_digest(press.channel, press.key),
        request=_digest(press.delivery, verb),
    )
    return decide_approval(services, act, meant.task.id, Choice(verb=verb))


def locale_of(services: Services, press: Press) -> str:
    """Return the language of who pressed, as they chose it here: their provider tells nothing of
    it. Whoever is not known is spoken to as the card was."""
    with services.store.reading() as unit:
        known = unit.notices.addresses.at(press.channel, press.address)
        delivery = unit.notices.deliveries.one(press.delivery)
        asked = {each.person for each in known} or ({delivery.person} if delivery else set())
        locales = {one.locale for one in unit.people.by_ids(tuple(asked)).values()}
    return locales.pop() if len(locales) == 1 else LOCALES[0]


def _meant(services: Services, press: Press) -> Meant | Missing:
    with services.store.reading() as unit:
        known = unit.notices.addresses.at(press.channel, press.address)
        delivery = unit.notices.deliveries.one(press.delivery)
        if delivery is None or (delivery.channel, delivery.state) != (press.channel, "sent"):
            return Missing()
        # An account that two people are found by says nothing of who pressed.
        if [each.person for each in known] != [delivery.person]:
            return Missing()
        person = unit.people.one(delivery.person)
        actor = unit.people.actor(delivery.person)
        notice = unit.notices.one(delivery.notice)
        task = unit.tasks.one(notice.task) if notice and notice.task else None
    if person is None or actor is None or task is None or person.phone != known[0].phone:
        return Missing()
    return Meant(actor, delivery, task)


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()


def outcome_words(answer: Answer, verb: str) -> Message:
    """Return what became of a press."""
    match answer:
        case Settled():
            return Message("您已同意") if verb == "agree" else Message("您已不同意")
        case Refusal(reasons=reasons) if reasons:
            return reasons[0].message
        case Invalid(complaints=complaints) if complaints:
            return next(iter(complaints.values()))[0]
        case Denied(message=message):
            return message
        case Missing():
            return OVER
        case _:
            return ELSEWHERE


def tell_why_not(services: Services, press: Press, why: Message) -> None:
    """Tell somebody why their press did nothing, where the card itself can not."""
    meant = _meant(services, press)
    if isinstance(meant, Missing):
        return
    task = meant.task
    text = NoticeText(
        text=Message("在卡片上的处理没有成功：{why}", why=why),
        kind="system",
        app=task.app,
        form=task.form,
        record=task.record,
    )
    with services.store.unit() as unit:
        key = f"press:{_digest(press.channel, press.key)}"
        notify(services, unit, (meant.actor.id,), text, key=key, urgent=True)
