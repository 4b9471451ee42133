"""The `release` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.rules.action import Action
from engine.rules.consequence import Consequence


class Release(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="release"):
    """Take the record from whoever holds it, into the pool of its form."""

    title: ClassVar = {"zh": "收回公海", "en": "Release"}
    about: ClassVar = {
        "zh": "把记录从负责人名下收回，放进表单的公海；原负责人会收到通知。",
        "en": "Puts the record into the pool of its form; whoever held it is told.",
    }

    def brings_about(self, form: str) -> Iterator[Consequence]:
        yield Consequence("changed", form, "owner")
