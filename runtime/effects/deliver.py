"""How does a message reach somebody through a channel, and what is known of it afterwards?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from engine.wording import Message
from runtime.effects.addressing import address_for, covered
from runtime.effects.channel import Button, Failed, Letter, Outcome, Parcel, Sent, Set
from runtime.effects.channels import channels
from runtime.effects.listening import address_back, listens
from runtime.effects.opening import doors_of, opened
from runtime.effects.telling import NOT_THEIRS, trouble
from runtime.effects.writing import Pen
from runtime.services import Services
from runtime.store import Unit
from runtime.store.deliveries import Attempt, Delivery, State
from runtime.store.notices import Notice
from runtime.store.people import Person
from runtime.use_cases.card_decisions import verbs_in_card
from runtime.use_cases.signed_links import link_for
from runtime.use_cases.watch_channel import watch

TRIES = 6
WAIT, LONGEST = 30.0, 3600.0
"""Seconds between tries: the first, and at most."""
log = structlog.get_logger()
VERBS = {"agree": Message("同意"), "refuse": Message("不同意")}
ACTED_ON = frozenset({"approve", "todo", "urge"})


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """Messages that go to one person through one channel, as one letter."""

    person: Person
    set: Set | None
    deliveries: tuple[Delivery, ...]
    notices: tuple[Notice, ...]


def deliver(services: Services, waiting: Sequence[Delivery]) -> float | None:
    """Send what waits for one person and channel as one letter, once, and write down how it went.
    Returns in how many seconds to try again; None if there is nothing more to do. Outside of any
    unit."""
    bundle = _bundle(services, waiting)
    if bundle is None:
        return None
    if bundle.set is None:
        outcome: Outcome = Failed(code="no_key", detail="", again=False)
        return _noted(services, bundle, outcome, None)
    doors = doors_of(services.settings)
    address = address_for(services, doors, bundle.set, bundle.person)
    if isinstance(address, Failed):
        return _noted(services, bundle, address, None)
    parcel = Parcel(
        doors=doors,
        set=bundle.set,
        person=bundle.person,
        address=address,
        letter=_letter(services, bundle),
        now=services.now(),
        back=address_back(services.settings, bundle.set.channel),
    )
    outcome = _handed_over(parcel)
    return _noted(services, bundle, outcome, address)


def _handed_over(parcel: Parcel) -> Outcome:
    try:
        return channels()[parcel.set.channel].send(parcel)
    except Exception as error:
        # What a provider answers is not in our hands; nobody must wait for it for ever.
        log.exception("a channel failed", channel=parcel.set.channel)
        return Failed(code="error", detail=type(error).__name__, again=True)


def _bundle(services: Services, waiting: Sequence[Delivery]) -> Bundle | None:
    """Return what is still to be sent, and end what is not."""
    if not waiting:
        return None
    first = waiting[0]
    with services.store.unit() as unit:
        person = unit.people.one(first.person)
        channel = unit.notices.channels.one(first.channel)
        kept: list[Delivery] = []
        notices: list[Notice] = []
        for each in waiting:
            notice = unit.notices.one(each.notice)
            why = _needless(unit, each, notice)
            if channel is None or not channel.active or first.channel not in channels():
                why = Message("渠道已停用")
            if person is None or not person.active:
                why = Message("账号已停用")
            if why or notice is None:
                unit.notices.deliveries.end(each.id, "skipped", services.now(), problem=why)
            else:
                kept.append(each)
                notices.append(notice)
    if not kept or person is None or channel is None:
        return None
    return Bundle(
        person=person,
        set=opened(services.settings, channel),
        deliveries=tuple(kept),
        notices=tuple(notices),
    )


def _needless(unit: Unit, delivery: Delivery, notice: Notice | None) -> Message | None:
    if notice is None:
        return Message("消息已删除")
    if delivery.due is not None and notice.read_at is not None:
        return Message("已在站内读过")
    if notice.task and notice.kind in ACTED_ON:
        task = unit.tasks.one(notice.task)
        if task is None or task.state != "open":
            return Message("事情已经办完")
    return None


def _letter(services: Services, bundle: Bundle) -> Letter:
    pen, notices = Pen(services, bundle.person), bundle.notices
    link, key = pen.link(notices), bundle.deliveries[0].id
    if len(notices) > 1:
        return Letter(
            title=(title := pen.say(Message("{n} 条消息", n=len(notices)))),
            headline=title,
            text=pen.line(notices[0]),
            lines=tuple(pen.line(each) for each in notices[1:]),
            link=link,
            link_text=pen.say(Message("查看全部")),
            key=key,
        )
    notice = notices[0]
    return Letter(
        title=pen.title(notice),
        headline=pen.headline(notice),
        text=pen.say(notice.text),
        link=link,
        link_text=pen.say(Message("查看详情")),
        act=link_for(services, notice),
        act_text=pen.say(Message("立即处理")),
        buttons=_buttons(services, pen, bundle, notice),
        key=key,
    )


def _buttons(services: Services, pen: Pen, bundle: Bundle, notice: Notice) -> tuple[Button, ...]:
    if bundle.set is None or not listens(services.settings, bundle.set):
        return ()
    verbs = verbs_in_card(services, notice)
    return tuple(Button(verb=verb, text=pen.say(VERBS[verb])) for verb in verbs)


def _noted(
    services: Services, bundle: Bundle, outcome: Outcome, address: str | None
) -> float | None:
    tries = max(each.tries for each in bundle.deliveries) + 1
    again = isinstance(outcome, Failed) and outcome.again and tries < TRIES
    with services.store.unit() as unit:
        for each in bundle.deliveries:
            unit.notices.deliveries.tried(_attempt(each, outcome, services))
            if not again:
                _end(unit, each, outcome, services, address)
        if isinstance(outcome, Sent):
            unit.notices.channels.forget_failures(bundle.deliveries[0].channel)
        elif not again and outcome.code not in NOT_THEIRS:
            watch(services, unit, bundle.deliveries[0], trouble(outcome))
        _forget_if_unknown(unit, bundle, outcome)
    return min(WAIT * float(4 ** (tries - 1)), LONGEST) if again else None


def _attempt(delivery: Delivery, outcome: Outcome, services: Services) -> Attempt:
    failed = outcome if isinstance(outcome, Failed) else None
    return Attempt(
        delivery=delivery.id,
        at=services.now(),
        sent=failed is None,
        code=failed.code if failed else None,
        detail=failed.detail if failed else None,
        milliseconds=outcome.milliseconds,
    )


def _end(
    unit: Unit, delivery: Delivery, outcome: Outcome, services: Services, address: str | None
) -> None:
    shown = covered(address) if address else None
    ends, now = unit.notices.deliveries.end, services.now()
    if isinstance(outcome, Sent):
        ends(delivery.id, "sent", now, address=shown, reference=outcome.reference, code=None)
        return
    state: State = "skipped" if outcome.code in NOT_THEIRS else "failed"
    why = trouble(outcome)
    ends(delivery.id, state, now, problem=why, address=shown, code=outcome.code)


def _forget_if_unknown(unit: Unit, bundle: Bundle, outcome: Outcome) -> None:
    channel = bundle.deliveries[0].channel
    if isinstance(outcome, Failed) and outcome.code in channels()[channel].unknown:
        unit.notices.addresses.forget(channel, bundle.person.id)
