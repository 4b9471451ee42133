"""Which triggers and actions exist?"""

import importlib
import pkgutil
from types import ModuleType
from typing import TYPE_CHECKING, Any, Union

from engine.rules import actions, triggers
from engine.rules.action import Action
from engine.rules.trigger import Trigger


def _found(package: ModuleType, base: type) -> dict[str, Any]:
    found = {}
    for word in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        module = importlib.import_module(f"{package.__name__}.{word}")
        own = (thing for thing in vars(module).values() if isinstance(thing, type))
        found[word] = next(
            thing
            for thing in own
            if issubclass(thing, base) and thing.__module__ == module.__name__
        )
    return found


TRIGGERS: dict[str, type[Trigger]] = _found(triggers, Trigger)
"""Every trigger by its word in the YAML, which is the name of its file."""
ACTIONS: dict[str, type[Action]] = _found(actions, Action)
"""Every action by its word in the YAML, which is the name of its file."""

if TYPE_CHECKING:
    AnyTrigger = Trigger
    AnyAction = Action
else:
    AnyTrigger = Union[tuple(TRIGGERS.values())]  # noqa: UP007 - built from what was found
    AnyAction = Union[tuple(ACTIONS.values())]  # noqa: UP007 - built from what was found
