"""An app whose forms have every field type and every kind of rule, for what is worked out live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.forms.submission import read_json
from engine.outcomes import Saved
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.settings import Settings
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import create_record
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.people_file import add_people, read_people
from tests.web.site import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORKS = Path(__file__).parent / "works"
FILES = {
    path.relative_to(WORKS).as_posix(): path.read_bytes()
    for path in (WORKS / "app.yaml", *sorted((WORKS / "forms").glob("*.yaml")))
}


class Works:
    """The app, served, with some records that others refer to."""

    def __init__(self, services: Services, url: str) -> None:
        self.services, self.url = services, url
        with services.store.reading() as unit:
            found = {login: unit.people.by_login(login) for login in ("worker", "keeper")}
            self.people = {login: person.id for login, person in found.items() if person}
            self._keeper = unit.people.actor(self.people["keeper"])
        worker, keeper = self.people["worker"], self.people["keeper"]
        self.sites = [
            self.made("site", name="东站", rate="0.05", guarded=True, secret="500", keeper=worker),
            self.made("site", name="西站", rate="0.2", guarded=False, keeper=keeper),
            self.made("site", name="暗站", rate="0.9", guarded=True, secret="900"),
        ]
        self.items = [
            self.made("item", name="螺丝", price="1.5", kind="a"),
            self.made("item", name="钢板", price="320.00", kind="b"),
        ]

    def made(self, form: str, **values: object) -> str:
        """Make a record as the keeper, and return its id."""
        found = self.services.apps["works"].forms[form]
        assert self._keeper is not None
        act = Act(actor=self._keeper, door="form")
        outcome = create_record(self.services, act, found, read_json(found, values))
        assert isinstance(outcome, Saved), outcome
        return outcome.record.id

    def open(self, page: Page, login: str, path: str = "job/new") -> None:
        """Sign in and open a page of the app."""
        page.goto(f"{self.url}/sign-in")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{self.url}/")
        page.goto(f"{self.url}/a/works/{path}")
        page.locator("form[data-form]").wait_for()
        page.wait_for_load_state("networkidle")

    @property
    def references(self) -> dict[str, list[str]]:
        """What the inputs of references may hold, by the field."""
        return {"site": self.sites, "item": self.items, "helper": [*self.people.values()]}


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
