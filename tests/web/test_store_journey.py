"""Somebody new proves, tries and installs both shipped apps from packages, and takes one out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.packages.package import pack, sign
from runtime.jobs.threads import Workers
from runtime.jobs.workshop import Workshop
from runtime.packages.folder import package_files
from runtime.packages.offering import publish
from runtime.services import Services
from runtime.workspace.packages import shipped
from tests.services.chromium import DESKTOP, PHONE
from tests.shipped import shipped_workspace
from tests.web.conftest import served_at
from tests.web.eyes import barriers
from tests.web.offers import KEY, PUBLISHER
from tests.web.site import PASSWORD, Album, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = 90_000
"""Milliseconds that work in the background may take on a busy machine."""


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A store with one of the shipped apps, and the other as a file, both signed."""
    for name, folder in shipped().items():
        package = sign(pack(package_files(folder)), PUBLISHER, KEY)
        if name == "store_sales":
            publish(package, tmp_path / "shelf", KEY)
        else:
            (tmp_path / f"{name}.zip").write_bytes(package.bytes())
    return tmp_path


@pytest.fixture
def fresh(packages: Path, tmp_path: Path) -> Iterator[tuple[Services, str]]:
    """A workspace with people and no apps, served, with work done in the background."""
    with shipped_workspace(tmp_path / "home", ()) as plain:
        settings = replace(plain.settings, store=str(packages / "shelf"))
        services = replace(plain, settings=settings)
        workers = Workers(Workshop(services=services), 1)
        workers.start()
        with served_at(services) as address:
            yield services, address
        workers.stop(60)


@pytest.mark.timeout(300)
def test_both_apps_come_from_packages_by_the_hand_of_somebody_new(
    fresh: tuple[Services, str], packages: Path, page: Page
) -> None:
    services, address = fresh
    page.set_default_timeout(LONG)
    trouble = listen_for_trouble(page)
    _enter(page, address)
    _try_out(page, address)
    _install_from_the_store(page, address)
    _install_from_a_file(page, address, packages / "sales_crm.zip")
    _look_in_english(page, address)
    _take_out(page, address)

    assert set(services.apps) == {"sales_crm"}
    assert trouble == []


def _enter(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill("admin")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{address}/")


def _try_out(page: Page, address: str) -> None:
    _speak(page, address, "en")
    page.goto(f"{address}/admin/store")
    page.get_by_role("heading", name="App store").wait_for()
    _seen(page, "store-en")
    page.get_by_role("link", name="Store sales").click()
    page.get_by_role("button", name="Try with sample data").wait_for()
    _seen(page, "store-app-en")
    _speak(page, address, "zh")
    page.goto(f"{address}/admin/store")
    _seen(page, "store")
    page.get_by_role("link", name="门店销售管理系统").click()
    page.get_by_role("button", name="用示例数据试用").click()
    page.wait_for_url("**/trial/**")
    page.get_by_text("正在试用“门店销售管理系统”，数据不会保留").wait_for()
    _seen(page, "store-trial")
    page.get_by_label("以谁的身份").select_option(index=3)
    page.get_by_role("button", name="换身份").click()
    page.get_by_role("link", name="进店顾客").first.click()
    page.wait_for_url("**/trial/**/a/store_sales/visit/**")
    assert page.locator("table tbody tr").count() > 0
    page.get_by_role("button", name="离开试用").click()
    page.wait_for_url("**/admin/store/store_sales")


def _install_from_the_store(page: Page, address: str) -> None:
    _seen(page, "store-app")
    page.get_by_role("link", name="安装", exact=True).click()
    page.get_by_role("group", name="导购").get_by_text("赵敏").click()
    page.get_by_text("带上").click()
    page.get_by_label("我同意它要的权限").check()
    _seen(page, "store-install")
    page.get_by_role("button", name="安装", exact=True).click()
    page.wait_for_url(f"{address}/admin/apps")
    page.get_by_role("heading", name="门店销售管理系统").wait_for()


def _install_from_a_file(page: Page, address: str, file: Path) -> None:
    page.goto(f"{address}/admin/store")
    page.get_by_text("从文件安装").click()
    page.get_by_label("应用包（.zip）").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_text("签名有效").wait_for()
    page.get_by_role("link", name="安装", exact=True).click()
    page.get_by_label("我同意它要的权限").check()
    page.get_by_role("button", name="安装", exact=True).click()
    page.wait_for_url(f"{address}/admin/apps")
    page.get_by_role("heading", name="销售管理系统", exact=True).wait_for()
    _seen(page, "store-installed")


def _look_in_english(page: Page, address: str) -> None:
    page.goto(f"{address}/a/store_sales/visit/")
    page.get_by_role("heading", name="进店顾客").wait_for()
    _seen(page, "app-zh")
    _speak(page, address, "en")
    page.goto(f"{address}/a/store_sales/visit/")
    page.get_by_role("heading", name="Customer at the door").wait_for()
    _seen(page, "app-en")
    page.goto(f"{address}/admin/apps")
    page.get_by_role("heading", name="Store sales").wait_for()
    _seen(page, "store-installed-en")
    page.goto(f"{address}/admin/store/store_sales")
    page.get_by_text("Same publisher as the installed version").wait_for()
    page.goto(f"{address}/admin/apps/store_sales/samples")
    page.get_by_text("Nobody touched them").wait_for()
    _seen(page, "samples-en")


def _speak(page: Page, address: str, locale: str) -> None:
    page.goto(f"{address}/me")
    chosen = page.locator(f"main button[name=locale][value={locale}]")
    with page.expect_navigation():
        chosen.click()
    page.locator(f"html[lang^={locale}]").wait_for()


def _take_out(page: Page, address: str) -> None:
    page.goto(f"{address}/admin/apps/store_sales/uninstall")
    page.get_by_label("Delete everything").check()
    name = page.get_by_role("heading", level=1).inner_text()
    page.locator("#name").fill(re.split("[“”]", name)[1])
    _seen(page, "uninstall-en")
    page.get_by_role("button", name="Uninstall").click()
    page.wait_for_url("**/admin/apps/gone/*")
    page.get_by_text("Log; it is never deleted").wait_for()
    _seen(page, "gone-en")


def _seen(page: Page, name: str) -> None:
    """Look at a page at both sizes: in order for everybody, and nothing over the edge."""
    assert barriers(page) == []
    for size, kind in ((PHONE, "phone"), (DESKTOP, "desk")):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # as in chromium.py
        over = "() => document.documentElement.scrollWidth - window.innerWidth"
        assert page.evaluate(over) <= 0, (name, kind)
        Album(page, f"{name}-{kind}").take(name)
