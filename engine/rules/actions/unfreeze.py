"""The `unfreeze` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.field import Id
from engine.rules.action import Action
from engine.rules.who import Who
from engine.wording import Message


class Unfreeze(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="unfreeze"):
    """Lift what rules froze because of this record, or for some people."""

    for_figures: ClassVar = True
    title: ClassVar = {"zh": "解除冻结", "en": "Unfreeze"}
    about: ClassVar = {
        "zh": "解除规则因本记录而做的冻结，或某些人的冻结；因别的记录而冻结的不受影响。",
        "en": "Lifts what rules froze because of this record, or for some people.",
    }
    titles: ClassVar = {
        "form": ("只解除哪个表单的", "Only of"),
        "people": (
            "解除谁的",
            "People",
            "不选就解除因本记录而冻结的",
            "Else what this record caused",
        ),
    }

    form: Id | None = None
    """Only what was frozen of this form."""
    people: Who | None = None
    """What was frozen for these people, because of whatever; without it, because of this record."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if self.people is not None and not self.people.named():
            yield "people", Message("没有写明解除谁的")
