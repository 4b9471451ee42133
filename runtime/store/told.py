"""How is a message kept, so that it can be said in any language later?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.wording import Message, Said


def told(message: Message) -> dict[str, Any]:
    """Return a message as JSON."""
    if isinstance(message, Said):
        return {"said": message.label}
    return {"text": message.text, "args": {name: _kept(arg) for name, arg in message.args.items()}}


def message_of(data: Mapping[str, Any]) -> Message:
    """Return the message that was kept."""
    if "said" in data:
        return Said(data["said"])
    return Message(data["text"], **{name: _found(arg) for name, arg in data["args"].items()})


def _kept(value: object) -> Any:
    if isinstance(value, Message):
        return {"message": told(value)}
    if isinstance(value, list | tuple):
        return [_kept(item) for item in value]
    if isinstance(value, dict):
        return {"label": value}
    return value if isinstance(value, str | int) else str(value)


def _found(value: Any) -> Any:
    if isinstance(value, Mapping):
        return message_of(value["message"]) if "message" in value else dict(value["label"])
    return [_found(item) for item in value] if isinstance(value, list | tuple) else value
