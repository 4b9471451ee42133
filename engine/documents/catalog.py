"""Which blocks exist?"""

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Union

from engine.documents import blocks
from engine.documents.block import Block


def _found() -> dict[str, Any]:
    found = {}
    for word in sorted(module.name for module in pkgutil.iter_modules(blocks.__path__)):
        module = importlib.import_module(f"{blocks.__name__}.{word}")
        own = (thing for thing in vars(module).values() if isinstance(thing, type))
        found[word] = next(
            thing
            for thing in own
            if issubclass(thing, Block) and thing.__module__ == module.__name__
        )
    return found


BLOCKS: dict[str, type[Block]] = _found()
"""Every block by its word in the YAML, which is the name of its file."""

if TYPE_CHECKING:
    AnyBlock = Block
else:
    AnyBlock = Union[tuple(BLOCKS.values())]  # noqa: UP007 - built from what was found
