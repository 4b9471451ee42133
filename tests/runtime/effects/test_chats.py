from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.wording import Message
from runtime.effects import setting_up
from runtime.effects.opening import doors_of
from runtime.jobs.workshop import Workshop
from runtime.store.tasks import Asked, Task
from runtime.use_cases.notify import NoticeText, notify
from runtime.use_cases.to_dos import finish_to_do
from tests.desk import Desk
from tests.runtime.approvals.office import Office, open_office
from tests.runtime.effects.posting import (
    PUBLIC,
    attempts,
    connected,
    deliveries,
    do_all,
    reachable,
    set_up,
    tell,
    told,
)
from tests.services.fakes.providers import Dingtalk, Feishu, Provider, Wecom, provider

LATER = datetime(2099, 1, 1, tzinfo=UTC)
KINDS = {"wecom": Wecom, "dingtalk": Dingtalk, "feishu": Feishu}


def values(chat: Provider) -> tuple[str, dict[str, str], dict[str, str]]:
    """Return channel, settings and secrets of a provider."""
    match chat:
        case Wecom():
            known = {"corp": chat.CORP, "agent": str(chat.AGENT)}
            return "wecom", {**known, "host": chat.url}, {"secret": chat.SECRET}
        case Dingtalk():
            known = {"key": chat.KEY, "agent": "2"}
            return "dingtalk", {**known, "host": chat.url}, {"secret": chat.SECRET}
        case Feishu():
            return "feishu", {"app": chat.APP, "host": chat.url}, {"secret": chat.SECRET}
    raise AssertionError(chat)


def by_chat(desk: Desk, chat: Provider, **wrong: str) -> Desk:
    opened = connected(desk, chat.port)
    channel, settings, secrets = values(chat)
    set_up(opened, channel, settings, **{**secrets, **wrong})
    reachable(opened, "ann", phone="+8613800000001")
    return opened


@pytest.fixture(params=sorted(KINDS))
def chat(request: pytest.FixtureRequest) -> Iterator[Any]:
    with provider(KINDS[request.param]) as made:
        yield made


def the_code(desk: Desk) -> tuple[str, str | None]:
    (found,) = deliveries(desk, "ann")
    return found.state, found.code


def test_a_message_finds_its_person_by_number_and_is_taken(small_desk: Desk, chat: Any) -> None:
    desk = by_chat(small_desk, chat)
    tell(desk, "ann")
    do_all(desk)
    (taken,) = chat.taken
    to = {"Wecom": "touser", "Dingtalk": "userid_list", "Feishu": "receive_id"}
    assert taken[to[type(chat).__name__]] == "zhang"
    assert "本田 请您处理“空调”" in str(taken)
    assert f"{PUBLIC}/a/desk/ticket/r1" in str(taken)
    assert the_code(desk) == ("sent", None)


def test_one_pass_serves_many_and_a_stale_one_is_renewed(small_desk: Desk, chat: Any) -> None:
    desk = by_chat(small_desk, chat)
    for number in range(3):
        tell(desk, "ann", key=str(number))
    do_all(desk)
    assert (len(chat.taken), chat.passes) == (3, 1)
    chat.passes += 1  # somebody else fetched one: ours is no good any more
    tell(desk, "ann", key="one more")
    do_all(desk)
    assert (len(chat.taken), chat.passes) == (4, 3)


def test_a_wrong_secret_fails_with_the_providers_own_code(small_desk: Desk, chat: Any) -> None:
    desk = by_chat(small_desk, chat, secret="another word")
    tell(desk, "ann")
    do_all(desk)
    wanted = {"Wecom": "40001", "Dingtalk": "40089", "Feishu": "10014"}
    assert the_code(desk) == ("failed", wanted[type(chat).__name__])


def test_a_200_with_a_code_of_failure_has_failed(small_desk: Desk, chat: Any) -> None:
    desk = by_chat(small_desk, chat)
    chat.answers.append({"errcode": 93000, "errmsg": "no", "code": 19024, "msg": "no"})
    tell(desk, "ann")
    do_all(desk)
    wanted = "19024" if isinstance(chat, Feishu) else "93000"
    assert the_code(desk) == ("failed", wanted)
    assert chat.taken == []


@pytest.mark.parametrize("trouble", [503, {"errcode": -1, "errmsg": "busy", "code": 99991400}])
def test_what_passes_is_tried_again_and_arrives_once(
    small_desk: Desk, chat: Any, trouble: Any
) -> None:
    desk = by_chat(small_desk, chat)
    chat.answers.append(trouble)
    tell(desk, "ann")
    do_all(desk)
    assert the_code(desk)[0] == "waiting"
    do_all(desk, LATER)
    assert the_code(desk) == ("sent", None)
    assert len(chat.taken) == 1
    assert [each.sent for each in attempts(desk, deliveries(desk, "ann")[0])] == [False, True]


def test_a_number_that_the_provider_does_not_know_is_told_of_the_person(
    small_desk: Desk, chat: Any
) -> None:
    desk = by_chat(small_desk, chat)
    reachable(desk, "ann", phone="+8613899999999")
    tell(desk, "ann")
    do_all(desk)
    assert the_code(desk) == ("skipped", "unknown_phone")
    with desk.services.store.reading() as unit:
        assert unit.tasks.counts(desk.people["admin"].id) == {}


def test_a_new_number_is_looked_up_anew(small_desk: Desk, chat: Any) -> None:
    desk = by_chat(small_desk, chat)
    tell(desk, "ann", key="a")
    do_all(desk)
    reachable(desk, "ann", phone="+8613800000002")
    tell(desk, "ann", key="b")
    do_all(desk)
    first, second = (str(taken) for taken in chat.taken)
    assert ("zhang" in first, "li" in second, "zhang" in second) == (True, True, False)


def test_who_left_the_chat_is_looked_up_again_next_time(small_desk: Desk, chat: Any) -> None:
    desk = by_chat(small_desk, chat)
    tell(desk, "ann", key="a")
    do_all(desk)
    chat.members["13800000001"] = "zhang2"
    tell(desk, "ann", key="b")
    do_all(desk)
    assert [each.state for each in deliveries(desk, "ann")] == ["sent", "failed"]
    tell(desk, "ann", key="c")
    do_all(desk)
    assert deliveries(desk, "ann")[-1].state == "sent"
    assert "zhang2" in str(chat.taken[-1])


def test_everybody_can_be_checked_against_the_chat(small_desk: Desk, chat: Any) -> None:
    desk = by_chat(small_desk, chat)
    reachable(desk, "ben", phone="+8613700000000")
    channel = values(chat)[0]
    with desk.services.store.unit() as unit:
        arguments = {"channel": channel}
        unit.jobs.save("check_addresses", arguments, desk.clock(), key="check")
    do_all(desk)
    with desk.services.store.reading() as unit:
        found = {each.person: each for each in unit.notices.addresses.of_channel(channel)}
    ids = {login: desk.people[login].id for login in ("ann", "ben", "sue")}
    assert found[ids["ann"]].address == "zhang"
    assert (found[ids["ben"]].address, found[ids["ben"]].code) == (None, "unknown_phone")
    assert found[ids["sue"]].code == "no_address"


@pytest.mark.parametrize("name", ["wecom", "feishu"])
def test_a_card_says_that_its_matter_is_settled(tmp_path: Path, name: str) -> None:
    with provider(KINDS[name]) as chat, open_office(tmp_path) as opened:
        office = approving(opened, chat)
        approval = office.submitted(cost="10")
        do_all(office, office.clock.moment)
        (card,) = [each for each in chat.taken if "/act/" in str(each)]
        office.decide(approval, "chief_north", "agree")
        do_all(office, office.clock.moment + timedelta(minutes=1))
        (changed,) = chat.updates
        assert "已处理" in str(changed)
        assert "/act/" not in str(changed)
        if name == "wecom":
            assert changed["response_code"] == f"response-{card['template_card']['task_id']}"


def test_a_card_that_can_not_be_changed_any_more_is_followed_by_a_message(tmp_path: Path) -> None:
    with provider(Wecom) as chat, open_office(tmp_path) as opened:
        office = approving(opened, chat)
        approval = office.submitted(cost="10")
        do_all(office, office.clock.moment)
        before = len(chat.taken)
        chat.answers.append({"errcode": 41053, "errmsg": "response_code expired"})
        office.decide(approval, "chief_north", "agree")
        do_all(office, office.clock.moment + timedelta(minutes=1))
        told = [each for each in chat.taken[before:] if each["touser"] == "li"]
        assert len(told) == 1
        assert "已处理" in str(told[0])


def approving(opened: Office, chat: Provider) -> Office:
    """Return the office in which the boss is told by a chat."""
    made = replace(opened, services=connected(opened, chat.port).services)
    channel, settings, secrets = values(chat)
    set_up(made, channel, settings, **secrets)
    reachable(made, "chief_north", phone="+8613800000002")
    return made


def test_a_long_title_is_cut_where_the_provider_would_refuse_it(small_desk: Desk) -> None:
    with provider(Wecom) as chat:
        desk = by_chat(small_desk, chat)
        reachable(desk, "ann", locale="en")
        tell(desk, "ann", kind="result", text=Message("{what}", what="长" * 5000))
        do_all(desk)
        assert len(chat.taken) == 1


def test_workers_of_two_processes_hold_their_own_passes(small_desk: Desk) -> None:
    with provider(Wecom) as chat:
        desk = by_chat(small_desk, chat)
        other = replace(desk.services, settings=replace(desk.services.settings, job_threads=7))
        assert doors_of(other.settings) is not doors_of(desk.services.settings)
        tell(desk, "ann", key="a")
        do_all(desk)
        tell(desk, "ann", key="b")
        Workshop(services=other).run_due()
        assert (len(chat.taken), chat.passes) == (2, 2)


def test_a_channel_that_is_down_holds_up_no_other(small_desk: Desk) -> None:
    with provider(Wecom) as down, provider(Feishu) as up:
        desk = by_chat(small_desk, down)
        desk = connected(desk, down.port, up.port)
        channel, settings, secrets = values(up)
        set_up(desk, channel, settings, **secrets)
        down.answers.extend([503] * 9)
        tell(desk, "ann")
        do_all(desk)
        found = {each.channel: each.state for each in deliveries(desk, "ann")}
        assert found == {"wecom": "waiting", "feishu": "sent"}


@pytest.mark.parametrize("odd", [[], "text", {"errcode": 0, "code": 0, "data": [], "result": 3}])
def test_an_answer_that_makes_no_sense_is_a_failure_not_a_riddle(
    small_desk: Desk, chat: Any, odd: Any
) -> None:
    desk = by_chat(small_desk, chat)
    chat.answers.extend([odd] * 9)
    tell(desk, "ann")
    for _ in range(8):
        do_all(desk, LATER)
    assert the_code(desk)[0] in ("failed", "sent")


def test_a_card_about_a_to_do_says_when_it_is_done(small_desk: Desk) -> None:
    with provider(Feishu) as chat:
        desk = by_chat(small_desk, chat)
        ann, now = desk.people["ann"].id, desk.clock()
        with desk.services.store.unit() as unit:
            title = Message("待办任务")
            new = Task(key="t", kind="todo", person=ann, title=title, opened_at=now)
            task = unit.tasks.open(new)
            text = NoticeText(text=title, kind="todo", task=task)
            notify(desk.services, unit, [ann], text, key="k")
        do_all(desk)
        finish_to_do(desk.services, desk.act("ann"), task)
        do_all(desk)
        (changed,) = chat.updates
        assert changed["id"] == f"om_{chat.taken[0]['uuid']}"
        assert "已处理" in changed["content"]


def test_who_is_asked_for_what_is_done_meanwhile_is_not_asked(small_desk: Desk) -> None:
    with provider(Feishu) as chat:
        desk = by_chat(small_desk, chat)
        ann, now = desk.people["ann"].id, desk.clock()
        with desk.services.store.unit() as unit:
            title = Message("待办任务")
            new = Task(key="t", kind="todo", person=ann, title=title, opened_at=now)
            task = unit.tasks.open(new)
            text = NoticeText(text=title, kind="todo", task=task)
            notify(desk.services, unit, [ann], text, key="k")
        finish_to_do(desk.services, desk.act("ann"), task)
        do_all(desk)
        assert chat.taken == []
        assert the_code(desk) == ("skipped", None)


def test_whose_number_leads_to_nobody_or_to_anothers_account_is_a_task_for_somebody(
    small_desk: Desk, chat: Any
) -> None:
    desk = by_chat(small_desk, chat)
    channel, admin = values(chat)[0], desk.people["admin"].id
    reachable(desk, "ben", phone="+8613700000000")
    reachable(desk, "sue", phone="+8613800000009")
    chat.members["13800000009"] = "zhang"

    def checked(key: str) -> list[str]:
        with desk.services.store.unit() as unit:
            unit.jobs.save("check_addresses", {"channel": channel}, desk.clock(), key=key)
        do_all(desk)
        with desk.services.store.reading() as unit:
            tasks = unit.tasks.of_person(admin, Asked(kinds=("todo",)))
        return [str(each.title) for each in tasks]

    (said,) = checked("first")
    assert all(name in said for name in ("3 位同事", "安静", "本田", "苏南"))
    assert checked("the same again") == [said]
    reachable(desk, "sue", phone="+8613800000002")
    (said,) = checked("one is right now")
    assert "1 位同事" in said
    reachable(desk, "ben", phone="+8613800000009")
    chat.members["13800000009"] = "wang"
    assert checked("all are right") == []


def test_a_channel_that_is_set_up_asks_every_day_for_everybody(small_desk: Desk) -> None:
    with provider(Wecom) as chat:
        desk = connected(small_desk, chat.port)
        reachable(desk, "ben", phone="+8613700000000")
        _, known, secrets = values(chat)
        act = desk.act("admin")
        assert not setting_up.set_up(desk.services, act, "wecom", {**known, **secrets}, active=True)
        do_all(desk)
        assert any("本田" in said for said in told(desk, "admin"))
        with desk.services.store.reading() as unit:
            waiting = unit.jobs.by_ids(unit.jobs.due(50, LATER))
        assert "check_addresses" in [job.kind for job in waiting]
