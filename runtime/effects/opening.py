"""What is at hand to send something: the doors to the network, and channels with open secrets?"""

from __future__ import annotations

from functools import cache

import msgspec

from runtime.effects.channel import Doors, Set
from runtime.effects.net.guard import Guard
from runtime.effects.net.http import Outbound
from runtime.effects.passes import Passes
from runtime.sealing import Broken, Seal
from runtime.settings import Settings
from runtime.store.channels import Channel


@cache
def doors_of(settings: Settings) -> Doors:
    """Return this process's doors to the network."""
    guard = Guard.of(settings)
    return Doors(guard=guard, outbound=Outbound(guard), passes=Passes())


def opened(settings: Settings, kept: Channel) -> Set | None:
    """Return a channel with its secrets; None if the key of the workspace does not open them."""
    secrets: dict[str, str] = {}
    if kept.secrets:
        try:
            content = Seal(settings.secret_key).open(kept.secrets, kept.id)
        except Broken:
            return None
        secrets = msgspec.json.decode(content, type=dict[str, str])
    return Set(channel=kept.id, values={**kept.settings, **secrets})


def sealed(settings: Settings, channel: str, secrets: dict[str, str]) -> bytes | None:
    """Return the secrets of a channel as they are kept."""
    if not secrets:
        return None
    return Seal(settings.secret_key).close(msgspec.json.encode(secrets), channel)
