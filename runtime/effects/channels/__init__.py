"""The channels by which people are reached, one file each: a channel's id is its file's name."""

import importlib
import pkgutil
from functools import cache

from engine.wording import Message
from runtime.effects.channel import Channel


@cache
def channels() -> dict[str, Channel]:
    """Return every channel by its id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").CHANNEL for name in names}


def channel_label(id_: str) -> Message:
    """Return what people call a channel."""
    found = channels().get(id_)
    return found.label if found else Message("其他渠道")
