"""What do options mean that look at the moment, at other values or at files?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.field import NotAcceptable
from engine.record import StoredFile
from tests.builders import NOW, env_of, field_of


@pytest.mark.parametrize(
    ("only", "day", "said"),
    [
        ("past", "2026-11-21", "应早于今天（2026-11-21）"),
        ("past_or_today", "2026-11-22", "不能晚于今天（2026-11-21）"),
        ("today_or_future", "2026-11-20", "不能早于今天（2026-11-21）"),
        ("future", "2026-11-21", "应晚于今天（2026-11-21）"),
    ],
)
def test_a_date_keeps_to_its_side_of_today(only: str, day: str, said: str) -> None:
    field = field_of("date", only=only)
    value = field.read(day)

    assert str(field.objection(value, {}, env_of(), None)) == said
    assert field.objection(value, {}, env_of(), value) is None
    assert field_of("date").objection(value, {}, env_of(), None) is None


@pytest.mark.parametrize(("only", "hours"), [("past", 1), ("future", -1)])
def test_a_moment_keeps_to_its_side_of_now(only: str, hours: int) -> None:
    field = field_of("datetime", only=only)
    wrong: datetime = NOW + timedelta(hours=hours)
    right = NOW - timedelta(hours=hours)

    assert field.contextual
    assert field.objection(wrong, {}, env_of(), None) is not None
    assert field.objection(wrong, {}, env_of(), wrong) is None
    assert field.objection(right, {}, env_of(), None) is None


def test_a_person_is_of_the_own_department() -> None:
    env = env_of(department="d1", departments=("d1", "d11"))
    same, below, other = ({"field.": {"department": one}} for one in ("d1", "d11", "d2"))

    near, tree = field_of("person", within="department"), field_of("person", within="tree")

    assert near.objection("p2", same, env, None) is None
    assert str(near.objection("p2", below, env, None)) == "只能选本部门的人员"
    assert near.objection("p2", below, env, "p2") is None
    assert tree.objection("p2", below, env, None) is None
    assert str(tree.objection("p2", other, env, None)) == "只能选本部门的人员"
    assert tree.follows() == ("department",)
    assert not field_of("person").contextual


def test_a_department_is_the_own_one_or_below() -> None:
    field, env = field_of("department", within="tree"), env_of(departments=("d1", "d11"))

    assert field.objection("d11", {}, env, None) is None
    assert str(field.objection("d2", {}, env, None)) == "只能选本部门或下级部门"
    assert field.objection("d2", {}, env, "d2") is None


def test_a_reference_leads_to_a_record_that_fits() -> None:
    field = field_of("reference", to="device", match={"site": "place"})
    good = {"field.": {"site": "s1"}, "place": "s1"}

    assert field.follows() == ("site",)
    assert field.objection("r1", good, env_of(), None) is None
    elsewhere = {**good, "place": "s2"}
    assert (
        str(field.objection("r1", elsewhere, env_of(), "r1"))
        == "所选记录与其他内容不符，请重新选择"
    )


def test_where_references_lead_is_known_to_expressions() -> None:
    assert field_of("reference", to="device").feel_type().form == "device"
    items = field_of("reference_list", to="other.device").feel_type().item
    assert items is not None
    assert items.form == "other.device"


def _file(type_: str, size: int) -> StoredFile:
    return StoredFile(
        id="f1", name=f"x.{type_}", type=type_, media_type="", size=size, sha256="",
        uploaded_at=NOW, uploaded_by=None,
    )  # fmt: skip


def test_files_are_of_an_accepted_type_and_size() -> None:
    field = field_of("file", types=["pdf", "jpeg"], megabytes=1)

    assert field.refusal_of(_file("pdf", 1024)) is None
    assert field.refusal_of(_file("jpg", 1024)) is None
    assert str(field.refusal_of(_file("exe", 1))) == "不接受 exe 文件，可用：pdf、jpeg"
    assert str(field.refusal_of(_file("pdf", 2**20 + 1))) == "文件不能超过 1 MB"
    assert field_of("file").refusal_of(_file("anything", 20 * 2**20)) is None


def test_images_are_pictures() -> None:
    assert field_of("image").refusal_of(_file("jpg", 1)) is None
    assert field_of("image").refusal_of(_file("pdf", 1)) is not None
    assert field_of("image", types=["png"]).refusal_of(_file("jpg", 1)) is not None
    assert field_of("image", megabytes=1).refusal_of(_file("png", 2**20 + 1)) is not None


def test_a_signature_is_one_small_drawing() -> None:
    field = field_of("signature", megabytes=2)

    assert field.refusal_of(_file("png", 2 * 2**20)) is None
    assert field.refusal_of(_file("png", 2 * 2**20 + 1)) is not None
    assert field.refusal_of(_file("jpg", 1)) is not None
    with pytest.raises(NotAcceptable):
        field.parse_all(("a", "b"))


def test_nothing_else_takes_files() -> None:
    assert str(field_of("text").refusal_of(_file("png", 1))) == "这里不能放文件"


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T02:29:52Z",
        "2026-11-22T02:29:52.276Z",
        "2026-11-22T02:29:52.276067+00:00",
        "2026-11-22T10:29:52+08:00",
    ],
)
def test_a_moment_is_read_however_programs_write_it(text: str) -> None:
    assert field_of("datetime", precision="second").read(text) == datetime(
        2026, 11, 22, 2, 29, 52, tzinfo=UTC
    )
