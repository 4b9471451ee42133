"""A person who is stopped finds out why, on a page and in a sheet."""

from __future__ import annotations

from tests.desk import Desk
from tests.web.visitor import visitor

PANEL = {"X-Panel": "1"}
GATE = "gate:open/gate/that/has_cost"


def test_the_sheet_of_a_gate_tells_the_condition_in_words_and_the_value_it_saw(
    small_desk: Desk,
) -> None:
    ticket = small_desk.ticket(cost="0")
    ann = visitor(small_desk, "ann")

    card = ann.get(f"/a/desk/ticket/{ticket.id}").text
    sheet = ann.get(f"/a/desk/ticket/{ticket.id}/why?of={GATE}", headers=PANEL).text

    assert f'href="/a/desk/ticket/{ticket.id}/why?of=gate%3Aopen/gate/that/has_cost"' in card
    assert "请先估算费用" in sheet
    assert "“费用”大于" in sheet
    assert '<span class="why__value">¥0.00</span>' in sheet
    assert "forms/ticket.yaml" not in sheet


def test_the_page_tells_rights_and_rules_and_authors_see_the_lines(small_desk: Desk) -> None:
    ticket = small_desk.ticket(cost="0")
    address = f"/a/desk/ticket/{ticket.id}/why"

    hers = visitor(small_desk, "ann").get(address).text
    authors = visitor(small_desk, "admin").get(address).text

    assert "本人负责的记录" in hers
    assert "对谁来说" not in hers
    assert "forms/ticket.yaml:" in authors
    assert "对谁来说" in authors


def test_an_author_asks_on_behalf_of_somebody_else(small_desk: Desk) -> None:
    ticket = small_desk.ticket("ben")
    ann = small_desk.people["ann"]
    address = f"/a/desk/ticket/{ticket.id}/why?person={ann.id}"

    told = visitor(small_desk, "admin").get(address)

    assert "安静 的权限" in told.text
    assert visitor(small_desk, "chief_north").get(address).status_code == 403
    assert visitor(small_desk, "ann").get(f"/a/desk/ticket/{ticket.id}/why").status_code == 404


def test_a_rule_that_is_not_there_is_not_found(small_desk: Desk) -> None:
    ticket = small_desk.ticket()

    answer = visitor(small_desk, "ann").get(f"/a/desk/ticket/{ticket.id}/why?of=gate:none")

    assert answer.status_code == 404
