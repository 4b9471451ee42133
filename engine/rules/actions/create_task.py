"""The `create_task` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.rules.action import Action
from engine.rules.span import Span
from engine.rules.who import Who
from engine.wording import Label, Message


class CreateTask(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="create_task"):
    """Give people something to do about the record."""

    for_figures: ClassVar = True
    title: ClassVar = {"zh": "派待办", "en": "Create task"}
    about: ClassVar = {
        "zh": "给相关人员各派一件待办，可写明期限。",
        "en": "Gives each person a to-do, with a time to do it in.",
    }
    titles: ClassVar = {
        "to": ("派给谁", "To"),
        "text": (
            "要做什么",
            "What to do",
            "可以插入字段，如 {name}",
            "{name} becomes the field's value",
        ),
        "within": ("多久之内", "Within"),
    }

    to: Who
    text: Label
    """What is to be done; `{name}` becomes the value of a field."""
    within: Span | None = None
    """How much time there is for it."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if not self.to.named():
            yield "to", Message("没有写明派给谁")
        if self.within is not None and self.within.given() != 1:
            yield "within", Message("时长只能写一种：calendar、working 或 working_hours")
