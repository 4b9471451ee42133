"""The field types, one file each: the word in the YAML is the name of the file."""

import importlib
import pkgutil

from engine.field import Field


def field_types(without: frozenset[str] = frozenset()) -> dict[str, type[Field]]:
    """Return every field type by its word, except those that are named."""
    words = (module.name for module in pkgutil.iter_modules(__path__))
    found = {word: _type_in(word) for word in sorted(words) if word not in without}
    return {word: type_ for word, type_ in found.items() if type_ is not None}


def _type_in(word: str) -> type[Field] | None:
    module = importlib.import_module(f"{__name__}.{word}")
    there = (thing for thing in vars(module).values() if isinstance(thing, type))
    own = (thing for thing in there if thing.__module__ == module.__name__)
    return next((thing for thing in own if issubclass(thing, Field)), None)
