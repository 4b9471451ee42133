"""Who gets in, how long they stay, and what is lost when they must come back: nothing."""

from __future__ import annotations

import pyotp

from runtime.web.security import safe_next
from tests.desk import PASSWORD, Desk
from tests.web.visitor import visitor


def test_the_right_password_leads_to_where_one_wanted_to_go(small_desk: Desk) -> None:
    guest = visitor(small_desk)

    turned_away = guest.get("/a/desk/ticket/?view=all")
    guest.get(turned_away.headers["Location"])
    let_in = guest.post("/sign-in", login="ann", password=PASSWORD, next="/a/desk/ticket/?view=all")

    assert turned_away.headers["Location"] == "/sign-in?next=/a/desk/ticket/?view%3Dall"
    assert let_in.headers["Location"] == "/a/desk/ticket/?view=all"
    assert guest.get("/a/desk/ticket/?view=all").status_code == 200


def test_an_unknown_login_and_a_wrong_password_read_the_same(small_desk: Desk) -> None:
    unknown = visitor(small_desk).sign_in("nobody")
    wrong = visitor(small_desk).sign_in("ann", "not the password")

    assert (unknown.status_code, wrong.status_code) == (422, 422)
    assert "账号或密码不正确" in unknown.text
    assert "账号或密码不正确" in wrong.text


def test_a_person_who_was_switched_off_is_out_at_once_and_stays_out(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    with small_desk.services.store.unit() as unit:
        unit.people.edit(small_desk.people["ann"].id, active=False)

    assert ann.get("/").status_code == 303
    assert ann.sign_in("ann").status_code == 422


def test_each_wrong_try_makes_the_next_wait_longer(small_desk: Desk) -> None:
    guest = visitor(small_desk)
    for _ in range(5):
        guest.sign_in("ann", "wrong")

    early = guest.sign_in("ann")
    small_desk.clock.move(seconds=3)
    in_time = guest.sign_in("ann")

    assert "尝试次数过多，请 2 秒后再试" in early.text
    assert in_time.status_code == 303


def test_all_web_processes_count_together_and_a_restart_forgets_nothing(small_desk: Desk) -> None:
    for _ in range(6):
        visitor(small_desk).sign_in("ann", "wrong")  # each is served by an application of its own

    assert "尝试次数过多" in visitor(small_desk).sign_in("ann").text
    database = small_desk.services.settings.home / "dougong.db"
    with small_desk.services.store.reading() as unit:
        assert unit.failed_tries.of(["login:ann"])[0].count == 5
    assert all(b"login:ann" not in each.read_bytes() for each in database.parent.glob("*.db*"))


def test_the_wait_holds_for_the_account_from_another_address_too(small_desk: Desk) -> None:
    guest = visitor(small_desk)
    for _ in range(6):
        guest.sign_in("ann", "wrong")

    guest.get("/sign-in")
    elsewhere = guest.client.post(
        "/sign-in",
        data={"csrf_token": guest.csrf, "login": "ann", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "203.0.113.7"},
    )

    assert "尝试次数过多" in elsewhere.text


def test_signing_in_gives_a_new_session_and_ends_the_old_one(small_desk: Desk) -> None:
    guest = visitor(small_desk, "ann")
    first = guest.client.get_cookie("session")
    guest.post("/sign-out")
    guest.sign_in("ann")
    second = guest.client.get_cookie("session")
    assert first is not None
    assert second is not None

    guest.client.set_cookie("session", first.value)

    assert first.value != second.value
    assert guest.get("/").status_code == 303


def test_the_cookie_can_not_be_read_by_scripts_nor_sent_by_other_sites(small_desk: Desk) -> None:
    guest = visitor(small_desk)
    answer = guest.sign_in("ann")

    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if "session=" in each)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_session_ends_after_eight_idle_hours_or_seven_days(small_desk: Desk) -> None:
    idle = visitor(small_desk, "ann")
    small_desk.clock.move(hours=9)
    assert idle.get("/").status_code == 303

    busy = visitor(small_desk, "ben")
    for _ in range(27):
        small_desk.clock.move(hours=6)
        assert busy.get("/").status_code == 200
    small_desk.clock.move(hours=7)
    assert busy.get("/").status_code == 303


def test_with_one_time_codes_the_password_alone_is_not_enough(small_desk: Desk) -> None:
    secret = pyotp.random_base32()
    with small_desk.services.store.unit() as unit:
        unit.people.edit(small_desk.people["ann"].id, totp_secret=secret)
    guest = visitor(small_desk)

    asked = guest.sign_in("ann")
    proved = asked.text.split('name="proved" value="')[1].split('"')[0]
    wrong = guest.post("/sign-in", proved=proved, code="000000")
    code = pyotp.TOTP(secret).at(small_desk.clock())
    right = guest.post("/sign-in", proved=proved, code=code)

    assert guest.client.get_cookie("session") is not None
    assert PASSWORD not in asked.text
    assert "动态码不正确或已过期" in wrong.text
    assert right.status_code == 303


def test_what_was_typed_into_a_form_survives_the_end_of_the_session(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    small_desk.clock.move(hours=9)

    refused = ann.post("/a/desk/ticket/new", name="打印机冒烟", cause="太热")
    ann.csrf = refused.text.split('name="csrf_token" value="')[1].split('"')[0]
    again = ann.post(
        "/sign-in",
        **{
            "login": "ann",
            "password": PASSWORD,
            "next": "/a/desk/ticket/new",
            "_typed": "1",
            "_typed:name": "打印机冒烟",
            "_typed:cause": "太热",
        },
    )

    assert refused.status_code == 401
    assert 'name="_typed:name" value="打印机冒烟"' in refused.text
    assert 'action="/a/desk/ticket/new"' in again.text
    assert 'name="name" value="打印机冒烟"' in again.text
    assert 'name="cause" value="太热"' in again.text


def test_a_module_of_a_page_is_told_401_and_gets_a_new_token(small_desk: Desk) -> None:
    guest = visitor(small_desk)
    guest.get("/sign-in")

    refused = guest.client.get("/a/desk/ticket/", headers={"X-Panel": "1"})
    answer = guest.post("/sign-in", login="ann", password=PASSWORD, headers={"X-Panel": "1"})

    assert refused.status_code == 401
    assert set(answer.get_json()) == {"csrf"}


def test_only_paths_of_ours_are_gone_to_afterwards() -> None:
    assert safe_next("/a/desk/ticket/?q=1") == "/a/desk/ticket/?q=1"
    foreign = (
        None,
        "",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "/\t/evil.example",
    )
    for place in foreign:
        assert safe_next(place) == "/"


def test_the_sign_in_page_speaks_english_when_asked(small_desk: Desk) -> None:
    guest = visitor(small_desk)
    guest.get("/sign-in")

    guest.post("/sign-in/language", locale="en")

    assert "Sign in with your work account" in guest.get("/sign-in").text
