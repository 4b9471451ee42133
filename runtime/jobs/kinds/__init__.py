"""The kinds of work for later, one file each: a job's kind is the name of the file."""

import importlib
import pkgutil

from runtime.jobs.kind import Kind


def kinds() -> dict[str, Kind]:
    """Return every kind of work by its id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").KIND for name in names}
