"""An administrator looks after people, roles and departments; nobody locks themselves out."""

from __future__ import annotations

import re

from tests.desk import PASSWORD, Desk
from tests.web.visitor import visitor


def _password(text: str) -> str:
    found: list[str] = re.findall(r'class="code">([^<]*)<', text)
    return found[1]


def test_a_new_person_signs_in_with_the_password_that_was_shown_once(small_desk: Desk) -> None:
    admin = visitor(small_desk, "admin")
    north = small_desk.people["ann"].department

    shown = admin.post(
        "/admin/people/new",
        **{"login": "dora", "name": "多拉", "department": north, "role:desk": "agent"},
    ).text
    dora = visitor(small_desk)

    assert dora.sign_in("dora", _password(shown)).status_code == 303
    assert dora.get("/a/desk/ticket/").status_code == 200
    assert dora.get("/admin/people").status_code == 403


def test_a_login_that_is_taken_is_refused_and_what_was_typed_stays(small_desk: Desk) -> None:
    admin = visitor(small_desk, "admin")

    answer = admin.post("/admin/people/new", login="ANN", name="另一个安")

    assert answer.status_code == 422
    assert "这个账号已被使用" in answer.text
    assert 'value="另一个安"' in answer.text


def test_an_employee_number_belongs_to_one_person(small_desk: Desk) -> None:
    admin = visitor(small_desk, "admin")
    ann, ben = (f"/admin/people/{small_desk.people[one].id}" for one in ("ann", "ben"))
    kept = {"active": "1", "role:desk": "agent"}
    admin.post(ann, login="ann", name="安静", number=" A-017 ", **kept)
    assert 'value="A-017"' in admin.get(ann).text
    assert "A-017" in admin.get("/admin/people?q=a-017").text

    answer = admin.post(ben, login="ben", name="本", number="A-017", **kept)
    assert answer.status_code == 422
    assert "这个工号是安静的" in answer.text


def test_switching_somebody_off_signs_them_out(small_desk: Desk) -> None:
    ann, admin = visitor(small_desk, "ann"), visitor(small_desk, "admin")
    id_ = small_desk.people["ann"].id

    admin.post(f"/admin/people/{id_}", login="ann", name="安静")

    assert ann.get("/").status_code == 303
    assert ann.sign_in("ann").status_code == 422


def test_roles_that_are_taken_away_are_gone_at_once(small_desk: Desk) -> None:
    ann, admin = visitor(small_desk, "ann"), visitor(small_desk, "admin")
    id_ = small_desk.people["ann"].id
    assert ann.get("/a/desk/ticket/").status_code == 200

    admin.post(f"/admin/people/{id_}", login="ann", name="安静", active="1")

    assert ann.get("/a/desk/ticket/").status_code == 403


def test_administrators_can_not_lock_themselves_out(small_desk: Desk) -> None:
    admin = visitor(small_desk, "admin")
    id_ = small_desk.people["admin"].id

    answer = admin.post(f"/admin/people/{id_}", login="admin", name="管理员", active="1")

    assert answer.status_code == 422
    assert "不能停用自己或取消自己的管理员权限" in answer.text
    assert admin.get("/admin/people").status_code == 200


def test_a_password_that_is_reset_replaces_the_old_one(small_desk: Desk) -> None:
    ann, admin = visitor(small_desk, "ann"), visitor(small_desk, "admin")

    shown = admin.post(f"/admin/people/{small_desk.people['ann'].id}/password").text

    assert ann.get("/").status_code == 303
    assert ann.sign_in("ann", PASSWORD).status_code == 422
    small_desk.clock.move(minutes=1)
    assert ann.sign_in("ann", _password(shown)).status_code == 303


def test_people_are_found_by_the_initials_of_their_names(small_desk: Desk) -> None:
    page = visitor(small_desk, "admin").get("/admin/people?q=bt").text

    assert "本田" in page
    assert "安静" not in page


def test_a_department_moves_with_its_parts_but_not_into_itself(small_desk: Desk) -> None:
    admin = visitor(small_desk, "admin")
    north = small_desk.people["ann"].department
    admin.post("/admin/departments", name="北一组", parent=north)
    with small_desk.services.store.reading() as unit:
        part = next(each for each in unit.people.departments.tree() if each.name == "北一组")

    into_itself = admin.post(f"/admin/departments/{north}", name="北区", parent=part.id)
    to_the_top = admin.post(f"/admin/departments/{north}", name="北方", parent="")

    assert "部门不能移到自己的下级部门里" in into_itself.text
    assert to_the_top.status_code == 303
    with small_desk.services.store.reading() as unit:
        assert part.id in unit.people.departments.with_below(str(north))


def test_one_changes_ones_own_password_and_stays_signed_in_only_here(small_desk: Desk) -> None:
    here, there = visitor(small_desk, "ann"), visitor(small_desk, "ann")

    wrong = here.post("/me/password", old="no", new="a new pass word", again="a new pass word")
    short = here.post("/me/password", old=PASSWORD, new="short", again="short")
    right = here.post("/me/password", old=PASSWORD, new="a new pass word", again="a new pass word")

    assert "现在的密码不正确" in wrong.text
    assert "密码要 10 到 256 个字符" in short.text
    assert right.status_code == 303
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303


def test_a_session_elsewhere_can_be_ended_but_not_that_of_another_person(small_desk: Desk) -> None:
    here, there = visitor(small_desk, "ann"), visitor(small_desk, "ann")
    ben = visitor(small_desk, "ben")
    key = re.findall(r'name="key" value="([^"]*)"', here.get("/me").text)[0]

    ben.post("/me/sessions/end", key=key)
    assert there.get("/").status_code == 200

    here.post("/me/sessions/end", key=key)
    assert there.get("/").status_code == 303
