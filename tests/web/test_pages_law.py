"""Every page, in both languages and lights, on phone and desk: open to all, and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po

from runtime.language import LOCALES_FOLDER
from runtime.web.assets import icon_names
from runtime.web.guard import Guard, guard_of
from tests.services.chromium import DESKTOP, PHONE, patient
from tests.web.demo_site import DemoSite, demo_site
from tests.web.eyes import (
    SEEN,
    WATCH,
    barriers,
    barriers_but_colours,
    barriers_of_colour,
    barriers_of_words,
    open_settled,
)
from tests.web.site import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOT_PAGES = {
    "/static/<path:name>": "files",
    "/manifest.webmanifest": "a file",
    "/favicon.ico": "a file",
    "/api/v1/openapi.json": "data",
    "/departments": "choices of a picker, as data",
    "/people": "choices of a picker, as data",
    "/regions": "choices of a picker, as data",
    "/a/<app>/<form>/choices": "choices of a picker, as data",
    "/files/<id>/<path:name>": "an uploaded file",
    "/notices/count": "data",
    "/admin/store/<id>": "of an app that is offered, tried in test_store_journey",
    "/admin/store/<id>/install": "of an app that is offered, tried in test_store_journey",
    "/admin/store/<id>/picture": "a file",
    "/admin/apps/leaving/<job>": "of an app that goes, tried in test_store_journey",
    "/admin/apps/gone/<id>": "of an app that went, tried in test_store_journey",
    "/trial/<id>/": "pages of a trial, tried in test_store_journey",
    "/trial/<id>/<path:path>": "pages of a trial, tried in test_store_journey",
    "/admin/deliveries/<delivery>": "tried in test_notices_in_browser",
    "/search/suggest": "a part, shown in the search box",
    "/sign-in/again": "a part, shown in a dialog",
    "/jobs/<id>/panel": "a part of the page of tasks",
    "/todo/<id>": "one to-do, tried in test_approving_in_browser",
    "/todo/batch/<any(finish, agree, refuse, acknowledge):deed>": "tried by itself",
    "/a/<app>/<form>/<id>/approval/<approval>/<any(withdraw, urge):verb>": "tried by itself",
    "/a/<app>/<form>/<id>/approvals/<task>/<any(agree, refuse, return, transfer, add_signer, "
    "ask_opinion, opine, handle, acknowledge, take_back, resubmit):verb>": "tried by itself",
    "/a/<app>/<form>/<id>/submit/<workflow>": "tried by itself",
    "/jobs/<id>/file": "a file",
    "/handovers/<id>": "of who takes part, tried in test_hand_over_in_browser",
    "/handovers/<id>/sheet": "a file",
    "/a/<app>/<form>/<id>/press/<rule>": "a question, tried in test_buttons_in_browser",
    "/a/<app>/<form>/bulk/press/<rule>": "a question, tried in test_buttons_in_browser",
    "/a/<app>/<form>/bulk/runs/<job>": "of who began it, tried in test_sweep_in_browser",
    "/a/<app>/<form>/bulk/runs/<job>/panel": "a part of that page",
    "/freezes/<app>/<freeze>/lift": "a question, tried in test_frozen_and_points_pages",
    "/rules/<app>/runs/<run>": "tried in test_rules_in_browser",
    "/public/<app>": "of an app with a public form, tried in test_public_in_browser",
    "/public/<app>/<public>/links/<link>/<any(svg, png):shape>": "a file",
    "/a/<app>/<form>/filter/words": "what the editor of expressions offers, as data",
    "/a/<app>/<form>/counts": "a part, put into the tabs",
    "/a/<app>/<form>/board/<stage>": "a part, put into a lane",
    "/design/<app>/decisions/<decision>/sheet": "a file",
    "/design/<app>/documents/<document>/preview": "a part, tried in tests/designer",
    "/design/<app>/export": "a file",
    "/design/<app>/publish/impact": "a part, tried in test_publish_pages",
    "/design/<app>/public/<public>": "of an app with a public form, tried in tests/designer",
    "/design/<app>/public/<public>/preview": "a part, tried in tests/designer",
    "/design/<app>/conflicts/rehearsal": "a part, tried in test_upgrade_pages",
    "/design/<app>/try/in/": "the pages themselves, tried in tests/designer/trying",
    "/design/<app>/try/in/<path:there>": "the pages themselves, tried in tests/designer/trying",
    "/design/<app>/<form>/copy": "edits, as data",
    "/design/<app>/<form>/first/<type>": "a question in a dialog, tried in test_canvas",
    "/design/<app>/ask/condition": "a question in a dialog, tried in test_journey",
    "/design/<app>/ask/formula": "a question in a dialog",
    "/design/<app>/parts/<part>": "tried in test_panel_in_browser",
    "/design/<app>/ask/icon": "a question in a dialog",
    "/design/<app>/ask/words": "what the editor of expressions offers, as data",
    "/design/<app>/rules/<rule>/lately": "a part, put below the rule",
    "/design/<app>/<form>/retype/<field>": "of one field, tried in test_retyping",
    "/design/<app>/versions/<int:number>": "of published apps, tried in test_publish_pages",
    "/design/new/sheet/<file>": "about a sheet that was brought, tried in test_new_apps",
    "/a/<app>/<form>/pool": "of forms that have one, tried below",
    "/a/<app>/<form>/<id>/release": "a question, tried in test_pool_pages",
    "/a/<app>/<form>/<id>/gate": "a part of the record page",
    "/a/<app>/<form>/import/template": "a file",
    "/a/<app>/<form>/import/<run>/errors": "a file",
    "/a/<app>/<form>/import/<run>/panel": "a part of the page of an import",
    "/a/<app>/<form>/import/<run>/columns": "tried in test_import_in_browser",
    "/a/<app>/<form>/import/<run>": "tried in test_import_in_browser",
    "/a/<app>/<form>/<id>/evidence/<piece>/reject": "a question about one piece of evidence",
    "/a/<app>/<form>/<id>/convert/<conversion>": "tried with its conversions below",
}
CRM = "/a/sales_crm"
FEEL = 'amount > 1 and (stage in ("lost") or owner = user.id) and next_step_by < today()'
MAIN = ("sales_crm", "opportunity")
OTHERS = (
    ("sales_crm", "customer"),
    ("sales_crm", "quotation"),
    ("sales_crm", "visit"),
    ("store_sales", "visit"),
)
OF_DESIGNERS = (("zh", "desktop"), ("en", "phone"))
"""In which of these ways the designer is looked at here; its own tests look at more of it."""
WAYS = tuple(product(("zh", "en"), ("desktop", "phone")))
"""Each language at each size; each page is looked at in both lights. Of the second language axe
looks at names and texts only, and once: places and colours were looked at in the first. What is
legible in the light of a desk is so in that of a phone: there, colours are looked at in the dark.
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with demo_site(tmp_path_factory.mktemp("demo")) as site:
        yield site


def _rules(demo: DemoSite) -> set[str]:
    return {
        rule.rule
        for rule in demo.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and guard_of(demo.app.view_functions[rule.endpoint]) is not Guard.PROGRAM
    }


def _filled(demo: DemoSite, rule: str, app: str, form: str) -> str:
    id_ = demo.actor("rep1").id if rule.startswith("/admin") else demo.first(app, form)
    deed = "<any(edit, advance, transfer, delete):deed>"
    path = rule.replace("<app>", app).replace("<form>", form).replace("<id>", id_)
    path = path.replace("<channel>", "mail")
    path = path.replace("<connector>", "erp").replace("<hook>", "website_lead")
    path = path.replace("<rule>", next(iter(demo.services.apps[app].rules), ""))
    path = path.replace("<day>", "2026-10-06").replace("<decision>", "lead_owner")
    path = path.replace("<document>", "quotation")
    path = path.replace("<workflow>", "contract_review").replace("<part>", "roles")
    if "<view>" in path:
        path = path.replace(
            "<view>", demo.services.apps[app].forms[form].definition.list.views[0].id
        )
    if deed in path:
        return path.replace(deed, "edit") + f"?id={id_}"
    return path


def _paths(demo: DemoSite, others: Iterable[tuple[str, str]] = OTHERS) -> list[str]:
    """Return every page once, and the pages of a record for forms of every kind."""
    rules = sorted(_rules(demo) - NOT_PAGES.keys() - {"/sign-in"})
    paths = [_filled(demo, rule, *MAIN) for rule in rules]
    record = [rule for rule in rules if rule.startswith("/a/") and rule.count("<") <= 3]
    shown = [rule for rule in record if rule.endswith(("/", "<id>", "/edit", "/new"))]
    paths += [_filled(demo, rule, *other) for other in others for rule in shown]
    bulk = f"{CRM}/opportunity/bulk"
    id_ = demo.first(*MAIN)
    paths += [f"{bulk}/{deed}?id={id_}" for deed in ("advance", "transfer", "delete")]
    paths += ["/search?q=chen", "/search?q=nothing-like-that", "/nowhere", "/?app=sales_crm"]
    paths += [f"{CRM}/opportunity/?f=amount~%3E~1&sort=-amount&q=a", f"{CRM}/lead/board"]
    paths += [f"{CRM}/lead/pool", f"{CRM}/customer/pool"]
    paths += ["/design/sales_crm/decisions/lead_owner?budget_band=over_200k&area=east"]
    paths += [f"{CRM}/opportunity/{page}?feel={FEEL}" for page in ("", "board", "filter")]
    paths += [f"{CRM}/opportunity/filter?feel=amount > max(1, 2)"]
    paths += [f"/todo?box={box}" for box in ("approve", "mine", "cc", "done")]
    return list(dict.fromkeys([*paths, *_conversions(demo)]))


def _conversions(demo: DemoSite) -> Iterator[str]:
    for form in demo.services.apps["sales_crm"].forms.values():
        for conversion in form.definition.conversions:
            id_ = demo.convertible("sales_crm", form.id, conversion.id)
            if id_:
                yield f"{CRM}/{form.id}/{id_}/convert/{conversion.id}"


def _visitor(browser: Browser, demo: DemoSite, locale: str, size: str) -> Page:
    small = {"is_mobile": True, "has_touch": True}
    options: dict[str, Any] = small if size == "phone" else {}
    context = browser.new_context(
        viewport=PHONE if size == "phone" else DESKTOP,  # type: ignore[arg-type]  # as in chromium.py
        reduced_motion="reduce",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **options,
    )
    patient(context)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{demo.url}/sign-in")
    page.locator("#login").fill("admin")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{demo.url}/")
    page.goto(f"{demo.url}/me")
    with page.expect_navigation():
        page.locator(f"main button[name=locale][value={locale}]").click()
    return page


def _chinese_texts(demo: DemoSite) -> set[str]:
    """Return every Chinese text that has an English one: of the code, and of the apps."""
    texts: set[str] = set()
    for path in (LOCALES_FOLDER / "en").glob("*.po"):
        with path.open("rb") as file:
            texts |= {str(each.id) for each in read_po(file) if each.id and "{" not in str(each.id)}
    for app in demo.services.apps.values():
        for form in app.forms.values():
            labels = [form.definition.label, *(field.label for field in form.fields.values())]
            labels += [stage.label for stage in form.stages.values()]
            texts |= {each["zh"] for each in labels if isinstance(each, dict)}
    return texts


def _faults(
    page: Page, demo: DemoSite, path: str, chinese: set[str], heard: list[str]
) -> list[str]:
    heard.clear()
    page.emulate_media(color_scheme="light")
    answer = open_settled(page, f"{demo.url}{path}")
    if chinese:
        faults = [f"axe {each}" for each in barriers_of_words(page)] if _on_a_phone(page) else []
        page.emulate_media(color_scheme="dark")
    else:
        looked = barriers_but_colours if _on_a_phone(page) else barriers
        faults = [f"axe {each}" for each in looked(page)]
        page.emulate_media(color_scheme="dark")
        faults += [f"axe in the dark {each}" for each in barriers_of_colour(page)]
    seen = page.evaluate(SEEN)
    status = answer.status if answer else 0
    wanted = 404 if path == "/nowhere" else 200
    faults += [f"answers {status}"] if status != wanted else []
    faults += [f"policy {each}" for each in seen["breaches"]]
    faults += [f"style {each}" for each in seen["styled"]]
    faults += [f"script {each}" for each in heard]
    names = icon_names()
    faults += [f"icon {href}" for href in seen["icons"] if href.split("#")[-1] not in names]
    if seen["over"] > 0:
        faults.append(f"runs {seen['over']} px over the edge")
    said = [text for text in dict.fromkeys(seen["said"]) if text in chinese]
    written = _written(demo) if said and path.startswith("/design/") else ""
    return faults + [f"untranslated {text}" for text in said if text not in written]


def _on_a_phone(page: Page) -> bool:
    return page.viewport_size == PHONE


def _written(demo: DemoSite) -> str:
    """Return what the authors of the apps wrote: the designer shows it as it is."""
    with demo.services.store.reading() as unit:
        files = [unit.packages.files(app) for app in demo.services.apps]
    return "\n".join(content.decode() for each in files for content in each.values())


def test_every_address_is_a_page_or_known_not_to_be_one(demo: DemoSite) -> None:
    unknown = NOT_PAGES.keys() - _rules(demo)

    assert unknown == set()
    assert len(_paths(demo)) >= 50


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_every_page_is_open_to_everybody_and_in_order(
    browser: Browser, demo: DemoSite, way: tuple[str, str]
) -> None:
    page = _visitor(browser, demo, *way)
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    chinese = _chinese_texts(demo) if way[0] == "en" else set()

    others = () if chinese else OTHERS  # in another language, another form says the same
    paths = [path for path in _paths(demo, others) if way in OF_DESIGNERS or "/design/" not in path]
    faults = {path: _faults(page, demo, path, chinese, heard) for path in paths}
    page.context.close()

    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.browser
@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_the_sign_in_page_is_in_order_too(
    browser: Browser, demo: DemoSite, way: tuple[str, str]
) -> None:
    page = _visitor(browser, demo, *way)
    page.context.clear_cookies(name="session")

    assert _faults(page, demo, "/sign-in", set(), []) == []
    page.context.close()
