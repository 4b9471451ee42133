"""Somebody who never wrote YAML sets a field, a condition and rights by choosing, in both sizes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from designer.drafts.editing import Edited, edit_draft, open_draft, open_held
from engine.editing.edits import Set
from tests.designer.studio import Studio, studio
from tests.services.chromium import DESKTOP, PHONE, patient
from tests.web.eyes import SEEN, WATCH, barriers
from tests.web.site import PASSWORD, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

FILE = "forms/contact.yaml"
ROLE = (FILE, "sections", "influence_part", "fields", "role")
PHONE_LABEL = (FILE, "sections", "basics", "fields", "phone", "label")
PAGES = (
    "/design/sales_crm/contact?field=role",
    "/design/sales_crm/contact/access",
    "/design/sales_crm/contact/lists",
    "/design/sales_crm/parts/roles",
    "/design/sales_crm/parts/menu",
    "/design/sales_crm/parts/home",
    "/design/sales_crm/parts/messages",
    "/design/sales_crm/parts/files",
)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio")) as made:
        yield made


def _designer(browser: Browser, there: Studio, size: str = "desktop") -> Page:
    phone: dict[str, Any] = {"is_mobile": True, "has_touch": True} if size == "phone" else {}
    context = browser.new_context(
        viewport=PHONE if size == "phone" else DESKTOP,  # type: ignore[arg-type]  # as in chromium.py
        color_scheme="dark" if size == "phone" else "light",
        reduced_motion="reduce",
        **phone,
    )
    patient(context)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{there.url}/sign-in")
    page.locator("#login").fill("ops")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{there.url}/")
    return page


def _held(there: Studio, *target: str) -> Any:
    return open_draft(there.services, "sales_crm").value(target)


def _sent(page: Page, act: Any) -> None:
    """Do something and wait until the server has answered it."""
    with page.expect_response("**/edits*"):
        act()


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_a_field_is_set_by_choosing(browser: Browser, there: Studio) -> None:
    page = _designer(browser, there)
    heard = listen_for_trouble(page)
    page.goto(f"{there.url}/design/sales_crm/contact?field=role")
    panel = page.locator("#panel")

    _rename(page, panel)
    _add_option(page, panel)
    _ask_for_it(page, panel)

    field = _held(there, *ROLE)
    assert field["label"] == "决策中的角色"
    assert field["options"][5] == {"id": "option_1", "label": "推荐人"}
    assert field["required"] == {"when": "influence = 3", "message": "请选择角色"}
    assert panel.locator(".panel-told__text").first.inner_text() == "“影响力”等于 3"
    _name_the_owner(page, there)
    page.context.close()
    assert heard == []


def _rename(page: Page, panel: Locator) -> None:
    name = panel.get_by_label("名称", exact=False).first
    name.fill("决策中的角色")
    _sent(page, lambda: name.press("Tab"))


def _add_option(page: Page, panel: Locator) -> None:
    options = panel.locator("[data-option]")
    with page.expect_response("**/edits"):
        options.last.press("Enter")
    options.nth(5).wait_for()
    options.nth(5).fill("推荐人")
    _sent(page, lambda: options.nth(5).press("Tab"))


def _ask_for_it(page: Page, panel: Locator) -> None:
    needed = panel.get_by_label("必填")
    needed.select_option(label="满足条件时必填")
    _choose_condition(page)
    message = panel.get_by_label("提示").first
    message.wait_for()
    message.fill("请选择角色")
    _sent(page, lambda: message.press("Tab"))


def _name_the_owner(page: Page, there: Studio) -> None:
    """A text shows names; what is kept are the ids that stand for them."""
    page.goto(f"{there.url}/design/sales_crm/parts/messages")
    control = page.locator("[data-shared]").first
    target = json.loads(control.get_attribute("data-target") or "")
    written = control.locator("[data-zh]").input_value()
    assert "【" in written
    assert "{" not in written
    names = control.locator("[data-blank]")
    names.focus()
    _sent(page, lambda: names.select_option(label="负责人"))

    assert _held(there, *target).count("{owner}") == written.count("【负责人】") + 1
    page.goto(f"{there.url}/design/sales_crm/parts/files")
    assert page.locator("main", has_text="销售只看自己名下").count() == 1
    assert ".yaml" not in page.locator("main").inner_text()


def _choose_condition(page: Page) -> None:
    sheet = page.locator("dialog[open]")
    field: Locator = sheet.locator("[role=combobox]").first
    field.click()
    sheet.locator("[role=option]", has_text="影响力").first.click()
    sheet.locator(".filter-row__value input").first.fill("3")
    _sent(page, lambda: sheet.get_by_role("button", name="确定").click())


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_who_writes_is_told_that_somebody_else_changed_the_same(
    browser: Browser, there: Studio
) -> None:
    page = _designer(browser, there)
    page.goto(f"{there.url}/design/sales_crm/contact?field=phone")
    panel = page.locator("#panel")
    name = panel.get_by_label("名称", exact=False).first
    name.press("End")
    name.press_sequentially("一二")
    name.press("ArrowLeft")
    with page.expect_response("**/edits/look"):
        _changed_by_another(there, "打得通的电话")

    told = panel.locator("[data-wrong]", has_text="现在是“打得通的电话”")
    told.wait_for()
    assert _held(there, *PHONE_LABEL) == "打得通的电话"
    name.press_sequentially("三")
    assert name.input_value().endswith("一三二")
    assert told.is_visible()

    _sent(page, lambda: name.press("Tab"))
    assert _held(there, *PHONE_LABEL).endswith("一三二")
    page.context.close()


def _changed_by_another(there: Studio, label: str) -> None:
    with there.services.store.reading() as unit:
        person = unit.people.by_login("admin")
        admin = unit.people.actor(person.id) if person else None
    assert admin is not None
    rev = open_held(there.services, "sales_crm").head.rev
    edit = Set(target=PHONE_LABEL, value=label)
    assert isinstance(edit_draft(there.services, admin, "sales_crm", rev, [edit]), Edited)


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_rights_are_set_where_they_are_seen(browser: Browser, there: Studio) -> None:
    page = _designer(browser, there)
    heard = listen_for_trouble(page)
    page.goto(f"{there.url}/design/sales_crm/contact/access")

    _sent(page, lambda: page.locator("#sight-rep-phone").select_option(label="脱敏"))
    _sent(page, lambda: page.get_by_label("销售代表 · 导出").check())
    _sent(page, lambda: page.get_by_label("法务 · 看到哪些记录").select_option(label="全部"))

    access = _held(there, FILE, "access")
    assert access["rep"]["mask"] == ["phone"]
    assert access["rep"]["export"] is True
    assert access["legal"] == {"rows": "all"}
    page.context.close()
    assert heard == []


@pytest.mark.browser
def test_who_goes_on_at_once_loses_nothing(browser: Browser, there: Studio) -> None:
    page = _designer(browser, there)
    held: list[Route] = []
    edits = re.compile("/edits")
    page.route(edits, lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    with page.expect_request("**/edits/look"):
        page.goto(f"{there.url}/design/sales_crm/contact/access")
    # The first waits for the look at what others did, the second for the first.
    page.get_by_label("法务 · 新建").check()
    page.get_by_label("法务 · 导出").check()
    page.get_by_role("link", name="回到").first.click()
    page.unroute(edits)  # lets go what was held
    page.wait_for_url(f"{there.url}/design/sales_crm/")

    assert len(held) == 1
    access = _held(there, FILE, "access")["legal"]
    assert (access["create"], access["export"]) == (True, True)
    page.context.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_pages_are_in_order(browser: Browser, there: Studio, size: str) -> None:
    page = _designer(browser, there, size)
    heard = listen_for_trouble(page)
    faults = {path: _faults(page, there, path) for path in PAGES}
    page.context.close()
    assert {path: found for path, found in faults.items() if found} == {}
    assert heard == []


def _faults(page: Page, there: Studio, path: str) -> list[str]:
    page.goto(f"{there.url}{path}", wait_until="networkidle")
    seen = page.evaluate(SEEN)
    twice = page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);"
        " return ids.filter((id, at) => ids.indexOf(id) !== at); }"
    )
    faults = [f"axe {each}" for each in barriers(page)]
    faults += [f"policy {each}" for each in seen["breaches"]]
    faults += [f"style {each}" for each in seen["styled"]]
    faults += [f"runs {seen['over']} px over the edge"] if seen["over"] > 0 else []
    return faults + [f"twice {id_}" for id_ in twice]
