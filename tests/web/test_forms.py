"""What somebody types comes back, is judged, saved once, and never overwrites another's."""

from __future__ import annotations

import re
from html import escape, unescape

from engine.record import Record
from tests.desk import Desk
from tests.web.visitor import Visitor, visitor

PANEL = {"X-Panel": "1"}
NEW = "/a/desk/ticket/new"


def inputs_of(html: str) -> dict[str, str]:
    """The texts in the inputs of a page, by name."""
    tags = re.findall(r"<input\b[^>]*>", html)
    found = {}
    for tag in tags:
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name:
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def test_a_form_that_is_refused_keeps_everything_that_was_typed(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    ann.get(NEW)

    answer = ann.post(NEW, _fields="name cost cause", name="", cost="about ten", cause="纸卡了")

    texts = inputs_of(answer.text)
    assert answer.status_code == 422
    assert texts["cost"] == "about ten"
    assert texts["cause"] == "纸卡了"
    assert 'href="#in-name"' in answer.text
    assert 'href="#in-cost"' in answer.text


def test_who_came_from_another_page_goes_back_there(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    page = ann.get(f"{NEW}?name=纸卡了&_next=%2Fa%2Fdesk%2Fsite%2F1").text
    action = unescape(re.findall(r'action="(/a/desk/ticket/new[^"]*)"', page)[0])

    refused = ann.post(action, _fields="name", name="").text
    saved = ann.post(action, _fields="name", name="纸卡了")
    once_more = ann.post(action, _fields="name", name="缺纸", _do="again").headers["Location"]

    assert f'action="{escape(action)}"' in refused
    assert 'href="/a/desk/site/1">取消' in page
    assert saved.headers["Location"] == "/a/desk/site/1"
    assert inputs_of(ann.get(once_more).text)["name"] == "纸卡了"
    away = ann.post(f"{NEW}?_next=//elsewhere.example", _fields="name", name="纸卡了")
    assert away.headers["Location"].startswith("/a/desk/ticket/")


def test_each_complaint_stands_at_its_field(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    ann.get(NEW)

    html = ann.post(NEW, _fields="name due begun", due="2026-01-01", begun="2026-02-01").text

    assert re.search(r'id="in-name"[^>]*aria-invalid="true"', html)
    assert 'id="in-name-error"' in html
    assert "截止日期不能早于开始日期" in html
    at_the_last = re.search(r'<p [^>]*data-check="dates"[^>]*>', html)
    assert at_the_last
    assert "hidden" not in at_the_last[0], "beside the summary, it is said at the last of the two"
    fine = ann.post(NEW, _fields="name due begun", due="2026-02-01", begun="2026-01-01").text
    assert re.search(r'data-check="dates" hidden>', fine)


def test_a_cell_of_a_row_that_is_wrong_says_so_in_its_row(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    ann.get(NEW)
    rows = {"parts-0-part": "滚筒", "parts-0-quantity": "2", "parts-3-quantity": "many"}

    html = ann.post(NEW, _fields="name parts", name="x", **rows).text

    texts = inputs_of(html)
    assert texts["parts-0-part"] == "滚筒"
    assert texts["parts-3-quantity"] == "many" or texts["parts-1-quantity"] == "many"
    assert 'href="#in-parts-1-quantity"' in html


def test_the_same_form_sent_twice_makes_one_record(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    key = inputs_of(ann.get(NEW).text)["_key"]

    first = ann.post(NEW, _key=key, _fields="name", name="打印机")
    second = ann.post(NEW, _key=key, _fields="name", name="打印机")

    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]


def test_a_module_gets_the_place_to_go_and_not_a_redirect(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    ann.get(NEW)

    answer = ann.post(NEW, _fields="name", name="打印机", headers=PANEL)

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["location"].startswith("/a/desk/ticket/")
    assert answer.json["title"] == "打印机"


def test_a_draft_is_drawn_again_from_its_texts_without_being_judged(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    ann.get(NEW)
    rows = {"parts-0-part": "滚筒", "parts-5-part": "齿轮"}

    answer = ann.post(NEW, _do="redraw", _fields="name parts", name="", headers=PANEL, **rows)

    texts = inputs_of(answer.text)
    assert answer.status_code == 200
    assert "滚筒" in texts.values()
    assert "齿轮" in texts.values()
    assert "error-summary" not in answer.text


def test_fields_that_the_role_may_not_know_reach_no_page(small_desk: Desk) -> None:
    ticket = small_desk.ticket(margin="7777", phone="13800138000")
    ann = visitor(small_desk, "ann")

    pages = [ann.get(f"/a/desk/ticket/{ticket.id}{part}").text for part in ("", "/edit")]

    for html in pages:
        assert "7777" not in html
        assert "7,777" not in html
        assert "毛利" not in html
        assert "13800138000" not in html
        assert "138****8000" in html


def test_a_masked_number_can_not_be_called(small_desk: Desk) -> None:
    ticket = small_desk.ticket(phone="13800138000")

    html = visitor(small_desk, "ann").get(f"/a/desk/ticket/{ticket.id}").text

    assert "tel:" not in html


def test_a_read_only_field_is_shown_and_not_sent(small_desk: Desk) -> None:
    answer = visitor(small_desk, "ann").get(NEW)

    texts = inputs_of(answer.text)
    assert "number" not in texts
    assert "margin" not in texts


def test_a_value_in_the_address_is_filled_in(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    texts = inputs_of(ann.get(f"{NEW}?cause=纸卡了&margin=5&nonsense=1").text)

    assert texts["cause"] == "纸卡了"
    assert "nonsense" not in texts
    assert "margin" not in texts


def test_a_copy_takes_over_what_is_not_unique_or_automatic(small_desk: Desk) -> None:
    ticket = small_desk.ticket(cause="纸卡了")
    ann = visitor(small_desk, "ann")

    texts = inputs_of(ann.get(f"{NEW}?_copy={ticket.id}").text)

    assert texts["name"] == "打印机"
    assert texts["cause"] == "纸卡了"


def edit(somebody: Visitor, ticket: Record, **fields: str) -> str:
    path = f"/a/desk/ticket/{ticket.id}/edit"
    names = " ".join(name for name in fields if not name.startswith("_"))
    version = fields.pop("_version", str(ticket.version))
    answer = somebody.post(path, _version=version, _fields=names, **fields)
    return answer.text if answer.status_code != 303 else "saved"


def test_changes_of_two_people_to_different_fields_are_merged(small_desk: Desk) -> None:
    ticket = small_desk.ticket(cause="未知", cost="10")
    ann, chief = visitor(small_desk, "ann"), visitor(small_desk, "chief_north")

    assert edit(chief, ticket, name="打印机", cause="未知", cost="25") == "saved"
    assert edit(ann, ticket, name="打印机", cause="纸卡了", cost="10") == "saved"

    stored = small_desk.stored(ticket.id)
    assert (stored.values["cause"], str(stored.values["cost"])) == ("纸卡了", "25.00")


def test_who_loses_the_race_sees_both_values_and_loses_nothing(small_desk: Desk) -> None:
    ticket = small_desk.ticket(cause="未知", cost="10")
    ann, chief = visitor(small_desk, "ann"), visitor(small_desk, "chief_north")
    edit(chief, ticket, name="打印机", cause="缺墨", cost="25")

    html = edit(ann, ticket, name="彩色打印机", cause="纸卡了", cost="10")

    assert "缺墨" in html
    assert "纸卡了" in html
    assert "孙主管" in html
    texts = inputs_of(html)
    assert texts["name"] == "彩色打印机"
    assert texts["cause"] == "纸卡了"
    # What the other changed alone must not be set back by the second try.
    assert "cost" not in texts


def settle(somebody: Visitor, ticket: Record, html: str, keep: str) -> None:
    fields = {name: text for name, text in inputs_of(html).items() if not name.startswith("_keep-")}
    fields["_keep-cause"] = keep
    fields["csrf_token"] = somebody.csrf
    fields["_fields"] = inputs_of(html)["_fields"]
    somebody.client.post(f"/a/desk/ticket/{ticket.id}/edit", data=fields)


def test_the_chosen_value_stays_with_everything_else_that_both_did(small_desk: Desk) -> None:
    for keep, wanted in (("mine", "纸卡了"), ("theirs", "缺墨")):
        ticket = small_desk.ticket(cause="未知", cost="10")
        ann, chief = visitor(small_desk, "ann"), visitor(small_desk, "chief_north")
        edit(chief, ticket, name="打印机", cause="缺墨", cost="25")

        settle(ann, ticket, edit(ann, ticket, name="彩打", cause="纸卡了", cost="10"), keep)

        values = small_desk.stored(ticket.id).values
        assert values["cause"] == wanted
        assert values["name"] == "彩打"
        assert str(values["cost"]) == "25.00"


def test_the_live_answer_says_how_the_form_behaves_now(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    ann.get(NEW)

    answer = ann.post("/a/desk/ticket/live", _fields="name", name="x", headers=PANEL)

    assert answer.json is not None
    fields = answer.json["fields"]
    assert fields["name"] == {
        "visible": True,
        "required": True,
        "readonly": False,
        "lacking": False,
    }
    assert "margin" not in fields
    assert answer.json["sections"] == {"basics": True}


def test_nobody_previews_a_record_out_of_sight(small_desk: Desk) -> None:
    ticket = small_desk.ticket("sue", cause="秘密")
    ann = visitor(small_desk, "ann")
    ann.get(NEW)

    live = ann.post("/a/desk/ticket/live", _record=ticket.id, headers=PANEL)

    assert live.status_code == 404
    assert ann.get(f"/a/desk/ticket/{ticket.id}/edit").status_code == 404


def test_who_may_not_create_gets_no_form(small_desk: Desk) -> None:
    assert visitor(small_desk, "audit").get(NEW).status_code == 403
