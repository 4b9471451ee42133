"""Where is somebody reached through a channel, and does the provider know them by their phone?"""

from __future__ import annotations

from runtime.effects.channel import Doors, Failed, Set
from runtime.effects.channels import channels
from runtime.services import Services
from runtime.store.channel_addresses import ChannelAddress
from runtime.store.people import Person

SETTLED = frozenset({"no_address", "unknown_phone"})
"""What is said of the person and stays so until somebody changes it."""


def address_for(services: Services, doors: Doors, found: Set, person: Person) -> str | Failed:
    """Return somebody's address. A provider that looks people up is asked once for each phone
    number, so that account and number always match; outside of any unit."""
    channel = channels()[found.channel]
    if not channel.looks_up:
        return channel.address(doors, found, person)
    with services.store.reading() as unit:
        known = unit.notices.addresses.one(found.channel, person.id)
    if known and known.address and known.phone == person.phone:
        return known.address
    return look_up(services, doors, found, person)


def look_up(services: Services, doors: Doors, found: Set, person: Person) -> str | Failed:
    """Ask the provider who has somebody's phone number, and remember what it says."""
    answer = channels()[found.channel].address(doors, found, person)
    failed = answer if isinstance(answer, Failed) else None
    if failed and failed.code not in SETTLED:
        return failed
    with services.store.unit() as unit:
        unit.notices.addresses.keep(
            ChannelAddress(
                person=person.id,
                channel=found.channel,
                address=None if isinstance(answer, Failed) else answer,
                phone=person.phone,
                code=failed.code if failed else None,
                detail=failed.detail if failed else None,
                checked_at=services.now(),
            )
        )
    return answer


def covered(address: str) -> str:
    """Return an address with its middle covered, for a log."""
    name, at, rest = address.partition("@")
    kept = max(1, len(name) // 4)
    shown = name[:kept] + "***" + (name[-kept:] if len(name) > 2 * kept + 1 else "")
    return f"{shown}{at}{rest}"
