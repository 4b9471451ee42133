"""The `route` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.rules.action import Action
from engine.rules.consequence import Consequence


class Route(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="route"):
    """Give the record to somebody else, by the routing of its form."""

    title: ClassVar = {"zh": "重新分派", "en": "Route"}
    about: ClassVar = {
        "zh": "按表单的分派规则换一个负责人；现在的负责人不再参与。",
        "en": "Gives the record to somebody else by the routing of its form, not its holder.",
    }

    def brings_about(self, form: str) -> Iterator[Consequence]:
        yield Consequence("changed", form, "owner")
