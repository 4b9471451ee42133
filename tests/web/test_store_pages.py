"""An administrator finds an app in a store and installs it, without knowing what a package is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.packages.broken import BrokenPackage
from engine.packages.package import pack, sign
from runtime.effects.opening import doors_of
from runtime.packages.offering import publish
from runtime.packages.shelf import Shelf
from tests.desk import FILES, Desk
from tests.services.chromium import PHONE
from tests.web.conftest import served_at
from tests.web.eyes import barriers
from tests.web.site import Album, listen_for_trouble
from tests.web.test_people_in_browser import enter
from tests.web.visitor import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RULE = """
rule: tell
label: {zh: 告诉外部, en: Tell others}
form: site
on: {type: created}
do: [{type: webhook, url: 'https://elsewhere.example/hook'}]
"""
DATA = "form: site\nrows:\n  - {id: s1, name: 一号站点}\n  - {id: s2, name: 二号站点}\n"
ABOUT = "# 巡检\n\n把站点和工单放在一起。\n"
HISTORY = "# Changes\n\n## 1.1.0\n\n- 可以告诉外部系统\n\n## 1.0.0\n\n- 第一个版本\n"


def _offer(shelf: Path, version: str, **more: str) -> None:
    manifest = FILES["app.yaml"].decode().replace("app: desk", "app: rounds")
    manifest = manifest.replace("1.0.0", version).replace(
        "zh: 服务台, en: Desk", "zh: 巡检, en: Rounds"
    )
    manifest += "description: {zh: 站点、工单和关卡。, en: 'Sites, tickets and gates.'}\n"
    written = {"data/site.yaml": DATA, "README.md": ABOUT, "CHANGELOG.md": HISTORY, **more}
    files = {**FILES, "app.yaml": manifest.encode()}
    files |= {name: text.encode() for name, text in written.items()}
    publish(sign(pack(files), "某某科技", KEY), shelf, KEY)


@pytest.fixture
def shopping(small_desk: Desk, tmp_path: Path) -> Desk:
    """A workspace with a store that offers one app."""
    _offer(tmp_path / "shelf", "1.0.0")
    settings = replace(small_desk.services.settings, store=str(tmp_path / "shelf"))
    return replace(small_desk, services=replace(small_desk.services, settings=settings))


def _roles(desk: Desk, login: str) -> frozenset[str]:
    with desk.services.store.reading() as unit:
        actor = unit.people.actor(desk.people[login].id)
    return actor.roles_in("rounds") if actor else frozenset()


@pytest.mark.browser
def test_an_app_is_found_installed_and_updated(shopping: Desk, page: Page, tmp_path: Path) -> None:
    trouble = listen_for_trouble(page)
    with served_at(shopping.services) as address:
        enter(page, address, "admin")
        _install(shopping, page, f"{address}/admin/store")
        _offer(tmp_path / "shelf", "1.1.0", **{"rules/tell.yaml": RULE})
        _update(page, f"{address}/admin/store")
    assert shopping.services.apps["rounds"].definition.version == "1.1.0"
    assert trouble == []


def _install(shopping: Desk, page: Page, store: str) -> None:
    page.goto(store)
    assert barriers(page) == []
    _both(page, "store")
    page.get_by_role("link", name="巡检").click()
    page.get_by_role("heading", name="它要的权限").wait_for()
    page.get_by_label("坐席").select_option(label="安静")
    page.get_by_label("带上 2 条示例数据").check()
    assert barriers(page) == []
    _both(page, "store-app")
    page.get_by_role("button", name="安装").click()
    page.get_by_text("“巡检”已安装").wait_for()
    assert _roles(shopping, "ann") == {"agent"}
    assert len(_sites(shopping)) == 2


def _update(page: Page, store: str) -> None:
    page.goto(store)
    page.get_by_text("可更新到 1.1.0").wait_for()
    page.get_by_role("link", name="巡检").click()
    page.get_by_text("elsewhere.example").wait_for()
    _both(page, "store-update")
    page.get_by_label("我同意它要的权限").check()
    page.get_by_role("button", name="更新").click()
    page.get_by_text("“巡检”已安装").wait_for()


def _both(page: Page, name: str) -> None:
    wide = page.viewport_size
    for size, kind in ((PHONE, "phone"), (wide, "desk")):
        assert size is not None
        page.set_viewport_size(size)  # type: ignore[arg-type]  # as in chromium.py
        over = "() => document.documentElement.scrollWidth - window.innerWidth"
        assert page.evaluate(over) <= 0, kind
        Album(page, f"{name}-{kind}").take(name)


def _sites(desk: Desk) -> list[str]:
    from runtime.store.removal import Removal

    with desk.services.store.reading() as unit:
        return list(Removal(unit, "rounds").ids("site"))


def test_only_administrators_see_the_store(shopping: Desk) -> None:
    who = visitor(shopping, "chief_north")

    assert who.get("/admin/store").status_code == 403
    assert who.post("/admin/store/rounds").status_code == 403
    assert "rounds" not in shopping.services.apps


def test_what_reaches_outside_is_not_installed_without_consent(
    shopping: Desk, tmp_path: Path
) -> None:
    _offer(tmp_path / "shelf", "1.1.0", **{"rules/tell.yaml": RULE})
    who = visitor(shopping, "admin")
    who.get("/admin/store/rounds")

    refused = who.post("/admin/store/rounds")

    assert refused.status_code == 422
    assert "还没有同意它所要的权限" in refused.text
    assert "rounds" not in shopping.services.apps
    assert who.post("/admin/store/rounds", agreed="1").status_code == 303
    assert "rounds" in shopping.services.apps


def test_a_package_that_is_not_what_the_index_says_is_not_installed(
    shopping: Desk, tmp_path: Path
) -> None:
    (file,) = (tmp_path / "shelf" / "packages").iterdir()
    file.write_bytes(sign(pack(FILES), "别人", KEY).bytes())
    who = visitor(shopping, "admin")
    who.get("/admin/store/rounds")

    assert who.post("/admin/store/rounds").status_code == 422
    assert "rounds" not in shopping.services.apps


def test_a_picture_is_a_picture_of_the_store(shopping: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG secret")
    who = visitor(shopping, "admin")

    for name in ("../secret.png", "icons/../../secret.png", "index.json", "icons/rounds.png"):
        assert who.get(f"/admin/store/pictures/{name}").status_code == 404


def test_a_workspace_without_a_store_says_how_to_get_one(small_desk: Desk) -> None:
    assert "STORE" in visitor(small_desk, "admin").get("/admin/store").text


@pytest.fixture
def server(shopping: Desk, tmp_path: Path) -> Iterator[int]:
    """A web server that knows nothing of packages."""
    served = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "shelf"))
    web = ThreadingHTTPServer(("127.0.0.1", 0), served)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield web.server_address[1]
    web.shutdown()
    web.server_close()


def test_any_web_server_can_be_a_store_if_the_operator_lets_it_be_reached(
    shopping: Desk, server: int
) -> None:
    settings = shopping.services.settings
    open_ = replace(settings, inside=(("127.0.0.1", server),))
    place = f"http://127.0.0.1:{server}/"

    shelf = Shelf(place, doors_of(open_).outbound)
    (entry,) = shelf.index().apps
    assert shelf.package(entry.versions[0]).app.id == "rounds"
    with pytest.raises(BrokenPackage):
        Shelf(place, doors_of(settings).outbound).index()
