"""The kinds of work for later, one file each: a job's kind is the name of the file."""

import importlib
import pkgutil
from types import ModuleType

from runtime.jobs.kind import Kind

MARKET = "runtime.market.jobs"
"""What is about whole apps stands above this package, which therefore knows it by name only."""


def kinds(*more: ModuleType) -> dict[str, Kind]:
    """Return every kind of work by its id, with those of packages above the runtime."""
    return {**_kinds_in(__name__, __path__), **_all((importlib.import_module(MARKET), *more))}


def kinds_of(application: str | None) -> dict[str, Kind]:
    """Return the kinds of work that an application does, as `package.module:factory` names it:
    what its package has in `jobs` too."""
    package = (application or "runtime").partition(".")[0]
    return kinds() if package == "runtime" else kinds(importlib.import_module(f"{package}.jobs"))


def _all(packages: tuple[ModuleType, ...]) -> dict[str, Kind]:
    found = [_kinds_in(one.__name__, list(one.__path__)) for one in packages]
    return {id_: kind for each in found for id_, kind in each.items()}


def _kinds_in(package: str, path: list[str]) -> dict[str, Kind]:
    names = sorted(module.name for module in pkgutil.iter_modules(path))
    return {name: importlib.import_module(f"{package}.{name}").KIND for name in names}
