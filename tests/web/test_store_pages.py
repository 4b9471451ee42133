"""An administrator finds an app in a store, proves it, installs it and lets it go again."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from engine.packages.broken import BrokenPackage
from engine.packages.package import pack, sign
from runtime.effects.opening import doors_of
from runtime.jobs.kinds import kinds
from runtime.jobs.workshop import Workshop
from runtime.market.catalogue import offering
from runtime.market.leaving import leave
from runtime.packages.samples import sample_state
from runtime.packages.shelf import Shelf
from runtime.packages.uninstall import By
from runtime.store import Event
from runtime.store.removal import Removal
from tests.desk import Desk
from tests.web.offers import KEY, RULE, SCENARIOS, offer, packed
from tests.web.visitor import Visitor, visitor

STORE = "/admin/store/rounds"
SAME = "form: site\nrows:\n  - {id: s1, name: 一号}\n  - {id: s2, name: 一号}\n"
"""Samples of which the second is refused: names are unique."""


@pytest.fixture
def shopping(small_desk: Desk, tmp_path: Path) -> Desk:
    """A workspace with a store that offers one app."""
    offer(tmp_path / "shelf")
    settings = replace(small_desk.services.settings, store=str(tmp_path / "shelf"))
    return replace(small_desk, services=replace(small_desk.services, settings=settings))


def _work(desk: Desk) -> None:
    Workshop(services=desk.services).run_due()


def _installed(desk: Desk, who: Visitor, **chosen: str) -> None:
    who.get(f"{STORE}/install")
    answer = who.post(f"{STORE}/install", **chosen)
    assert answer.status_code == 303, answer.text
    _work(desk)
    assert "rounds" in desk.services.apps


def _sites(desk: Desk) -> list[str]:
    with desk.services.store.reading() as unit:
        return list(Removal(unit, "rounds").ids("site"))


def _roles(desk: Desk, login: str) -> frozenset[str]:
    with desk.services.store.reading() as unit:
        actor = unit.people.actor(desk.people[login].id)
    return actor.roles_in("rounds") if actor else frozenset()


def test_only_administrators_see_the_store(shopping: Desk) -> None:
    who = visitor(shopping, "chief_north")

    pages = ("/admin/store", STORE, f"{STORE}/install", "/admin/apps/desk/uninstall")
    assert {who.get(page).status_code for page in pages} == {403}
    assert who.post(f"{STORE}/install").status_code == 403
    assert "rounds" not in shopping.services.apps


def test_roles_and_samples_come_in_one_transaction_with_the_app(shopping: Desk) -> None:
    who = visitor(shopping, "admin")

    _installed(shopping, who, **{"role-agent": shopping.people["ann"].id, "demo": "1"})

    assert _roles(shopping, "ann") == {"agent"}
    assert len(_sites(shopping)) == 2


def test_nothing_is_installed_if_the_samples_are_refused(shopping: Desk, tmp_path: Path) -> None:
    offer(tmp_path / "shelf", "1.1.0", **{"data/site.yaml": SAME})
    who = visitor(shopping, "admin")
    who.get(f"{STORE}/install")

    who.post(f"{STORE}/install", demo="1", **{"role-agent": shopping.people["ann"].id})
    _work(shopping)

    assert "rounds" not in shopping.services.apps
    with shopping.services.store.reading() as unit:
        assert unit.packages.one("rounds") is None
    assert _roles(shopping, "ann") == frozenset()
    assert "示例数据装不上" in who.get(STORE).text


def test_what_reaches_outside_is_not_installed_without_consent(
    shopping: Desk, tmp_path: Path
) -> None:
    offer(tmp_path / "shelf", "1.1.0", **{"rules/tell.yaml": RULE})
    who = visitor(shopping, "admin")
    assert "elsewhere.example" in who.get(f"{STORE}/install").text

    refused = who.post(f"{STORE}/install")

    assert refused.status_code == 422
    assert "还没有同意它所要的权限" in refused.text
    _work(shopping)
    assert "rounds" not in shopping.services.apps
    _installed(shopping, who, agreed="1")


def test_a_package_that_is_not_what_the_index_says_is_not_installed(
    shopping: Desk, tmp_path: Path
) -> None:
    offer(tmp_path / "shelf", "1.0.7")
    file = tmp_path / "shelf" / "packages" / "rounds-1.0.7.zip"
    file.write_bytes(sign(packed("1.0.7"), "别人", KEY).bytes())
    who = visitor(shopping, "admin")

    assert "不在应用市场里，或和目录不符" in who.get(STORE).text
    assert who.get(f"{STORE}/install").status_code == 303
    who.post(f"{STORE}/install")
    _work(shopping)
    assert "rounds" not in shopping.services.apps


def test_scenarios_are_played_here_and_the_result_belongs_to_these_bytes(
    shopping: Desk, tmp_path: Path
) -> None:
    wrong = SCENARIOS.replace("then: {values: {name: 三号站点}}", "then: {values: {name: 别的}}")
    told = f"{SCENARIOS}---{wrong.replace('就能登记', '会改名')}"
    offer(tmp_path / "shelf", "1.1.0", **{"scenarios/site.yaml": told})
    who = visitor(shopping, "admin")
    who.get(STORE)

    assert who.post(f"{STORE}/check").status_code == 303
    _work(shopping)

    page = who.get(STORE).text
    assert "场景 1/2 在这里通过" in page
    assert "站点有名称会改名" in page
    assert "场景 1/2 在这里通过" in who.get("/admin/store").text
    offer(tmp_path / "shelf", "1.2.0", **{"scenarios/site.yaml": SCENARIOS})
    assert "在这里通过" not in who.get(STORE).text


def test_a_picture_is_a_picture_of_the_app(shopping: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG secret")
    who = visitor(shopping, "admin")

    for name in ("../secret.png", "icons/../../secret.png", "index.json", "icons/rounds.png"):
        assert who.get(f"{STORE}/picture?name={name}").status_code == 404


def test_without_a_store_there_are_the_apps_that_come_along(small_desk: Desk) -> None:
    page = visitor(small_desk, "admin").get("/admin/store").text

    assert "门店销售管理系统" in page
    assert "便签" in page
    assert "STORE" in page
    found = visitor(small_desk, "admin").get("/admin/store?q=便签").text
    assert "门店销售管理系统" not in found


def test_apps_that_come_along_are_told_of_in_the_language_of_the_reader(small_desk: Desk) -> None:
    who = visitor(small_desk, "admin")
    chinese = who.get("/admin/store/sales_crm").text
    who.post("/me/language", locale="en")
    shelf, page = who.get("/admin/store").text, who.get("/admin/store/sales_crm").text

    assert "Sales management" in shelf
    assert "1 approval · 49 rules · 2 decision tables" in shelf
    assert ["销售" in shelf, "线索" in page, "First version" in page] == [False, False, True]
    assert ["第一个版本" in chinese, "First version" in chinese] == [True, False]


def test_a_file_is_checked_before_it_is_kept(shopping: Desk) -> None:
    who = visitor(shopping, "admin")
    who.get("/admin/store")

    answer = who.post("/admin/store/upload", package=(io.BytesIO(b"PK not a zip"), "x.zip"))

    assert answer.status_code == 422
    assert "x.zip" in answer.text
    assert not (shopping.services.settings.home / "uploads").exists()


def test_a_file_that_nobody_signed_takes_a_word_of_the_administrator(shopping: Desk) -> None:
    who = visitor(shopping, "admin")
    who.get("/admin/store")
    file = (io.BytesIO(packed("2.0.0").bytes()), "rounds.zip")
    answer = who.post("/admin/store/upload", package=file)
    place = answer.headers["Location"]
    source = place.partition("source=")[2]

    assert "没有签名" in who.get(place).text
    refused = who.post(f"{STORE}/install", source=source)
    assert refused.status_code == 422
    assert (
        who.post(f"{STORE}/install", source=source, **{"install.unsigned": "1"}).status_code == 303
    )
    _work(shopping)
    assert shopping.services.apps["rounds"].definition.version == "2.0.0"


def test_samples_go_but_not_what_people_changed_or_need(shopping: Desk) -> None:
    who = visitor(shopping, "admin")
    _installed(shopping, who, demo="1", **{"role-chief": shopping.people["chief_north"].id})
    first, second = _sites(shopping)
    chief = visitor(shopping, "chief_north")
    chief.get(f"/a/rounds/site/{first}/edit")
    assert (
        chief.post(f"/a/rounds/site/{first}/edit", name="改了名", _version="1").status_code == 303
    )
    app = shopping.services.apps["rounds"]

    state = sample_state(shopping.services, app)
    assert [one.record for one in state.changed] == [first]
    assert [one.record for one in state.untouched] == [second]
    assert "改了名" in who.get("/admin/apps/rounds/samples").text
    who.post("/admin/apps/rounds/samples")
    _work(shopping)

    with shopping.services.store.reading() as unit:
        left = unit.records.many(app.forms["site"], [first, second])
    assert list(left) == [first]
    who.post("/admin/apps/rounds/samples", changed="1")
    _work(shopping)
    assert sample_state(shopping.services, app).total == 0


def test_a_sample_that_own_data_points_to_stays(shopping: Desk) -> None:
    who = visitor(shopping, "admin")
    _installed(shopping, who, demo="1", **{"role-chief": shopping.people["chief_north"].id})
    first, second = _sites(shopping)
    chief = visitor(shopping, "chief_north")
    chief.get("/a/rounds/ticket/new")
    made = chief.post("/a/rounds/ticket/new", name="自己的", site=second)
    assert made.status_code == 303, made.text

    state = sample_state(shopping.services, shopping.services.apps["rounds"])

    assert [one.record for one in state.linked] == [second]
    assert [one.record for one in state.untouched] == [first]


def test_an_app_goes_with_its_data_in_a_file_and_a_report(shopping: Desk) -> None:
    who = visitor(shopping, "admin")
    _installed(shopping, who, demo="1")
    who.get("/admin/apps/rounds/uninstall")

    unsure = who.post("/admin/apps/rounds/uninstall", way="export", name="别的")
    assert unsure.status_code == 422
    leaving = who.post("/admin/apps/rounds/uninstall", way="export", name="巡检")
    _work(shopping)

    assert "rounds" not in shopping.services.apps
    assert "已卸载" in who.get(leaving.headers["Location"]).text
    with shopping.services.store.reading() as unit:
        (gone,) = unit.events.of_kind("uninstalled")
        job = unit.jobs.one(str(gone.data["job"]))
    assert job is not None
    with who.client.get(f"/jobs/{job.id}/file") as file:
        assert file.data.startswith(b"PK")
    report = who.get(f"/admin/apps/gone/{gone.id}?file=1").text
    assert "站点：2 条记录" in report
    # The process may die after the app is gone and before the work is known to be done.
    again = leave(
        shopping.services,
        job.arguments,
        By(person=job.person, job=job.id),
        Path,  # never asked
    )
    assert isinstance(again, Event)
    assert again.id == gone.id


def test_an_app_that_others_need_is_not_taken_out(shopping: Desk) -> None:
    manifest = packed().files["app.yaml"].decode() + "requires: {desk: '>=1.0'}\n"
    shopping.services.store.install(
        pack({**packed().files, "app.yaml": manifest.encode()}).app, {}, shopping.services.now()
    )
    shopping.services.apps.update(shopping.services.store.apps)
    who = visitor(shopping, "admin")

    assert "巡检" in who.get("/admin/apps/desk/uninstall").text
    assert who.post("/admin/apps/desk/uninstall", way="keep").status_code == 422
    assert "desk" in shopping.services.apps


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """A web server that knows nothing of packages."""
    served = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "shelf"))
    web = ThreadingHTTPServer(("127.0.0.1", 0), served)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield web.server_address[1]
    web.shutdown()
    web.server_close()


def test_any_web_server_can_be_a_store_if_the_operator_lets_it_be_reached(
    shopping: Desk, server: int, tmp_path: Path
) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(1_900_000)
    pictures = {f"pictures/{n}.png": picture for n in range(3)}
    offer(tmp_path / "shelf", "1.1.0", **pictures)
    place = f"http://127.0.0.1:{server}/"
    settings = replace(shopping.services.settings, store=place)
    open_ = replace(settings, inside=(("127.0.0.1", server),))

    found = offering(replace(shopping.services, settings=open_), "rounds")
    assert found is not None
    assert found.latest.size > 5 * 1_048_576
    assert found.package().app.id == "rounds"
    assert found.source.picture("pictures/rounds/1.png") == picture
    with pytest.raises(BrokenPackage):
        Shelf(place, doors_of(settings).outbound).index()


def test_work_about_apps_is_done_by_every_process() -> None:
    ours = {"check_package", "install_package", "prepare_trial", "remove_samples", "uninstall_app"}

    assert ours <= set(kinds())
    assert not any(kinds()[one].outward for one in ours)
