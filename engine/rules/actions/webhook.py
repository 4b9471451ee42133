"""The `webhook` action."""

from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Feel, Id
from engine.rules.action import Action


class Webhook(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="webhook"):
    """Tell another program, by HTTP."""

    for_figures: ClassVar = True
    title: ClassVar = {"zh": "调用外部接口", "en": "Webhook"}
    about: ClassVar = {
        "zh": "把记录的标识和所写的值发给另一个程序，直到对方收下；可能多于一次，键相同。",
        "en": "Sends the ids and the values named until they are taken; perhaps twice, by one key.",
    }
    titles: ClassVar = {
        "url": ("网址", "Address"),
        "send": ("发送哪些值", "Sends", "自己起名，如 amount", "By names of one's own"),
    }

    url: Annotated[str, Meta(pattern=r"^https?://[^\s]+$", max_length=2000)]
    """Where to; addresses inside the house only as the operator allows."""
    send: dict[Id, Feel] = {}
    """What is sent, by name: expressions over the record."""
