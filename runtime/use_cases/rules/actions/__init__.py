"""How each action of a rule is done, one file each: an action's word is the name of the file."""

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

from runtime.use_cases.rules.acting import Came, Doing


@cache
def actions() -> dict[str, Callable[[Doing, Any], Came]]:
    """Return what does each action, by its word."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").perform for name in names}
