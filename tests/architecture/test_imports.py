from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.sources import HOUSE, modules

# Who may reach for what. A path that ends in a slash means everything in that folder.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "yaml": ("engine/loading/",),
    "jsonschema": ("engine/loading/",),
    "sqlalchemy": ("runtime/store/",),
    "sqlite3": ("runtime/store/",),
    "psycopg": ("runtime/store/",),
    "flask": ("runtime/app.py", "runtime/web/", "designer/"),
    "werkzeug": ("runtime/app.py", "runtime/web/", "designer/"),
    "wtforms": ("runtime/web/", "designer/"),
    "jinja2": ("runtime/app.py", "runtime/web/", "runtime/effects/", "designer/"),
    "redis": ("runtime/jobs/", "runtime/services.py"),
    "rq": ("runtime/jobs/",),
    "requests": ("runtime/effects/net/",),
    "urllib3": ("runtime/effects/net/",),
    "apprise": ("runtime/effects/net/",),
    "smtplib": ("runtime/effects/net/",),
    "httpx": (),
    "http": ("runtime/effects/net/",),
    "aiohttp": (),
    "socket": ("runtime/effects/net/", "runtime/serving.py"),
    "subprocess": ("runtime/printing/press.py",),
    "pickle": (),
    "random": (),
    "click": (
        "runtime/cli.py",
        "runtime/commands/",
        "runtime/serving.py",
        "designer/cli.py",
        "designer/publishing/diff_command.py",
        "designer/publishing/rehearse_command.py",
    ),
    "granian": ("runtime/serving.py",),
}
FORBIDDEN_TO_THE_ENGINE = {"os", "io", "time", "logging", "secrets", "uuid"}


@cache
def _imported(module: ast.Module) -> frozenset[str]:
    return frozenset(_roots(module))


def _roots(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.split(".")[0] for alias in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name.split(".")[0]


@pytest.mark.parametrize("library", MAY_IMPORT)
def test_a_library_is_reached_only_where_it_belongs(library: str) -> None:
    strangers = [
        name
        for name, module in modules(*HOUSE).items()
        if library in _imported(module) and not name.startswith(MAY_IMPORT[library])
    ]

    assert strangers == []


def test_the_engine_has_no_clock_and_no_files() -> None:
    impure = {
        name: sorted(FORBIDDEN_TO_THE_ENGINE.intersection(_imported(module)))
        for name, module in modules("engine").items()
        if not name.startswith("engine/loading/")
    }

    assert {name: libraries for name, libraries in impure.items() if libraries} == {}


def test_apps_are_written_without_python() -> None:
    assert modules("apps") == {}
