"""How well do messages arrive, and what became of each?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.outcomes import Missing
from runtime.services import Services
from runtime.store.channel_addresses import ChannelAddress
from runtime.store.deliveries import Attempt, Delivery, Rate
from runtime.store.notices import Notice
from runtime.use_cases.notify import DELIVER

LOOKED_AT = timedelta(days=7)
STUCK = timedelta(days=1)
"""A message that waits longer than this has lost its job: all tries together take two hours."""
PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Logged:
    """One delivery with what it is about."""

    delivery: Delivery
    notice: Notice
    person: str


def delivery_rates(services: Services) -> Mapping[str, Rate]:
    """Return how the messages of the last days arrived, by channel."""
    with services.store.reading() as unit:
        rates = unit.notices.deliveries.rates(services.now() - LOOKED_AT)
    return {rate.channel: rate for rate in rates}


def delivery_log(
    services: Services,
    *,
    channel: str | None = None,
    state: str | None = None,
    before: str | None = None,
) -> tuple[tuple[Logged, ...], bool]:
    """Return deliveries, latest first, and whether there are more."""
    with services.store.reading() as unit:
        found = unit.notices.deliveries.log(
            channel=channel, state=state, before=before, limit=PAGE + 1
        )
        notices = unit.notices.by_ids(each.notice for each in found)
        names = unit.people.names(each.person for each in found)
    logged = tuple(
        Logged(
            delivery=each,
            notice=notices[each.notice],
            person=names.get(each.person, ""),
        )
        for each in found[:PAGE]
    )
    return logged, len(found) > PAGE


def one_delivery(services: Services, id_: str) -> tuple[Logged, tuple[Attempt, ...]] | Missing:
    """Return one delivery with every try."""
    with services.store.reading() as unit:
        found = unit.notices.deliveries.one(id_)
        notice = unit.notices.one(found.notice) if found else None
        if found is None or notice is None:
            return Missing()
        name = unit.people.names((found.person,)).get(found.person, "")
        attempts = unit.notices.deliveries.attempts(id_)
    return Logged(delivery=found, notice=notice, person=name), attempts


def may_retry(delivery: Delivery, now: datetime) -> bool:
    """Tell whether a message can be tried anew."""
    stuck = delivery.state == "waiting" and (delivery.due or delivery.made_at) < now - STUCK
    return delivery.state == "failed" or stuck


def send_again(services: Services, id_: str) -> bool:
    """Let a message that did not go be tried anew; False if there is nothing to try."""
    with services.store.unit() as unit:
        now = services.now()
        if not unit.notices.deliveries.again(id_, now - STUCK):
            return False
        key = f"{DELIVER}:{id_}:{now.isoformat()}"
        unit.jobs.save(DELIVER, {"delivery": id_}, now, key=key)
    return True


def known_addresses(services: Services, channel: str) -> tuple[tuple[ChannelAddress, str], ...]:
    """Return what a provider said of each active person, with their name; who is not known to it
    comes first."""
    with services.store.reading() as unit:
        people = {each.id: each for each in unit.people.list()}
        found = unit.notices.addresses.of_channel(channel)
    named = [(each, people[each.person].name) for each in found if each.person in people]
    return tuple(sorted(named, key=lambda pair: (pair[0].address is not None, pair[1])))


CHECK = "check_addresses"


def ask_to_check(services: Services, channel: str) -> None:
    """Let a provider be asked whether it knows everybody by their phone number."""
    now = services.now()
    with services.store.unit() as unit:
        unit.jobs.save(CHECK, {"channel": channel}, now, key=f"{CHECK}:{channel}:{now.isoformat()}")
