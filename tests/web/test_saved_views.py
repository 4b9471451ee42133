"""Views are kept, renamed, shared, put first and let go, by each for whom they are meant."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from tests.desk import Desk
from tests.web.visitor import Visitor, visitor

LIST = "/a/desk/ticket/"


def _tabs(text: str) -> list[str]:
    return re.findall(r'>([^<>]+)<span class="count" id="count-', text)


def _kept(who: Visitor, name: str, feel: str = "cost > 5", **more: str) -> str:
    answer = who.post(f"{LIST}views/new?view=all&feel={feel}", name=name, **more)
    return parse_qs(urlsplit(answer.headers["Location"]).query)["view"][0]


def test_a_view_is_kept_for_oneself_or_for_everybody(small_desk: Desk) -> None:
    chief = visitor(small_desk, "chief_north")
    ben = visitor(small_desk, "ben")

    _kept(chief, "贵的", shared="1")
    _kept(chief, "很贵的", "cost > 9")

    assert _tabs(chief.get(LIST).text) == ["全部", "贵的", "很贵的"]
    assert _tabs(ben.get(LIST).text) == ["全部", "贵的"]


def test_a_view_shows_what_its_filter_says(small_desk: Desk) -> None:
    small_desk.ticket("ann", cost="4")
    small_desk.ticket("ann", cost="6")
    ann = visitor(small_desk, "ann")

    page = ann.get(f"{LIST}?view={_kept(ann, '贵的')}").text

    assert "费用 大于 ¥5" in page
    assert page.count('class="rows__title"') == 1


def test_a_view_from_before_filters_were_written_still_shows_its_filter(small_desk: Desk) -> None:
    small_desk.ticket("ann", cost="4")
    ann = visitor(small_desk, "ann")
    id_ = _kept(ann, "贵的")
    old = {"where": [{"field": "cost", "op": ">", "value": "5"}], "sort": [], "columns": []}
    with small_desk.services.store.unit() as unit:
        unit.views.change(id_, small_desk.people["ann"].id, definition=old)

    page = ann.get(f"{LIST}?view={id_}").text

    assert "费用 大于 ¥5" in page
    assert "没有符合条件的工单" in page


def test_the_view_that_one_wants_first_comes_first(small_desk: Desk) -> None:
    ann, ben = visitor(small_desk, "ann"), visitor(small_desk, "ben")
    id_ = _kept(ann, "贵的", shared="1", first="1")

    assert _tabs(ann.get(LIST).text)[0] == "贵的"
    assert _tabs(ben.get(LIST).text)[0] == "全部"

    ann.post(f"{LIST}views/{id_}", name="贵的", shared="1")

    assert _tabs(ann.get(LIST).text)[0] == "全部"


def test_one_may_want_the_view_of_somebody_else_first(small_desk: Desk) -> None:
    chief, ben = visitor(small_desk, "chief_north"), visitor(small_desk, "ben")
    id_ = _kept(chief, "贵的", shared="1")

    ben.post(f"{LIST}views/{id_}", first="1")

    assert _tabs(ben.get(LIST).text) == ["贵的", "全部"]
    assert _tabs(chief.get(LIST).text) == ["全部", "贵的"]


def test_who_designs_the_app_says_what_everybody_sees_first(small_desk: Desk) -> None:
    admin, ben = visitor(small_desk, "admin"), visitor(small_desk, "ben")
    id_ = _kept(admin, "贵的", shared="1")

    admin.post(f"{LIST}views/{id_}", name="贵的", shared="1", first_of_all="1")
    assert _tabs(ben.get(LIST).text)[0] == "贵的"

    ben.post(f"{LIST}views/all", first="1")
    assert _tabs(ben.get(LIST).text)[0] == "全部"


def test_nobody_else_says_what_everybody_sees_first(small_desk: Desk) -> None:
    chief, ben = visitor(small_desk, "chief_north"), visitor(small_desk, "ben")
    id_ = _kept(chief, "贵的", shared="1")

    chief.post(f"{LIST}views/{id_}", name="贵的", shared="1", first_of_all="1")

    assert _tabs(ben.get(LIST).text)[0] == "全部"
    assert 'name="first_of_all"' not in chief.get(f"{LIST}views/{id_}").text


def test_a_private_view_is_not_put_first_for_everybody(small_desk: Desk) -> None:
    admin, ben = visitor(small_desk, "admin"), visitor(small_desk, "ben")
    id_ = _kept(admin, "贵的")

    answer = admin.post(f"{LIST}views/{id_}", name="贵的", first_of_all="1")

    assert answer.status_code == 422
    assert "请先把视图共享给所有人" in answer.text
    assert _tabs(ben.get(LIST).text) == ["全部"]


def test_a_view_is_renamed_and_no_longer_shared(small_desk: Desk) -> None:
    ann, ben = visitor(small_desk, "ann"), visitor(small_desk, "ben")
    id_ = _kept(ann, "贵的", shared="1")

    ann.post(f"{LIST}views/{id_}", name="昂贵的")

    assert _tabs(ann.get(LIST).text) == ["全部", "昂贵的"]
    assert _tabs(ben.get(LIST).text) == ["全部"]


def test_two_views_of_one_person_are_not_called_the_same(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    _kept(ann, "贵的")
    id_ = _kept(ann, "很贵的", "cost > 9")

    answer = ann.post(f"{LIST}views/{id_}", name="贵的")

    assert answer.status_code == 422
    assert "您已有名为“贵的”的视图" in answer.text


def test_what_changed_in_a_view_is_kept_in_it_on_demand(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    id_ = _kept(ann, "贵的")

    page = ann.get(f"{LIST}?view={id_}&feel=cost > 7").text
    assert "更新“贵的”" in page

    ann.post(f"{LIST}views/{id_}/overwrite?view={id_}&feel=cost > 7")

    assert "费用 大于 ¥7" in ann.get(f"{LIST}?view={id_}").text
    assert _tabs(ann.get(LIST).text) == ["全部", "贵的"]


def test_nobody_changes_or_removes_the_view_of_somebody_else(small_desk: Desk) -> None:
    chief, ben = visitor(small_desk, "chief_north"), visitor(small_desk, "ben")
    id_ = _kept(chief, "大家的", shared="1")

    assert ben.post(f"{LIST}views/{id_}/remove").status_code == 404
    assert ben.post(f"{LIST}views/{id_}/overwrite?view={id_}&feel=cost > 1").status_code == 404
    ben.post(f"{LIST}views/{id_}", name="我的了")

    assert _tabs(chief.get(LIST).text) == ["全部", "大家的"]
    assert "费用 大于 ¥5" in ben.get(f"{LIST}?view={id_}").text


def test_a_view_that_is_removed_is_first_no_longer(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    id_ = _kept(ann, "贵的", first="1")

    ann.post(f"{LIST}views/{id_}/remove")

    assert _tabs(ann.get(LIST).text) == ["全部"]
