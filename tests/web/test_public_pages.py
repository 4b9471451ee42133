"""Anybody with the link fills in the page; nobody learns anything of the workspace by it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from runtime.limits import PUBLIC_BYTES, PUBLIC_SENDINGS_AN_HOUR, WRONG_LINKS
from runtime.use_cases.publics.links import turn_link
from runtime.web.publics.outside_pages import TRAP
from tests.laws.guests import everything_else
from tests.runtime.publics.counter import Counter, open_counter
from tests.web.visitor import Visitor, visitor

FAULT = {"name": "门坏了", "_fields": ["name", "phone"], "_consent": "yes"}


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as opened:
        yield opened


@pytest.fixture
def stranger(counter: Counter) -> Visitor:
    return visitor(counter.desk)


def page_of(counter: Counter) -> str:
    return f"/p/{counter.token(counter.link())}"


def send(stranger: Visitor, page: str, **typed: Any) -> TestResponse:
    return stranger.client.post(page, data={**FAULT, **typed})


def count(counter: Counter) -> int:
    with counter.desk.services.store.reading() as unit:
        return len(unit.events.after("desk", counter.desk.clock().replace(year=2020)))


def test_the_page_asks_what_it_was_told_to_in_both_languages(
    counter: Counter, stranger: Visitor
) -> None:
    page = page_of(counter)

    chinese = stranger.client.get(page, headers={"Accept-Language": "zh-CN"})
    english = stranger.client.get(f"{page}?lang=en", headers={"Accept-Language": "zh-CN"})

    for text in ("扫码报修", "东站", "写一句就好", "什么坏了", "我同意记录以上内容"):
        assert text in chinese.text
    for text in ("Report a fault", "One line will do", "What is broken", "I agree to this"):
        assert text in english.text
    assert re.findall(r'data-field="(\w+)"', chinese.text) == ["name", "phone", "due", "cause"]


def test_the_page_tells_nothing_of_the_rest(counter: Counter, stranger: Visitor) -> None:
    page = stranger.client.get(page_of(counter))

    for text in ("毛利", "margin", "内部代号", "secret", "请先估算费用", "服务台", "安静", "link:"):
        assert text not in page.text
    assert "Set-Cookie" not in page.headers


def test_the_page_is_shut_off_from_everything_else(counter: Counter, stranger: Visitor) -> None:
    headers = stranger.client.get(page_of(counter)).headers

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Cache-Control"] == "no-store"


def test_without_scripts_it_is_sent_and_thanked_for(counter: Counter, stranger: Visitor) -> None:
    page = page_of(counter)

    sent = send(stranger, page, _key="k")
    again = send(stranger, page, _key="k")

    assert (sent.status_code, sent.headers["Location"]) == (303, f"{page}/thanks")
    assert again.status_code == 303
    assert "马上有人来" in stranger.client.get(f"{page}/thanks").text
    with counter.desk.services.store.reading() as unit:
        (link,) = unit.public_links.of("desk", "report")
    assert link.sent == 1


def test_what_was_typed_comes_back_with_what_is_wrong(counter: Counter, stranger: Visitor) -> None:
    page = page_of(counter)

    refused = send(stranger, page, name="", phone="12", due="2026-05-01", _consent="")

    assert refused.status_code == 422
    assert "请先阅读并同意" in refused.text
    assert 'value="12"' in refused.text
    assert 'value="2026-05-01"' in refused.text
    assert "请检查 3 处" in refused.text


def test_looking_changes_nothing_and_is_counted_by_the_page_itself(
    counter: Counter, stranger: Visitor
) -> None:
    link = counter.link()
    page = f"/p/{counter.token(link)}"
    before = count(counter)

    stranger.client.get(page)
    assert counter.kept(link).opened == 0
    stranger.client.post(f"{page}/opened")

    assert counter.kept(link).opened == 1
    assert count(counter) == before


def test_the_server_works_out_while_it_is_typed_what_only_it_knows(
    counter: Counter, stranger: Visitor
) -> None:
    page = page_of(counter)

    told = stranger.client.post(f"{page}/live", data={"name": "门", "_fields": "name phone"})

    fields = json.loads(told.text)["fields"]
    assert set(fields) == {"name", "phone", "due", "cause"}
    assert fields["cause"]["visible"] is False


def test_a_machine_that_fills_in_everything_is_thanked_for_nothing(
    counter: Counter, stranger: Visitor
) -> None:
    page = page_of(counter)
    before = count(counter)

    assert send(stranger, page, **{TRAP: "buy"}).status_code == 303

    assert count(counter) == before


def test_wrong_off_and_too_old_are_told_in_the_same_words(
    counter: Counter, stranger: Visitor
) -> None:
    link = counter.link()
    page = f"/p/{counter.token(link)}"
    wrong = stranger.client.get(f"/p/{'a' * 43}")
    turn_link(
        counter.desk.services, counter.desk.act("chief_north"), counter.public, link.id, on=False
    )

    answers = [wrong, stranger.client.get(page), send(stranger, page)]
    answers += [stranger.client.get(f"{page}/thanks")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_who_guesses_must_wait_and_finds_nothing_then(counter: Counter, stranger: Visitor) -> None:
    page = page_of(counter)
    for number in range(WRONG_LINKS + 1):
        stranger.client.get(f"/p/{number:043}")

    assert stranger.client.get(page).status_code == 404
    counter.desk.clock.move(minutes=15)
    assert stranger.client.get(page).status_code == 200


def test_one_address_sends_so_much_and_a_body_is_so_long(
    counter: Counter, stranger: Visitor
) -> None:
    page = page_of(counter)
    much = send(stranger, page, name="x" * PUBLIC_BYTES)
    assert much.status_code == 413
    assert "填写的内容太多，请返回精简后再提交" in much.text
    assert "已停用" not in much.text
    for _ in range(PUBLIC_SENDINGS_AN_HOUR - 1):
        send(stranger, page, _consent="", name="")

    assert send(stranger, page).status_code in (303, 429)
    assert send(stranger, page).status_code == 429


def test_a_link_opens_no_other_page(counter: Counter, stranger: Visitor) -> None:
    token = counter.token(counter.link())

    assert everything_else(stranger.client, token) == []


def test_codes_are_made_shown_as_files_and_turned_off_by_who_may(counter: Counter) -> None:
    counter.site()
    counter.site("西站")
    chief, agent = visitor(counter.desk, "chief_north"), visitor(counter.desk, "ann")

    assert agent.get("/public/desk").status_code == 403
    assert "为 2 个站点生成二维码" in chief.get("/public/desk").text
    made = chief.post("/public/desk/report/links")
    page = chief.get(made.headers["Location"])
    assert page.text.count("code-card__actions") == 2
    png = re.search(r'href="(/public/desk/report/links/\w+/png)"', page.text)
    assert png is not None
    assert chief.client.get(png[1]).data.startswith(b"\x89PNG")
    assert b"<svg" in chief.get(png[1].replace("/png", "/svg")).data
    off = chief.post(png[1].replace("/png", "/off"))
    assert "已停用" in chief.get(off.headers["Location"]).text
    assert chief.get(png[1].replace("/desk/report/", "/desk/nothing/")).status_code == 404
    assert agent.post("/public/desk/report/links").status_code == 403


def test_the_record_of_a_place_leads_to_its_code(counter: Counter) -> None:
    site = counter.site()
    chief, agent = visitor(counter.desk, "chief_north"), visitor(counter.desk, "ann")
    there = f"/public/desk?record={site.id}"

    assert there in chief.get(f"/a/desk/site/{site.id}").text
    assert there not in agent.get(f"/a/desk/site/{site.id}").text
    made = chief.post("/public/desk/report/links", record=site.id, days="7")

    assert made.headers["Location"] == there
    assert "有效期到 2026-03-09" in chief.get(there).text


def test_the_history_says_who_it_was_and_what_they_agreed_to(
    counter: Counter, stranger: Visitor
) -> None:
    send(stranger, page_of(counter), name="灯坏了")
    with counter.desk.services.store.reading() as unit:
        event = unit.events.after("desk", counter.desk.clock().replace(year=2020))[-1]

    page = visitor(counter.desk, "admin").get(f"/a/desk/ticket/{event.record}")

    for text in ("公开登记", "东站", "已同意：我同意记录以上内容"):
        assert text in page.text
