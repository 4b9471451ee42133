"""A press of a button in a chat decides, once, for who pressed it; nobody else can say it did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from runtime.limits import MESSAGE_BYTES, WRONG_MESSAGES
from tests.runtime.effects.posting import reachable, set_up
from tests.services.fakes import pressing
from tests.services.fakes.providers import Dingtalk, Feishu, Wecom
from tests.web.chatting import BOSS, FREELY, PHONE, REVIEW, Chat, afresh, note, opened


@pytest.fixture(
    scope="module",
    params=[Wecom, Feishu, Dingtalk],
    ids=lambda kind: kind.__name__.lower(),
)
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Each of the three, where the boss may agree with one press but must say why not."""
    with opened(tmp_path_factory.mktemp("chat"), request.param) as made:
        yield made


@pytest.fixture(scope="module")
def wecom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """One of them, for what holds for it alone."""
    with opened(tmp_path_factory.mktemp("wecom"), Wecom) as made:
        yield made


@pytest.fixture
def chat(shared: Chat) -> Chat:
    """The same, as if nothing had happened before."""
    return afresh(shared)


def _json(answer: TestResponse) -> Any:
    return json.loads(answer.data)


def texts(card: dict[str, Any]) -> str:
    return json.dumps(card, ensure_ascii=False)


def test_one_press_agrees_and_the_card_says_so(chat: Chat) -> None:
    approval, card = chat.asked()
    assert "同意" in texts(card)
    answer = chat.press(card, "li", "agree").to(chat.client())
    assert answer.status_code == 200
    assert chat.office.now(approval).outcome == "agreed"
    (changed,) = chat.settle()
    assert "已处理" in texts(changed)
    assert '"verb"' not in texts(changed)
    assert "template_card_event" not in texts(changed)
    with chat.office.services.store.reading() as unit:
        record = approval.record
        events = unit.events.of_record(chat.office.form(), record)
    by_card = {each.actor for each in events if each.door == "card"}
    assert chat.office.people[BOSS].id in by_card


def test_wecom_changes_the_card_by_the_code_of_the_press(wecom: Chat) -> None:
    chat = afresh(wecom)
    _, card = chat.asked()
    code = f"pressed-{card['template_card']['task_id']}"
    told = chat.press(card, "li", "agree")
    chat.provider.codes = {code}
    told.to(chat.client())
    (changed,) = chat.settle()
    assert changed["response_code"] == code


def test_a_card_that_takes_no_change_any_more_is_followed_by_a_message(wecom: Chat) -> None:
    chat = afresh(wecom)
    approval, card = chat.asked()
    told = chat.press(card, "li", "agree")
    chat.provider.codes = set()
    told.to(chat.client())
    assert chat.settle() == []
    assert "已处理" in texts(chat.provider.taken[-1])
    assert chat.office.now(approval).outcome == "agreed"


def test_the_same_press_told_often_is_one_decision(chat: Chat) -> None:
    approval, card = chat.asked()
    told = chat.press(card, "li", "agree")
    answers = [told.to(chat.client()) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    done = chat.office.kinds(approval.record)
    assert done.count("approval.agree") == 1
    chat.settle()
    again = chat.press(card, "li", "agree").to(chat.client())
    assert again.status_code == 200
    assert chat.office.kinds(approval.record) == done


def test_the_same_press_told_by_many_at_once_is_one_decision(wecom: Chat) -> None:
    chat = afresh(wecom)
    approval, card = chat.asked()
    told = chat.press(card, "li", "agree")
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: told.to(chat.client()).status_code, range(16)))
    assert set(statuses) == {200}
    assert chat.office.kinds(approval.record).count("approval.agree") == 1


def test_what_is_not_signed_by_the_provider_does_nothing(chat: Chat) -> None:
    approval, card = chat.asked()
    good = chat.press(card, "li", "agree")
    client = chat.client()
    forged = [
        good.but(query={}, headers={}),
        good.but(query={**good.query, "msg_signature": "0" * 40}, headers={
            name: "0" * 40 if "ignature" in name and "imestamp" not in name else text
            for name, text in good.headers.items()
        }),
        good.but(body=b""),
        good.but(body=b"{}" if good.headers else b"<xml></xml>"),
        good.but(path="/in/nothing"),
        good.but(path="/in/mail"),
        good.but(method="GET"),
    ]  # fmt: skip
    answers = [each.to(client) for each in forged]
    assert {(answer.status_code, answer.data) for answer in answers} == {(401, b"")}
    assert chat.office.now(approval).state == "running"
    assert good.to(client).status_code == 200


def test_no_bit_of_what_is_signed_can_be_changed(chat: Chat) -> None:
    approval, card = chat.asked()
    good, client = chat.press(card, "li", "agree"), chat.client()
    for place in _signed_places(chat, good.body):
        bad = bytearray(good.body)
        bad[place] ^= 1
        good.but(body=bytes(bad)).to(client)
        afresh(chat)
        note(chat, BOSS, "li", PHONE)
    assert chat.office.now(approval).state == "running"
    assert good.to(client).status_code == 200
    assert chat.office.now(approval).outcome == "agreed"


def _signed_places(chat: Chat, body: bytes) -> list[int]:
    """Return some places of what a provider vouches for: WeCom for what is sealed, Feishu for
    everything, DingTalk for nothing but the moment; there our tickets do it."""
    begin, end = 0, len(body)
    if isinstance(chat.provider, Wecom):
        begin, end = body.index(b"<Encrypt>") + 18, body.index(b"]]></Encrypt>")
    if isinstance(chat.provider, Dingtalk):
        begin = body.index(b"ticket") + 13
        end = begin + 64
    return [*range(begin, end, max(1, (end - begin) // 20))]


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_press_of_another_time_does_nothing(chat: Chat, minutes: int) -> None:
    approval, card = chat.asked()
    told = chat.press(card, "li", "agree")
    chat.office.clock.move(minutes=minutes)
    assert told.to(chat.client()).status_code == 401
    assert chat.office.now(approval).state == "running"


def test_only_the_one_to_whom_the_card_was_sent_decides(chat: Chat) -> None:
    approval, card = chat.asked()
    reachable(chat.office, "ann", phone="+8613800000001")
    note(chat, "ann", "zhang", "+8613800000001")
    for who in ("zhang", "nobody", ""):
        chat.press(card, who, "agree").to(chat.client())
    assert chat.office.now(approval).state == "running"


def test_an_account_that_two_people_share_decides_nothing(chat: Chat) -> None:
    approval, card = chat.asked()
    note(chat, "ann", "li", PHONE)
    chat.press(card, "li", "agree").to(chat.client())
    assert chat.office.now(approval).state == "running"


def test_whose_number_changed_since_is_not_taken_for_who_had_it(chat: Chat) -> None:
    approval, card = chat.asked()
    reachable(chat.office, BOSS, phone="+8613900000000")
    chat.press(card, "li", "agree").to(chat.client())
    assert chat.office.now(approval).state == "running"


def test_who_left_decides_nothing(chat: Chat) -> None:
    approval, card = chat.asked()
    reachable(chat.office, BOSS, active=False)  # type: ignore[arg-type]  # a flag
    chat.press(card, "li", "agree").to(chat.client())
    assert chat.office.now(approval).state == "running"


def test_a_press_does_no_more_than_the_card_offers(chat: Chat) -> None:
    approval, card = chat.asked()
    for verb in ("return", "transfer", "take_back", ""):
        try:
            told = chat.press(card, "li", verb)
        except (KeyError, ValueError):
            continue  # the card has no such button to press
        chat.office.clock.move(seconds=1)
        told.to(chat.client())
    assert chat.office.now(approval).state == "running"


def test_a_refusal_that_needs_words_is_not_offered_and_not_taken(wecom: Chat) -> None:
    chat = afresh(wecom)
    approval, card = chat.asked()
    assert '"key": "refuse"' not in texts(card)
    chat.press(card, "li", "refuse").to(chat.client())
    assert chat.office.now(approval).state == "running"
    assert any("没有成功" in each for each in chat.office.told(BOSS))


def test_a_refusal_without_words_is_one_press_too(tmp_path: Path) -> None:
    with opened(tmp_path, Feishu, more={REVIEW: FREELY}) as chat:
        approval, card = chat.asked()
        answer = chat.press(card, "li", "refuse").to(chat.client())
        assert _json(answer)["toast"] == {"type": "success", "content": "您已不同意"}
        assert chat.office.now(approval).outcome == "refused"


def test_who_comes_too_late_is_told_so(tmp_path: Path) -> None:
    with opened(tmp_path, Feishu) as chat:
        approval, card = chat.asked()
        chat.office.decide(approval, BOSS, "agree")
        answer = chat.press(card, "li", "agree").to(chat.client())
        assert _json(answer)["toast"] == {"type": "error", "content": "这个审批已通过，不能再处理"}


def test_a_card_answers_in_the_language_of_who_pressed(tmp_path: Path) -> None:
    with opened(tmp_path, Feishu) as chat:
        with chat.office.services.store.unit() as unit:
            unit.people.edit(chat.office.people[BOSS].id, locale="en")
        _, card = chat.asked()
        answer = chat.press(card, "li", "agree").to(chat.client())
        assert _json(answer)["toast"] == {"type": "success", "content": "You agreed"}
        (changed,) = chat.settle()
        assert "Done" in texts(changed)
        approval, card = chat.asked()
        chat.office.decide(approval, BOSS, "agree")
        late = _json(chat.press(card, "li", "agree").to(chat.client()))["toast"]
        assert late["type"] == "error"
        assert late["content"].startswith("This approval has been")


def test_the_provider_learns_that_the_address_is_ours(chat: Chat) -> None:
    told = chat.ask()
    if told is None:
        chat.asked()
        route = chat.provider.routes["dougong"]
        assert route["callbackUrl"] == "https://desk.example.com/in/dingtalk"
        return
    answer = told.to(chat.client())
    assert answer.status_code == 200
    assert "1616140" in answer.text
    chat.office.clock.move(minutes=6)
    if isinstance(chat.provider, Wecom):
        assert told.to(chat.client()).status_code == 401


def test_what_is_sealed_for_another_company_is_not_for_us(wecom: Chat) -> None:
    chat = afresh(wecom)
    told = pressing.wecom_told("<xml></xml>", chat.office.clock(), "ww0123", "ww9999")
    assert told.to(chat.client()).status_code == 401


def test_other_news_of_the_provider_is_taken_and_changes_nothing(wecom: Chat) -> None:
    chat = afresh(wecom)
    news = "<xml><Event><![CDATA[subscribe]]></Event></xml>"
    told = pressing.wecom_told(news, chat.office.clock(), chat.provider.CORP)
    answer = told.to(chat.client())
    assert (answer.status_code, answer.data) == (200, b"")


def test_a_channel_that_is_not_set_up_to_listen_believes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, Wecom) as chat:
        _, card = chat.asked()
        known = {"corp": chat.provider.CORP, "agent": str(chat.provider.AGENT)}
        set_up(chat.office, "wecom", {**known, "host": chat.provider.url}, secret=Wecom.SECRET)
        assert chat.press(card, "li", "agree").to(chat.client()).status_code == 401
        _, plain = chat.asked()
        assert '"type": 0' not in texts(plain)


def test_whoever_keeps_forging_has_to_wait_and_learns_nothing(wecom: Chat) -> None:
    chat = afresh(wecom)
    _, card = chat.asked()
    good, client = chat.press(card, "li", "agree"), chat.client()
    bad = good.but(query={**good.query, "nonce": "another"})
    statuses = [bad.to(client).status_code for _ in range(WRONG_MESSAGES + 3)]
    assert statuses[:WRONG_MESSAGES] == [401] * WRONG_MESSAGES
    assert statuses[-1] == 429
    refused = good.to(chat.client())
    assert (refused.status_code, refused.data) == (429, b"")
    chat.office.clock.move(minutes=2)
    assert chat.press(card, "li", "agree").to(client).status_code == 200


def test_what_is_too_long_is_not_even_read(chat: Chat) -> None:
    _, card = chat.asked()
    good = chat.press(card, "li", "agree")
    assert good.but(body=good.body + b" " * MESSAGE_BYTES).to(chat.client()).status_code == 401
