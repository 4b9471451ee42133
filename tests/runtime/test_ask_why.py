"""A rule says what it saw, and nothing that the one who asks may not know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.outcomes import Denied, Missing
from engine.record import Record
from engine.why.parts import Part
from runtime.use_cases.ask_why import Asked, Why, ask_why
from tests.desk import FILES, TICKET, Desk, open_desk

RULES = """
  - {id: worth_it, that: margin > 100 or cost < 500 or cost = null, message: 不划算}
  - {id: known_site, that: site = null or site.secret != "Z", message: 站点不对}
  - id: a_pair
    that: count(parts) = 0 or (some p in parts satisfies p.quantity > 1)
    message: 至少一种配件要两件
"""
LIST = "list: {views: [{id: cheap, label: 便宜, where: cost < 100}]}\naccess:\n"
GRANT = "agent: {rows: own,"
OWN_OR_CHEAP = "agent: {rows: 'owner = user.id or cost < 50',"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    form = TICKET.replace("stages:\n", RULES.lstrip("\n") + "stages:\n", 1)
    form = form.replace(GRANT, OWN_OR_CHEAP).replace("access:\n", LIST, 1)
    with open_desk(tmp_path, files={**FILES, "forms/ticket.yaml": form.encode()}) as opened:
        yield opened


def why(desk: Desk, login: str, record: Record, **asked: str) -> Why:
    found = ask_why(desk.services, desk.act(login), desk.form(), record.id, Asked(**asked))
    assert isinstance(found, Why)
    return found


def part(desk: Desk, login: str, record: Record, subject: str) -> Part:
    answer, *more = why(desk, login, record, subject=subject).answers
    assert not more
    return answer.part


def flat(part: Part) -> dict[str, Part]:
    found = {part.text: part}
    for one in part.parts:
        found |= flat(one)
    return found


def test_a_gate_says_what_it_saw(desk: Desk) -> None:
    ticket = desk.ticket(cost="0")

    told = part(desk, "ann", ticket, "gate:open/gate/that/has_cost")

    assert told.value is False
    assert flat(told)["cost"].value == 0


def test_what_a_role_may_not_see_is_kept_back_with_all_that_comes_of_it(desk: Desk) -> None:
    ticket = desk.ticket(cost="900", margin="150")

    hers, his = (part(desk, who, ticket, "check:worth_it") for who in ("ann", "chief_north"))

    kept = flat(hers)
    assert (kept["margin"].value, kept["margin"].shown) == (None, False)
    assert (kept["margin > 100"].value, kept["margin > 100"].shown) == (None, False)
    assert kept["cost < 500"].value is False
    assert hers.value is True
    assert flat(his)["margin"].value == 150


def test_a_hidden_field_of_another_form_is_kept_back_too(desk: Desk) -> None:
    site = desk.made("site", "chief_north", name="A", secret="X")
    ticket = desk.ticket(site=site.id)

    kept = flat(part(desk, "ann", ticket, "check:known_site"))

    assert (kept["site.secret"].value, kept["site.secret"].shown) == (None, False)
    assert flat(part(desk, "chief_north", ticket, "check:known_site"))["site.secret"].value == "X"


def test_each_row_of_a_list_is_told_by_its_number(desk: Desk) -> None:
    rows = [{"part": "a", "quantity": 2}, {"part": "b", "quantity": 0}]

    ticket = desk.ticket(parts=rows)
    told = flat(part(desk, "ann", ticket, "check:a_pair"))

    some = told["(some p in parts satisfies p.quantity > 1)"]
    assert [(one.item, one.value) for one in some.parts if one.item] == [(1, True), (2, False)]


def test_rights_say_which_grant_let_the_person_in(desk: Desk) -> None:
    cheap, dear = desk.ticket("ben", cost="10"), desk.ticket("ben", cost="90")

    seen = {one.ground.right: one for one in why(desk, "ann", cheap).rights}

    assert seen["rows"].ground.holds is True
    assert seen["rows"].part is not None
    assert flat(seen["rows"].part)["cost < 50"].value is True
    assert seen["delete"].ground.holds is False
    unseen = ask_why(desk.services, desk.act("ann"), desk.form(), dear.id)
    assert isinstance(unseen, Missing)


def test_only_who_may_design_asks_for_somebody_else_and_sees_lines_of_files(desk: Desk) -> None:
    ticket = desk.ticket("ben", cost="90")
    ann = desk.people["ann"].id

    refused = ask_why(
        desk.services, desk.act("chief_north"), desk.form(), ticket.id, Asked(person=ann)
    )
    told = why(desk, "admin", ticket, person=ann)

    assert isinstance(refused, Denied)
    assert {one.ground.holds for one in told.rights if one.ground.right == "rows"} == {False}
    assert why(desk, "admin", ticket).author is True
    assert why(desk, "ben", ticket).author is False
    assert told.answers[0].subject.at.file == "forms/ticket.yaml"
    assert told.answers[0].subject.at.line > 1


def test_a_filter_says_why_a_record_is_not_in_it(desk: Desk) -> None:
    ticket = desk.ticket(cost="0", due="2026-03-09")

    told = {
        one.subject.id: one.part
        for one in why(desk, "ann", ticket, feel="cost > 5 and due < today()").answers
        if one.subject.group == "view"
    }

    assert told["view:"].value is False
    assert flat(told["view:"])["cost"].value == 0
    assert told["view:cheap"].value is True


def test_a_filter_does_not_tell_of_what_its_author_may_not_see(desk: Desk) -> None:
    ticket = desk.ticket(margin="150")

    (told,) = [
        one.part
        for one in why(desk, "ann", ticket, feel="margin > 100").answers
        if one.subject.id == "view:"
    ]

    assert (told.value, told.shown) == (None, False)
