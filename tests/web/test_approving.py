"""On the pages of approvals one submits, decides, returns, adds others, and goes on to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.store.delegations import Delegation
from runtime.use_cases.approvals.delegate import Handing, delegate
from tests.desk import PASSWORD, Desk
from tests.web.approving import approving_desk, deeds, page_of, submitted
from tests.web.test_inbox import asked, shown
from tests.web.test_records import upload
from tests.web.visitor import Visitor, visitor

SIGNATURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff"
    "3f0005fe02fea735818b0000000049454e44ae426082"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The neutral app with its approvals."""
    with approving_desk(tmp_path) as made:
        yield made


def agree(somebody: Visitor, id_: str, **more: str) -> int:
    return somebody.post(deeds(somebody, id_)["agree"], **more).status_code


def track(somebody: Visitor, id_: str) -> list[str]:
    """Return who did what, as the card of the approval says it."""
    found = re.findall(r'class="track__who">(.*?)</div>', somebody.get(page_of(id_)).text)
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in found]


def complaints(page: str) -> list[str]:
    return re.findall(r'field__error"[^>]*>.*?</svg>([^<]*)<', page, re.DOTALL)


def test_before_submitting_one_sees_the_way_with_names(desk: Desk) -> None:
    ticket = desk.ticket("ann")
    sheet = visitor(desk, "ann").get(page_of(ticket.id, "/submit/repair")).text

    way = re.findall(r'track__head"><span class="strong">([^<]*)</span>', sheet)
    names = re.findall(r'<div class="soft">([^<]*)</div>', sheet)
    assert way == ["主管审批", "审计复核", "抄送归档"]
    assert names == ["孙主管", "审计员", "本田"]


def test_what_is_submitted_waits_for_its_approver_and_follows_its_way(desk: Desk) -> None:
    ann, chief, audit = (visitor(desk, who) for who in ("ann", "chief_north", "audit"))
    ticket = desk.ticket("ann")
    ann.get(page_of(ticket.id))
    answer = ann.post(page_of(ticket.id, "/submit/repair"), _opinion="急用")
    assert answer.headers["Location"] == page_of(ticket.id, "#panel-approval")

    assert shown(chief, "approve") == ["打印机 | 维修申请：主管审批 · 安静提交"]
    assert 'href="/todo?box=approve">去审批（1 条）' in chief.get("/todo").text
    assert shown(ann, "mine") == ["维修申请 · 打印机 | 工单 · 等孙主管处理 | 审批中"]
    desk.clock.move(hours=2)
    assert agree(chief, ticket.id, _opinion="核对无误", cost="12.5", _fields="cost") == 303
    assert str(desk.stored(ticket.id).values["cost"]) == "12.50"
    page = audit.get(page_of(ticket.id)).text
    assert "用时 2 小时" in page
    assert "核对无误" in page
    assert "明天 11:00 前" in page
    assert track(audit, ticket.id) == ["安静 提交了申请", "孙主管 已同意", "审计员 等待审批"]
    assert agree(audit, ticket.id) == 303
    assert shown(ann, "mine")[0].endswith("已通过")
    assert shown(audit, "done") == ["打印机 | 维修申请：审计复核 · 安静提交"]


def test_a_refusal_without_a_word_is_asked_for_one(desk: Desk) -> None:
    id_ = submitted(desk)
    chief = visitor(desk, "chief_north")
    refuse = deeds(chief, id_)["refuse"]

    answer = chief.post(refuse)
    assert answer.status_code == 422
    assert complaints(answer.text) == ["请写明不同意的原因"]
    assert chief.post(refuse, _opinion="预算不足").status_code == 303
    page = visitor(desk, "ann").get(page_of(id_)).text
    assert "未通过" in page
    assert "预算不足" in page


def test_what_was_returned_is_mended_and_shown_with_its_changes(desk: Desk) -> None:
    id_ = submitted(desk, cause="卡纸")
    ann, chief = visitor(desk, "ann"), visitor(desk, "chief_north")
    assert f'href="{page_of(id_)}/edit"' not in ann.get(page_of(id_)).text
    sent = {"_opinion": "请写清原因", "_to": "submitter", "_resubmit": "all"}
    assert chief.post(deeds(chief, id_)["return"], **sent).status_code == 303

    assert shown(ann) == ["打印机 | 维修申请：退回修改 · 请写清原因"]
    page = ann.get(page_of(id_)).text
    assert f'href="{page_of(id_)}/edit"' in page
    assert "已退回" in page
    desk.clock.move(hours=1)
    version = re.search(r'name="_version" value="(\d+)"', ann.get(page_of(id_, "/edit")).text)
    assert version
    edited = {
        "cause": "滚轮磨损",
        "name": "打印机",
        "_fields": "cause name",
        "_version": version[1],
    }
    assert ann.post(page_of(id_, "/edit"), **edited).status_code == 303
    assert "请写清原因" in ann.get(deeds(ann, id_)["resubmit"]).text
    assert ann.post(deeds(ann, id_)["resubmit"], _opinion="已写清").status_code == 303

    sheet = chief.get(deeds(chief, id_)["agree"]).text
    assert "您上次处理后的改动" in sheet
    assert "<del>卡纸</del>" in sheet
    assert "<ins>滚轮磨损</ins>" in sheet


def test_a_task_is_passed_on_and_others_sign_first(desk: Desk) -> None:
    id_ = submitted(desk)
    chief, ben, sue = (visitor(desk, who) for who in ("chief_north", "ben", "sue"))
    assert complaints(chief.post(deeds(chief, id_)["transfer"]).text) == ["请选择在职的同事"]
    ben_id, sue_id = desk.people["ben"].id, desk.people["sue"].id
    assert chief.post(deeds(chief, id_)["transfer"], _to=ben_id).status_code == 303
    more = {"_people": sue_id, "_place": "before", "_opinion": "请先看"}
    assert ben.post(deeds(ben, id_)["add_signer"], **more).status_code == 303

    assert "agree" not in deeds(ben, id_)
    assert agree(sue, id_) == 303
    assert agree(ben, id_) == 303
    assert track(visitor(desk, "audit"), id_) == [
        "安静 提交了申请",
        "孙主管 已转交",
        "本田 已加签 由孙主管转来",
        "苏南 已同意 前加签",
        "本田 已同意",
        "审计员 等待审批",
    ]


def test_an_opinion_is_asked_for_and_given(desk: Desk) -> None:
    id_ = submitted(desk)
    chief, ben = visitor(desk, "chief_north"), visitor(desk, "ben")
    asked = {"_people": desk.people["ben"].id, "_opinion": "这个价合理吗？"}
    assert chief.post(deeds(chief, id_)["ask_opinion"], **asked).status_code == 303

    sheet = ben.get(deeds(ben, id_)["opine"]).text
    assert "这个价合理吗？" in sheet
    assert complaints(ben.post(deeds(ben, id_)["opine"]).text) == ["请填写意见"]
    answer = ben.post(deeds(ben, id_)["opine"], _opinion="合理")
    assert answer.headers["Location"] == "/todo?box=approve"
    assert ben.get(page_of(id_)).status_code == 404
    assert "合理" in chief.get(page_of(id_)).text


def test_who_submitted_urges_and_withdraws_and_nobody_else(desk: Desk) -> None:
    id_ = submitted(desk)
    ann, chief = visitor(desk, "ann"), visitor(desk, "chief_north")
    urge, withdraw = deeds(ann, id_)["urge"], deeds(ann, id_)["withdraw"]
    desk.clock.move(hours=5)
    ann = visitor(desk, "ann")
    ann.get(page_of(id_))
    assert ann.post(urge).status_code == 303
    again = ann.post(urge)
    assert again.status_code == 422
    assert "刚刚催过" in again.text
    assert visitor(desk, "chief_north").post(withdraw).status_code in (403, 400)
    there = ann.post(withdraw, _opinion="不修了").headers["Location"]
    assert "已撤回申请" in ann.get(there).text
    assert "不修了" in ann.get(page_of(id_)).text
    assert shown(chief := visitor(desk, "chief_north"), "approve") == []
    assert "agree" not in deeds(chief, id_)


def test_a_signature_and_the_password_are_demanded_where_the_step_says_so(desk: Desk) -> None:
    id_ = submitted(desk, workflow="signed")
    chief = visitor(desk, "chief_north")
    sheet = chief.get(deeds(chief, id_)["agree"]).text
    assert 'data-enhance="signature"' in sheet
    assert 'name="_password"' in sheet
    auditor = desk.people["audit"].id
    assert re.search(rf'name="_chosen-second" value="{auditor}"', sheet)

    nothing = chief.post(deeds(chief, id_)["agree"])
    assert {"请填写审批意见", "请输入登录密码确认", "请手写签名"} <= set(complaints(nothing.text))
    file = upload(chief, "signature.png", SIGNATURE)["id"]
    given = {"_opinion": "同意", "_signature": file, "_chosen-second": auditor}
    wrong = chief.post(deeds(chief, id_)["agree"], **given, _password="no")
    assert complaints(wrong.text) == ["密码不正确"]
    assert chief.post(deeds(chief, id_)["agree"], **given, _password=PASSWORD).status_code == 303

    page = visitor(desk, "audit").get(page_of(id_)).text
    assert f"/files/{file}/" in page
    assert track(visitor(desk, "audit"), id_)[-1] == "审计员 等待审批"


def test_several_are_decided_at_once_and_what_needs_more_is_left(desk: Desk) -> None:
    plain = [submitted(desk) for _ in range(2)]
    signed = submitted(desk, workflow="signed")
    chief = visitor(desk, "chief_north")
    ids = [deeds(chief, id_)["agree"].split("/")[-2] for id_ in (*plain, signed)]

    assert "同意 3 条审批" in chief.get("/todo/batch/agree", query_string={"id": ids}).text
    result = chief.post("/todo/batch/agree", id=ids, note="批量核对").text

    assert "2 条成功，1 条未成功" in result
    assert "请手写签名" in result
    assert shown(chief, "approve") == ["打印机 | 报废申请：主管签字 · 安静提交"]
    assert "批量核对" in visitor(desk, "ann").get(page_of(plain[0])).text


def test_a_copy_is_unread_until_its_page_was_opened(desk: Desk) -> None:
    id_ = submitted(desk)
    agree(visitor(desk, "chief_north"), id_)
    agree(visitor(desk, "audit"), id_)
    ben = visitor(desk, "ben")

    assert '抄送我的<span class="count' in ben.get("/todo").text
    assert "我知道了" in ben.get(page_of(id_)).text
    assert '抄送我的<span class="count' not in ben.get("/todo").text
    assert ben.post(deeds(ben, id_)["acknowledge"], after="cc").status_code == 303
    assert "我知道了" not in ben.get(page_of(id_)).text


def test_from_the_inbox_one_goes_from_one_task_to_the_next(desk: Desk) -> None:
    first, second = submitted(desk), submitted(desk)
    chief = visitor(desk, "chief_north")
    line = re.search(rf'href="({page_of(first)}\?task=\w+)#', chief.get("/todo?box=approve").text)
    assert line
    href = re.search(r'href="([^"]+/agree\?after=queue)"', chief.get(line[1]).text)
    assert href

    there = chief.post(href[1], after="queue").headers["Location"]
    assert there.startswith(page_of(second, "?task="))
    href = re.search(r'href="([^"]+/agree\?after=queue)"', chief.get(there.split("#")[0]).text)
    assert href
    assert chief.post(href[1], after="queue").headers["Location"] == "/todo?box=approve"
    assert "没有等您审批的" in chief.get("/todo?box=approve").text


def test_who_is_asked_for_a_field_fills_in_just_that(desk: Desk) -> None:
    id_ = submitted(desk, workflow="filled")
    ben = visitor(desk, "ben")
    sheet = ben.get(deeds(ben, id_)["handle"]).text
    assert re.findall(r'data-field="(\w+)"', sheet) == ["cause"]

    nothing = ben.post(deeds(ben, id_)["handle"], cause="", _fields="cause")
    assert "请先填写“原因”" in complaints(nothing.text)
    other = ben.post(deeds(ben, id_)["handle"], name="别的", cause="卡纸", _fields="name cause")
    assert other.status_code == 422
    done = ben.post(deeds(ben, id_)["handle"], cause="卡纸", _fields="cause")
    assert done.status_code == 303
    stored = desk.stored(id_).values
    assert (stored["cause"], stored["name"]) == ("卡纸", "打印机")


def test_a_stand_in_decides_in_the_place_of_somebody(desk: Desk) -> None:
    act = desk.act("chief_north")
    starts, ends = desk.clock(), desk.clock() + timedelta(days=3)
    wanted = Handing(stand_in=desk.people["sue"].id, starts_at=starts, ends_at=ends)
    assert isinstance(delegate(desk.services, act, wanted), Delegation)
    id_ = submitted(desk)
    sue = visitor(desk, "sue")

    assert agree(sue, id_) == 303
    assert "苏南 已同意 代孙主管" in track(visitor(desk, "audit"), id_)


def test_who_decides_from_the_list_reads_what_the_record_says(desk: Desk) -> None:
    id_ = submitted(desk, cause="卡纸")
    chief = visitor(desk, "chief_north")
    href = re.search(r'href="([^"]+/agree\?after=approve)"', chief.get("/todo?box=approve").text)
    assert href

    sheet = chief.get(href[1]).text
    assert re.search(r"<dt>编号</dt><dd>.*T-0001", sheet)
    assert "<dt>" not in chief.get(deeds(chief, id_)["agree"]).text
    answer = chief.post(href[1], after="approve")
    assert answer.headers["Location"] == "/todo?box=approve"


def test_a_sheet_for_what_was_decided_meanwhile_says_so(desk: Desk) -> None:
    id_ = submitted(desk)
    chief = visitor(desk, "chief_north")
    href = deeds(chief, id_)["agree"]
    agree(chief, id_)

    late = chief.get(href)
    assert late.status_code == 409
    assert "这项任务已经处理过或已收回" in late.text
    assert visitor(desk, "ben").get(href).status_code == 409
    assert "您已经处理过这项任务" in chief.post(href).text
    assert track(visitor(desk, "audit"), id_).count("孙主管 已同意") == 1


def test_what_somebody_has_to_do_about_a_record_stands_on_its_page(desk: Desk) -> None:
    ticket = desk.ticket("ann")
    place = {"app": "desk", "form": "ticket", "record": ticket.id}
    id_ = asked(desk, "ann", "给报修人回电话", **place)
    ann = visitor(desk, "ann")

    assert f'href="/todo/{id_}?back=record"' in ann.get(page_of(ticket.id)).text
    back = ann.post(f"/todo/{id_}/finish", _back="record").headers["Location"]
    assert back == page_of(ticket.id)
    assert "您的待办" not in ann.get(back).text


def test_the_list_says_what_is_decided_about(desk: Desk) -> None:
    submitted(desk, cost="1200.50", margin="70", cause="卡纸")
    chief = visitor(desk, "chief_north").get("/todo?box=approve").text

    line = re.search(r'class="inbox__line".*?</li>', chief, re.DOTALL)
    assert line
    assert '<span class="inbox__figure">¥1,200.50</span>' in line[0]
    assert "编号 T-0001 · 原因 卡纸" in line[0]
    assert "inbox__figure" not in visitor(desk, "chief_north").get("/todo?box=mine").text
