"""The `notify` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.rules.action import Action
from engine.rules.who import Who
from engine.wording import Label, Message


class Notify(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="notify"):
    """Tell people something about the record."""

    for_figures: ClassVar = True
    title: ClassVar = {"zh": "发消息", "en": "Notify"}
    about: ClassVar = {
        "zh": "给相关人员发一条消息，按各人选择的渠道送达。",
        "en": "Tells people something, by the channels that each has chosen.",
    }
    titles: ClassVar = {
        "to": ("发给谁", "To"),
        "text": ("说什么", "Text", "可以插入字段，如 {name}", "{name} becomes the field's value"),
        "urgent": ("立即送达", "Urgent", "免打扰时间也送", "In quiet hours too"),
    }

    to: Who
    text: Label
    """What they are told; `{name}` becomes the value of a field."""
    urgent: bool = False
    """Told at once, in quiet hours too."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if not self.to.named():
            yield "to", Message("没有写明发给谁")
