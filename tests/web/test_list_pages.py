"""The list shows what the person may see, as the address says, and acts on many at once."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from runtime.limits import SWEPT_AT_ONCE
from runtime.store.query import Page
from runtime.web.lists.everything import Everything, everything_of
from runtime.web.lists.state import ListState, View
from tests.desk import Desk
from tests.web.visitor import visitor

LIST = "/a/desk/ticket/"


def _titles(text: str) -> list[str]:
    return re.findall(r'class="rows__title"[^>]*>([^<]*)<', text)


def _tabs(text: str) -> list[str]:
    return re.findall(r'>([^<>]+)<span class="count" id="count-', text)


def test_it_shows_the_records_of_the_person_and_no_others(small_desk: Desk) -> None:
    small_desk.ticket("ann", cause="纸")
    small_desk.ticket("ben", cause="墨")

    ann = visitor(small_desk, "ann").get(f"{LIST}?cols=cause").text
    chief = visitor(small_desk, "chief_north").get(f"{LIST}?cols=cause").text

    assert ("纸" in ann, "墨" in ann) == (True, False)
    assert ("纸" in chief, "墨" in chief) == (True, True)


def test_a_card_shows_what_the_list_is_sorted_by(small_desk: Desk) -> None:
    for due, cost in (("2027-03-01", "900.50"), (f"{small_desk.clock():%Y}-12-24", None)):
        small_desk.ticket("ann", due=due, cost=cost)
    small_desk.ticket("ann")
    ann = visitor(small_desk, "ann")

    def standing(sort: str) -> list[str]:
        return re.findall(r'class="nowrap" title="([^<]*)<', ann.get(f"{LIST}?sort={sort}").text)

    # This year goes without saying; who has no date shows none.
    assert standing("due") == ['截止日期">12-24', '截止日期">2027-03-01']
    assert standing("-cost") == ['费用">¥900.50']
    assert standing("name") == [f'标题">{small_desk.clock():%m-%d}'] * 3
    assert standing("-updated_at") == [f'更新时间">{small_desk.clock():%m-%d}'] * 3


def test_a_filter_in_the_address_is_a_chip_that_can_be_taken_away(small_desk: Desk) -> None:
    small_desk.ticket("ann", cost="100")
    small_desk.ticket("ann", cost="900")
    ann = visitor(small_desk, "ann")

    page = ann.get(f"{LIST}?f=cost~>=~500").text

    assert "费用 不小于 ¥500" in page
    assert len(_titles(page)) == 1
    assert len(_titles(ann.get(f"{LIST}?f=").text)) == 2


def test_a_person_stands_in_a_chip_by_name(small_desk: Desk) -> None:
    chief = visitor(small_desk, "chief_north")

    page = chief.get(f"{LIST}?f=owner~in~{small_desk.people['ben'].id}").text

    assert "负责人 是 本田" in page


def test_a_filter_on_a_hidden_field_is_refused_in_words(small_desk: Desk) -> None:
    small_desk.ticket("ann", margin="1")
    ann = visitor(small_desk, "ann")

    page = ann.get(f"{LIST}?feel=margin > 0")

    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert _titles(page.text) == []


def test_a_hidden_field_is_no_column_even_if_the_address_asks(small_desk: Desk) -> None:
    small_desk.ticket("ann", margin="77")

    page = visitor(small_desk, "ann").get(f"{LIST}?cols=name,margin").text

    assert "毛利" not in page
    assert "¥77" not in page


def test_pages_follow_each_other_without_gaps_or_repetitions(small_desk: Desk) -> None:
    for n in range(45):
        small_desk.clock.move(minutes=1)
        small_desk.ticket("ann", cause=f"C{n:02}")
    ann = visitor(small_desk, "ann")

    seen: list[str] = []
    path = f"{LIST}?cols=cause"
    while path:
        page = ann.get(path).text
        seen += re.findall(r"\bC\d\d\b", page.split("<tbody>")[1].split("</tbody>")[0])
        following = re.search(r'rel="next" href="([^"]*)"', page)
        path = LIST + following[1].replace("&amp;", "&") if following else ""

    assert seen == [f"C{n:02}" for n in reversed(range(45))]


def test_a_module_gets_the_list_alone(small_desk: Desk) -> None:
    answer = visitor(small_desk, "ann").get(LIST, headers={"X-Panel": "1"}).text

    assert "<html" not in answer
    assert 'id="list"' in answer
    assert 'hx-swap-oob="true"' in answer


def test_an_empty_list_offers_the_next_step(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    assert "还没有工单" in ann.get(LIST).text
    assert 'href="/a/desk/ticket/new"' in ann.get(LIST).text
    assert "没有符合条件的工单" in ann.get(f"{LIST}?f=cost~>~5").text


def test_advancing_many_says_of_each_why_it_did_not_move(small_desk: Desk) -> None:
    dropped = small_desk.made("ticket", "ann", name="旧键盘", cost="5")
    bare = small_desk.made("ticket", "ann", name="新屏幕")
    chief = visitor(small_desk, "chief_north")
    chief.post(f"{LIST}bulk/advance", id=dropped.id, to="dropped", reason="不修了")

    page = chief.post(
        f"{LIST}bulk/advance", id=[dropped.id, bare.id], to="dropped", reason="都不修了"
    ).text
    later = chief.post(f"{LIST}bulk/advance", id=[dropped.id], to="fixing").text

    assert "1 条已推进，1 条未推进：" in page
    assert page.index("未推进") < page.index("旧键盘")
    assert "新屏幕" not in page
    assert "请写明退回的原因" in later
    assert small_desk.stored(bare.id).stage == "dropped"


def test_transferring_many_gives_each_its_new_owner(small_desk: Desk) -> None:
    tickets = [small_desk.ticket("ann") for _ in range(3)]
    ben = small_desk.people["ben"].id
    chief = visitor(small_desk, "chief_north")

    page = chief.post(f"{LIST}bulk/transfer", id=[each.id for each in tickets], owner=ben).text

    assert "3 条成功" in page
    assert {small_desk.stored(each.id).owner for each in tickets} == {ben}


def test_all_that_a_list_shows_is_picked_beyond_its_page(small_desk: Desk) -> None:
    for number in range(22):
        small_desk.ticket("ann", cost=str(number), cause="纸")
    other = small_desk.ticket("ben", cost="900")
    chief, ann = (visitor(small_desk, who) for who in ("chief_north", "ann"))

    page = chief.get(f"{LIST}?feel=cost > 0 and cost < 100").text
    offered = re.search(r'data-query="([^"]*)" data-count="(\d+)"', page)
    assert offered
    assert offered[2] == "21"
    assert "选择全部符合条件的 21 条" in page
    for deed in ("transfer", "edit"):
        ids = re.findall(
            r'name="id" value="(\w+)"', chief.get(f"{LIST}bulk/{deed}?{unescape(offered[1])}").text
        )
        assert len(ids) == len({*ids} - {other.id}) == 21
    assert "已选 21 条" in chief.get(f"{LIST}export?{unescape(offered[1])}").text
    assert "data-pick-everything" not in chief.get(f"{LIST}?feel=cost > 10").text
    # What somebody does not see is not picked by what is sent either.
    seen = ann.get(f"{LIST}bulk/edit?all=1&feel=").text
    assert other.id not in seen
    assert len(re.findall(r'name="id"', seen)) == 22


def test_of_too_many_only_as_many_are_picked_as_one_action_may_be_about() -> None:
    state = ListState(view=View(id="all", label="全部"), after="x")
    page = Page(records=(), next="y", total=SWEPT_AT_ONCE)

    every, first, unknown = (
        everything_of(replace(page, **more), state)
        for more in ({}, {"total": SWEPT_AT_ONCE + 1}, {"total_is_exact": False})
    )
    assert every == Everything(count=SWEPT_AT_ONCE, whole=True, query="view=all&all=1")
    assert first == unknown == Everything(count=SWEPT_AT_ONCE, whole=False, query="view=all&all=1")
    assert everything_of(replace(page, next=None), state) is None


def test_changing_many_sets_the_one_field_and_no_other(small_desk: Desk) -> None:
    tickets = [small_desk.ticket("ann", cost="7") for _ in range(2)]
    chief = visitor(small_desk, "chief_north")

    page = chief.post(
        f"{LIST}bulk/edit", id=[each.id for each in tickets], field="cause", cause="潮湿", cost="1"
    ).text

    stored = [small_desk.stored(each.id) for each in tickets]
    assert "2 条成功" in page
    assert [each.values["cause"] for each in stored] == ["潮湿", "潮湿"]
    assert [str(each.values["cost"]) for each in stored] == ["7.00", "7.00"]


def test_who_may_not_transfer_is_not_offered_it_and_can_not(small_desk: Desk) -> None:
    ticket = small_desk.ticket("ann")
    ann = visitor(small_desk, "ann")

    assert "bulk/transfer" not in ann.get(LIST).text
    assert ann.post(f"{LIST}bulk/transfer", id=ticket.id, owner="x").status_code == 403


def test_the_counts_of_the_tabs_are_those_of_their_filters(small_desk: Desk) -> None:
    small_desk.ticket("ann", cost="100")
    small_desk.ticket("ann", cost="900")
    ann = visitor(small_desk, "ann")
    kept = ann.post(f"{LIST}views/new?view=all&f=cost~>~500", name="贵的")
    id_ = kept.headers["Location"].split("view=")[1]

    counts = dict(re.findall(r'id="count-([^"]*)" [^>]*>([^<]*)<', ann.get(f"{LIST}counts").text))

    assert counts == {"all": "2", id_: "1"}
