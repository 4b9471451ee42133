"""An app whose forms have every field type and every kind of rule, for what is worked out live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.passwords import Passwords
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.people_file import add_people, read_people
from tests.web.site import PASSWORD

WORKS = Path(__file__).parent / "works"
FILES = {
    path.relative_to(WORKS).as_posix(): path.read_bytes()
    for path in (WORKS / "app.yaml", *sorted((WORKS / "forms").glob("*.yaml")))
}


@contextmanager
def works(folder: Path) -> Iterator[Services]:
    """A workspace with the app and its two people."""
    settings = Settings.from_environment({"HOME_DIR": str(folder), "CHEAP_PASSWORDS": "1"})
    services = open_workspace(settings)
    people = (WORKS / "people.yaml").read_text("utf-8")
    hashed = Passwords(time_cost=1, memory_kib=1024).hash(PASSWORD)
    with services.store.unit() as unit:
        add_people(unit, read_people(people, "people.yaml"), hashed, services.now())
    install_app(services, FILES)
    try:
        yield services
    finally:
        services.store.close()
