"""Somebody else comes to stand where a person who goes stands in records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runtime.jobs.workshop import Workshop
from runtime.use_cases.hand_over_fields import Wish, ask_to_hand_over, hand_over_fields
from runtime.use_cases.stands_in_fields import stands_in_fields
from tests.desk import FILES, TICKET, Desk, open_desk
from tests.web.visitor import visitor

HELPED = TICKET.replace(
    "      - {id: begun,", "      - {id: helper, type: person, label: 协办人}\n      - {id: begun,"
).replace(
    "          - {id: quantity,",
    "          - {id: checker, type: person, label: 检验人}\n          - {id: quantity,",
)
HELPER, CHECKER = "desk.ticket.helper", "desk.ticket.parts.checker"


@pytest.fixture(params=["sqlite", "postgresql"])
def helped(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_desk(tmp_path, url, {**FILES, "forms/ticket.yaml": HELPED.encode()}) as desk:
        yield desk


def _id(desk: Desk, login: str) -> str:
    return desk.people[login].id


def _where(desk: Desk, login: str) -> dict[str, tuple[int, int]]:
    found = stands_in_fields(desk.services, desk.act("admin"), _id(desk, login))
    return {one.seat.path: (one.all, one.open) for one in found}


def _made(desk: Desk, **values: Any) -> str:
    return desk.ticket("ben", cause="坏了", cost="10", **values).id


def test_followers_are_written_into_fields_and_rows_of_tables(helped: Desk) -> None:
    desk, ann, sue, chief = helped, *(_id(helped, one) for one in ("ann", "sue", "chief_north"))
    rows = [{"part": "辊", "checker": ann}, {"part": "带", "checker": sue}]
    going, over = _made(desk, helper=ann, parts=rows), _made(desk, helper=ann)
    foreign = _made(desk, helper=sue)
    admin = visitor(desk, "admin")
    admin.get(f"/a/desk/ticket/{over}")
    admin.post(f"/a/desk/ticket/{over}/advance", _to="dropped", _reason="不修了")
    assert _where(desk, "ann") == {HELPER: (2, 1), CHECKER: (1, 1)}

    wish = Wish(person=ann, followers={HELPER: chief, CHECKER: sue})
    job = ask_to_hand_over(desk.services, desk.act("admin", "离职"), wish)
    Workshop(services=desk.services).run(job)

    after = desk.stored(going)
    assert after.values["helper"] == chief
    kept: Any = after.values["parts"]
    assert [row["checker"] for row in kept] == [sue, sue]
    assert (desk.stored(over).values["helper"], desk.stored(foreign).values["helper"]) == (ann, sue)
    assert _where(desk, "ann") == {HELPER: (1, 0)}
    with desk.services.store.reading() as unit:
        events = unit.events.of_record(desk.form(), going)
        done = unit.jobs.one(job)
    assert (events[0].kind, events[0].door, events[0].reason) == ("edited", "bulk", "离职")
    assert done is not None
    assert (done.state, done.result["given"], done.result["kept"]) == ("done", 2, 0)


def test_what_was_cut_short_is_gone_on_with_and_done_once(helped: Desk) -> None:
    desk, ann, ben = helped, _id(helped, "ann"), _id(helped, "ben")
    ids = [_made(desk, helper=ann) for _ in range(3)]
    wish, act = Wish(person=ann, followers={HELPER: ben}), desk.act("admin")

    def stop(done: int, _: int | None) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hand_over_fields(desk.services, act, wish, stop)
    assert [desk.stored(id_).values["helper"] for id_ in ids].count(ben) == 2

    given = hand_over_fields(desk.services, act, wish, lambda *_: None)
    assert (given.done, given.left) == (1, ())
    assert [desk.stored(id_).version for id_ in ids] == [2, 2, 2]


def test_the_page_lists_them_and_says_what_did_not_change(tmp_path: Path) -> None:
    picky = HELPED.replace(
        "checks:", "checks:\n  - {id: kept, that: cost > 50 or helper.name = '安静', message: 不换}"
    ).replace("'安静'", '"安静"')
    with open_desk(tmp_path, None, {**FILES, "forms/ticket.yaml": picky.encode()}) as desk:
        ann, ben = _id(desk, "ann"), _id(desk, "ben")
        desk.ticket("ben", helper=ann, cost="90")
        stuck = desk.ticket("ben", helper=ann, cost="10").id
        admin = visitor(desk, "admin")
        place = f"/admin/people/{ann}/work"
        page = admin.get(place).text
        assert "工单 · 协办人" in page
        assert "未结束 2" in page

        assert admin.post(f"{place}/fields").status_code == 422
        answer = admin.post(f"{place}/fields", **{f"to-{HELPER}": ben, "_key": "k1"})
        assert answer.headers["Location"] == f"{place}#fields"
        assert "正在排队" in admin.get(place).text
        with desk.services.store.reading() as unit:
            (job,) = unit.jobs.due(1)
        Workshop(services=desk.services).run(job)
        page = admin.get(place).text
        assert "换了 1 条记录里的人，1 条没有换成" in page
        assert f"/a/desk/ticket/{stuck}" in page
        assert "没有换成，请打开处理" in page
