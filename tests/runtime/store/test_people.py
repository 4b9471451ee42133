from __future__ import annotations

from datetime import timedelta

import pytest

from runtime.store import Store
from runtime.store.departments import InsideItself
from runtime.store.idempotency import Done
from runtime.store.roles import RoleGrant
from runtime.store.sessions import needs_note
from runtime.store.unit import Unit
from tests.runtime.store.building import NOW

DAY = timedelta(days=1)


def _company(unit: Unit) -> None:
    places = unit.people.departments
    places.add("公司", NOW, id_="top")
    places.add("北区", NOW, id_="north", parent="top")
    places.add("南区", NOW, id_="south", parent="top")
    places.add("北一部", NOW, id_="north1", parent="north")
    unit.people.add("Ann", "安娜", NOW, id_="ann", department="north", phone="13812345678")
    unit.people.add("ben", "王建国", NOW, id_="ben", department="north1", manager="ann")
    unit.people.add("eve", "Eve", NOW, id_="eve")


def test_somebody_is_found_by_the_number_that_the_company_knows(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)
        unit.people.edit("ann", number="A-017")
        found = unit.people.by_number("A-017")
        actor = unit.people.actor("ann")
        assert found is not None
        assert found.id == "ann"
        assert [one.id for one in unit.people.list(search="a-017")] == ["ann"]
        assert actor is not None
        assert actor.as_user("plant")["number"] == "A-017"


def test_an_actor_has_the_departments_below_and_the_roles_of_those_above(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)
        for grant in (
            RoleGrant("person", "ann", "plant", "worker"),
            RoleGrant("department", "top", "plant", "reader"),
            RoleGrant("department", "south", "plant", "chief"),
            RoleGrant("department", "north1", "other", "worker"),
        ):
            unit.people.roles.give(grant)
            unit.people.roles.give(grant)

    with store.reading() as unit:
        ann, ben, eve = (unit.people.actor(id_) for id_ in ("ann", "ben", "eve"))

    assert ann is not None
    assert ben is not None
    assert eve is not None
    assert ann.departments == ("north", "north1")
    assert ann.roles == {"plant": frozenset({"worker", "reader"})}
    assert ben.departments == ("north1",)
    assert ben.roles == {"plant": frozenset({"reader"}), "other": frozenset({"worker"})}
    assert (eve.departments, eve.roles) == ((), {})


def test_somebody_who_left_is_no_actor(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)
        assert unit.people.edit("ann", active=False)

    with store.reading() as unit:
        assert unit.people.actor("ann") is None
        assert not unit.people.all_known(["ben", "ann"])
        assert unit.people.all_known(["ben"])
        assert [person.id for person in unit.people.list()] == ["eve", "ben"]
        assert len(unit.people.list(active=None)) == 3


@pytest.mark.parametrize("typed", ["王", "建国", "wjg", "WangJianGuo", "ben", "jian"])
def test_people_are_found_by_name_initials_and_login(store: Store, typed: str) -> None:
    with store.unit() as unit:
        _company(unit)

        assert [person.id for person in unit.people.list(search=typed)] == ["ben"]


def test_people_are_found_by_number_and_by_department_with_its_parts(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)

        assert [p.id for p in unit.people.list(search="5678")] == ["ann"]
        assert {p.id for p in unit.people.list(department="north")} == {"ann", "ben"}
        assert unit.people.list(search="100%") == ()


def test_a_login_is_the_same_in_capitals(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)
        unit.people.edit("ann", password_hash="h", name="安妮")

        found = unit.people.by_login(" ANN ")
        secret = unit.people.credentials("ann")
        assert found is not None
        assert secret is not None
        assert (found.id, found.name, secret.password_hash) == ("ann", "安妮", "h")
        assert [p.id for p in unit.people.list(search="an ni")] == ["ann"]


def test_a_role_is_played_by_people_and_by_whole_departments(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)
        unit.people.roles.give(RoleGrant("department", "north", "plant", "worker"))
        unit.people.roles.set_for("person", "eve", "plant", ["worker", "chief"])
        unit.people.roles.set_for("person", "eve", "plant", ["worker"])

        assert {p.id for p in unit.people.with_role("plant", "worker")} == {"ann", "ben", "eve"}
        assert unit.people.with_role("plant", "chief") == ()


def test_a_department_is_moved_with_all_its_parts(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)
        assert unit.people.departments.edit("north", parent="south")

        tree = [(d.id, d.depth) for d in unit.people.departments.tree()]
        assert tree == [("top", 0), ("south", 1), ("north", 2), ("north1", 3)]
        assert unit.people.departments.with_below("south") == ("south", "north", "north1")
        with pytest.raises(InsideItself):
            unit.people.departments.edit("south", parent="north1")


def test_departments_with_like_names_of_ids_are_told_apart(store: Store) -> None:
    with store.unit() as unit:
        for id_ in ("a", "ab", "a_"):
            unit.people.departments.add(id_, NOW, id_=id_)

        assert unit.people.departments.with_below("a") == ("a",)


def test_a_session_lives_until_it_is_over_idle_or_ended(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)
        secret = unit.sessions.begin("ann", NOW, 2 * DAY, agent="x")
        other = unit.sessions.begin("ann", NOW, 9 * DAY)

    with store.reading() as unit:
        found = unit.sessions.of(secret, NOW, DAY)
        assert found is not None
        assert secret not in str(found)
        assert not needs_note(found, NOW)
        assert needs_note(found, NOW + timedelta(minutes=6))
        assert unit.sessions.of("wrong", NOW, DAY) is None
        assert unit.sessions.of(secret, NOW + DAY, DAY) is None
        assert unit.sessions.of(secret, NOW + 2 * DAY, 9 * DAY) is None
        assert len(unit.sessions.of_person("ann", NOW)) == 2
    with store.unit() as unit:
        unit.sessions.seen(found, NOW + DAY)
        assert unit.sessions.of(secret, NOW + DAY, DAY) is not None
        unit.sessions.end_all("ann", except_key=found.key)
        assert unit.sessions.of(other, NOW, DAY) is None
        assert unit.sessions.of(secret, NOW + DAY, DAY) is not None
        assert unit.sessions.forget_expired(NOW + 3 * DAY) == 1


def test_a_session_ends_with_the_person(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)
        secret = unit.sessions.begin("ann", NOW, DAY)
        unit.people.edit("ann", active=False)

        assert unit.sessions.of(secret, NOW, DAY) is None


def test_a_token_works_until_it_expires_or_is_revoked(store: Store) -> None:
    with store.unit() as unit:
        _company(unit)
        secret = unit.tokens.add("ann", "script", NOW, NOW + DAY)
        found = unit.tokens.of(secret, NOW)
        assert found is not None
        assert found.person == "ann"
        assert secret not in str(found)
        assert unit.tokens.of(secret, NOW + DAY) is None
        assert unit.tokens.of("dg_x", NOW) is None
        unit.tokens.used(found.id, NOW.date())
        unit.tokens.revoke(found.id, NOW)

        (listed,) = unit.tokens.of_person("ann")
        assert unit.tokens.of(secret, NOW) is None
        assert (listed.used_on, listed.revoked_at) == (NOW.date(), NOW)


def test_an_act_is_remembered_for_its_person(store: Store) -> None:
    with store.unit() as unit:
        keys = unit.idempotency
        assert keys.claim("ann", "k", NOW, "digest") is None
        keys.remember("ann", "k", "r1")

        assert keys.claim("ann", "k", NOW, "other") == Done("r1", "digest")
        assert keys.claim("ben", "k", NOW, "digest") is None
        keys.forget("ben", "k")
        assert keys.forget_before(NOW + DAY) == 1
        assert keys.claim("ann", "k", NOW, "digest") is None
