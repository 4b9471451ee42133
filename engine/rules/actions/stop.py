"""The `stop` action."""

from typing import ClassVar

from engine.rules.action import Action


class Stop(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="stop"):
    """Leave out the actions that follow; with `if`, only when it holds."""

    for_figures: ClassVar = True
    title: ClassVar = {"zh": "到此为止", "en": "Stop"}
    about: ClassVar = {
        "zh": "条件成立时不再执行后面的动作。",
        "en": "Leaves out the actions that follow if it holds.",
    }
