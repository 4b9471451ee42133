"""What do tests of cameras, signatures and positions do again and again?"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PIL import Image

from engine.forms.submission import read_json
from engine.outcomes import Saved
from engine.record import Record
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import create_record
from tests.web.codes import png
from tests.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Frame, Geolocation, Locator, Page

GATE: Geolocation = {"latitude": 31.0223, "longitude": 120.8321, "accuracy": 8}
AWAY: Geolocation = {"latitude": 31.0323, "longitude": 120.8321, "accuracy": 8}


def made(site: Site, form: str, login: str = "rep1", **values: Any) -> Record:
    found = site.services.apps["sales_crm"].forms[form]
    with site.services.store.reading() as unit:
        person = unit.people.by_login(login)
        actor = unit.people.actor(person.id) if person else None
    assert actor is not None
    act = Act(actor=actor, door="form")
    outcome = create_record(site.services, act, found, read_json(found, values))
    assert isinstance(outcome, Saved), outcome
    return outcome.record


def visit_at(site: Site, name: str, **values: Any) -> Record:
    gate = {"latitude": "31.0223", "longitude": "120.8321", "label": "厂区大门"}
    customer = made(site, "customer", name=name, position=gate, tier="c", source="website")
    now = site.services.now()
    return made(
        site,
        "visit",
        customer=customer.id,
        planned_at=(now + timedelta(hours=1)).isoformat(timespec="seconds"),
        purpose="diagnosis",
        purpose_text="拿到三个月停机台账",
        **values,
    )


def just_now(site: Site) -> str:
    return (site.services.now() - timedelta(minutes=5)).isoformat(timespec="seconds")


def stored(site: Site, record: Record) -> Record:
    form = site.services.apps["sales_crm"].forms[record.form]
    with site.services.store.reading() as unit:
        found = unit.records.one(form, record.id)
    assert found is not None
    return found


def the_file(site: Site, record: Record, field: str) -> str:
    """Return the id of the one file in a field."""
    value = stored(site, record).values[field]
    assert isinstance(value, tuple)
    (one,) = value
    return str(one)


def place_of(site: Site, record: Record) -> str:
    return f"{site.url}/a/sales_crm/{record.form}/{record.id}"


def save(page: Page) -> None:
    page.get_by_role("button", name="保存").last.click()
    page.wait_for_url(re.compile(r"/[0-9a-f]{32}$"))


def a_picture(sheet: Image.Image) -> FilePayload:
    return {"name": "gate.png", "mimeType": "image/png", "buffer": png(sheet)}


def hand_in(page: Page, shade: int) -> None:
    item = page.locator(".field--evidence")
    chosen = a_picture(Image.new("L", (320, 200), shade))
    item.locator("input[type=file]").first.set_input_files(chosen)
    item.locator("input[type=hidden][name^=_evidence]").last.wait_for(state="attached")


def viewer(page: Page) -> Frame:
    """Return the browser's own reader of PDF files, once it has begun."""
    for _ in range(200):
        found = [one for one in page.frames if one.url.startswith("chrome-extension:")]
        if found:
            return found[0]
        page.wait_for_timeout(50)
    raise AssertionError("the file does not open")


def draw(page: Page, canvas: Locator) -> None:
    canvas.scroll_into_view_if_needed()
    page.locator("[data-clear]").wait_for()
    box = canvas.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 40, middle)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 40 + step * 22, middle + (30 if step % 2 else -30))
    page.mouse.up()


def draw_by_touch(page: Page, canvas: Locator) -> None:
    canvas.scroll_into_view_if_needed()
    page.locator("[data-clear]").wait_for()
    box = canvas.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    middle = box["y"] + box["height"] / 2

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    touch("touchStart", (box["x"] + 40, middle))
    for step in range(1, 9):
        touch("touchMove", (box["x"] + 40 + step * 22, middle + (30 if step % 2 else -30)))
    touch("touchEnd")


def ink_in(site: Site, file_id: str) -> int:
    """Return how many points of a kept signature are dark."""
    with site.services.store.reading() as unit:
        file = unit.files.one(file_id)
    assert file is not None
    assert file.type == "png"
    path = site.services.store.files.path(file.sha256)
    grey = Image.open(io.BytesIO(path.read_bytes())).convert("L")
    return sum(grey.histogram()[:128])
