"""By which doors can a record be moved, and what does each say when it does not let it through?"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from engine.app import Form
from engine.definition.scenario import AdvanceStep, StepDef
from engine.outcomes import Refusal
from engine.record import Record
from runtime.jobs.workshop import Workshop
from runtime.scenarios.verbs import perform
from runtime.scenarios.world import Named, World
from runtime.web.language import translate
from tests.laws.house import PEOPLE, House
from tests.laws.visitor import Visitor, json_of, texts_in

WHY = "因为"


@dataclass(frozen=True)
class Try:
    """One attempt to move a record to a stage, by somebody who reads one language."""

    house: House
    form: Form
    record: Record
    target: str
    locale: str

    @property
    def who(self) -> Visitor:
        return self.house.visitor(PEOPLE[self.locale])

    @property
    def page(self) -> str:
        return f"/a/{self.form.app}/{self.form.id}"

    @property
    def api(self) -> str:
        return f"/apps/{self.form.app}/forms/{self.form.id}"


def by_form(one: Try) -> list[str]:
    return _sheet(one, panel=False)


def by_sheet(one: Try) -> list[str]:
    return _sheet(one, panel=True)


def by_board(one: Try) -> list[str]:
    return _sheet(one, panel=True, _door="board")


def _sheet(one: Try, panel: bool, **more: str) -> list[str]:
    answer = one.who.post(
        f"{one.page}/{one.record.id}/advance", panel=panel, _to=one.target, _reason=WHY, **more
    )
    assert answer.status_code == 422, answer.status_code
    return texts_in(answer.text, "[role=alert]", "li", "span")


def by_bulk(one: Try) -> list[str]:
    answer = one.who.post(f"{one.page}/bulk/advance", id=one.record.id, to=one.target, reason=WHY)
    assert answer.status_code == 200, answer.status_code
    return texts_in(answer.text, ".outcomes", "li", "li")


def by_sweep(one: Try) -> list[str]:
    asked = urlencode({"all": 1, "feel": f'id = "{one.record.id}"'})
    answer = one.who.post(f"{one.page}/bulk/advance?{asked}", all="1", to=one.target, reason=WHY)
    assert answer.status_code == 303, answer.text
    there = answer.headers["Location"]
    Workshop(services=one.house.services).run(there.rpartition("/")[2])
    return texts_in(one.who.get(there).text, ".run-reasons__text")


def by_api(one: Try) -> list[str]:
    body = {"to": one.target, "reason": WHY}
    answer = one.who.call(
        "POST", f"{one.api}/records/{one.record.id}/advance", body, locale=one.locale
    )
    assert answer.status_code == 409, answer.json
    return [reason["message"] for reason in json_of(answer)["reasons"]]


def by_api_bulk(one: Try) -> list[str]:
    body = {"do": "advance", "ids": [one.record.id], "to": one.target, "reason": WHY}
    answer = one.who.call("POST", f"{one.api}/bulk", body, locale=one.locale)
    assert [line["status"] for line in json_of(answer)["results"]] == [409]
    return [reason["message"] for reason in json_of(answer)["results"][0]["answer"]["reasons"]]


def by_import(one: Try) -> list[str]:
    return _import(one, dry_run=False)


def by_import_only_tried(one: Try) -> list[str]:
    return _import(one, dry_run=True)


def _import(one: Try, dry_run: bool) -> list[str]:
    sheet = io.BytesIO(f"id,stage\n{one.record.id},{one.target}\n".encode())
    headers = {"Authorization": f"Bearer {one.who.token}"}
    sent = one.who.http.post("/api/v1/files", data={"file": (sheet, "sheet.csv")}, headers=headers)
    body = {
        "file": json_of(sent)["id"],
        "dry_run": dry_run,
        "columns": {"id": "id", "stage": "stage"},
        "mode": "update",
        "key": "id",
        "reason": WHY,
    }
    answer = one.who.call("POST", f"{one.api}/imports", body, locale=one.locale)
    (line,) = json_of(answer)["errors"]
    return [text for why in line["complaints"].values() for text in why]


def by_scenario(one: Try) -> list[str]:
    return _scenario(one, "scenario")


def by_scenario_in_bulk(one: Try) -> list[str]:
    return _scenario(one, "bulk")


def _scenario(one: Try, door: str) -> list[str]:
    login = PEOPLE[one.locale]
    world = World(
        services=one.house.services,
        app=one.house.services.apps[one.form.app],
        clock=one.house.clock,  # type: ignore[arg-type]  # any clock that tells the time
        people={login: one.house.actor(login)},
        names={"it": Named(one.form, one.record.id)},
    )
    wish = AdvanceStep(record="it", to=one.target, reason=WHY)
    door = "form" if door == "scenario" else door
    done = perform(world, StepDef(who=login, door=door, advance=wish))  # type: ignore[arg-type]  # one of the doors
    assert isinstance(done.outcome, Refusal), done.outcome
    into = translate(one.locale)
    return [reason.message.fill(into, one.locale) for reason in done.outcome.reasons]


DOORS: Mapping[str, Callable[[Try], list[str]]] = {
    "form": by_form,
    "sheet": by_sheet,
    "board": by_board,
    "bulk": by_bulk,
    "sweep": by_sweep,
    "api": by_api,
    "api bulk": by_api_bulk,
    "import": by_import,
    "import only tried": by_import_only_tried,
    "scenario": by_scenario,
    "scenario in bulk": by_scenario_in_bulk,
}


def by_conversion(one: Try, conversion: str) -> list[str]:
    body = {"reason": WHY}
    answer = one.who.call(
        "POST", f"{one.api}/records/{one.record.id}/convert/{conversion}", body, locale=one.locale
    )
    assert answer.status_code == 409, answer.json
    return [reason["message"] for reason in json_of(answer)["reasons"]]


def by_conversion_page(one: Try, conversion: str) -> list[str]:
    answer = one.who.post(f"{one.page}/{one.record.id}/convert/{conversion}", reason=WHY)
    assert answer.status_code == 422, (answer.status_code, answer.text[:500])
    return texts_in(answer.text, ".error-summary", "li")


CONVERSION_DOORS: Mapping[str, Callable[[Try, str], list[str]]] = {
    "conversion by API": by_conversion,
    "conversion by page": by_conversion_page,
}


def asked_in_advance(one: Try) -> list[str]:
    """Return what the API says is missing, before anybody tries."""
    answer = one.who.call(
        "GET", f"{one.api}/records/{one.record.id}/missing", locale=one.locale, to=one.target
    )
    return [reason["message"] for reason in json_of(answer)["reasons"]]
