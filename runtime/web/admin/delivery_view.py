"""How are deliveries and their rates shown to an administrator?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.wording import Message
from runtime.effects.channels import channel_label
from runtime.services import Services
from runtime.store.deliveries import Rate
from runtime.use_cases.delivery_log import Logged, may_retry
from runtime.web.language import translate

STATES: Mapping[str, tuple[Message, str]] = {
    "waiting": (Message("等待发送"), "blue"),
    "sent": (Message("已送达服务商"), "green"),
    "failed": (Message("发送失败"), "red"),
    "skipped": (Message("未发送"), "grey"),
}

GOOD, FAIR = 98, 90


@dataclass(frozen=True, kw_only=True)
class ShownDelivery:
    """One line of the log."""

    id: str
    person: str
    channel: str
    text: str
    state: str
    tone: str
    code: str
    problem: str
    address: str
    tries: int
    at: str
    due: str
    may_retry: bool


@dataclass(frozen=True, kw_only=True)
class ShownRate:
    """How well a channel did."""

    sent: int
    failed: int
    waiting: int
    skipped: int
    percent: int | None
    """Of what was tried for good, how much arrived; None where nothing was."""

    @property
    def tone(self) -> str:
        """Return the colour of it."""
        if self.percent is None:
            return "grey"
        return "green" if self.percent >= GOOD else "amber" if self.percent >= FAIR else "red"


def shown_rates(rates: Mapping[str, Rate]) -> dict[str, ShownRate]:
    """Return what the board shows of each channel."""
    return {id_: _rate(rate) for id_, rate in rates.items()}


def _rate(rate: Rate) -> ShownRate:
    tried = rate.sent + rate.failed
    return ShownRate(
        sent=rate.sent,
        failed=rate.failed,
        waiting=rate.waiting,
        skipped=rate.skipped,
        # Rounded down: only what arrived without exception is 100.
        percent=rate.sent * 100 // tried if tried else None,
    )


def shown_delivery(services: Services, logged: Logged, locale: str) -> ShownDelivery:
    """Return what the pages show of a delivery."""
    into = translate(locale)
    each = logged.delivery
    label, tone = STATES[each.state]

    def moment(at: datetime | None) -> str:
        return services.local(at).strftime("%m-%d %H:%M") if at else ""

    return ShownDelivery(
        id=each.id,
        person=logged.person,
        channel=channel_label(each.channel).fill(into, locale),
        text=logged.notice.text.fill(into, locale),
        state=label.fill(into, locale),
        tone=tone,
        code=each.code or "",
        problem=each.problem.fill(into, locale) if each.problem else "",
        address=each.address or "",
        tries=each.tries,
        at=moment(each.made_at),
        due=moment(each.due),
        may_retry=may_retry(each, services.now()),
    )
