"""A list that makes the database work too much is named, until the index is declared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.access.sight import SEES_ALL
from engine.expressions import Env
from runtime.cli import main
from runtime.store.query import Query
from runtime.store.query.plans import way_of
from runtime.use_cases.advise_indexes import advise_indexes
from tests.desk import FILES, TICKET, Desk, open_desk

VIEW = """
list:
  views:
    - {id: by_cause, label: 同因, where: [{field: cause, op: "=", value: x}], sort: [due]}
    - {id: written, label: 写的, where: 'cause = "x" and cost > 5', sort: [due]}
access:
"""
INDEX = "indexes:\n  - {fields: [owner, cause, due]}\n  - {fields: [cause, due]}\n"


@contextmanager
def desk_with(text: str, folder: Path, url: str | None) -> Iterator[Desk]:
    form = TICKET.replace("access:\n", text, 1)
    with open_desk(folder, url, {**FILES, "forms/ticket.yaml": form.encode()}) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


def test_a_view_without_an_index_is_named_with_what_to_write(
    tmp_path: Path, url: str | None
) -> None:
    with desk_with(VIEW, tmp_path, url) as desk:
        found = {advice.columns: advice for advice in advise_indexes(desk.services)}

    assert set(found) == {("owner", "cause", "due"), ("cause", "due")}
    assert found["cause", "due"].yaml == "- {fields: [cause, due]}"
    assert len(found["owner", "cause", "due"].asked) == 2


def test_with_the_index_there_is_nothing_to_say(tmp_path: Path, url: str | None) -> None:
    with desk_with(INDEX + VIEW.lstrip("\n"), tmp_path, url) as desk:
        assert advise_indexes(desk.services) == ()


def test_forms_with_few_records_are_left_alone(tmp_path: Path) -> None:
    with desk_with(VIEW, tmp_path, None) as desk:
        desk.ticket()

        assert advise_indexes(desk.services, least=2) == ()
        assert advise_indexes(desk.services, least=1) != ()


def test_the_command_says_it_in_both_languages_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk_with(VIEW, tmp_path, None):
        pass
    monkeypatch.setenv("HOME_DIR", str(tmp_path))

    said = [
        CliRunner().invoke(main, ["doctor", "--records", "0", "--lang", lang])
        for lang in ("zh", "en")
    ]

    assert [one.exit_code for one in said] == [1, 1]
    assert "desk/forms/ticket.yaml" in said[0].output
    assert "- {fields: [cause, due]}" in said[0].output
    assert "Add under indexes" in said[1].output


def test_equal_values_of_an_index_are_not_sorted_among_themselves(
    tmp_path: Path, url: str | None
) -> None:
    with desk_with("indexes: [{fields: [owner, due]}]\naccess:\n", tmp_path, url) as desk:
        ann, now = desk.people["ann"], desk.services.now()
        env = Env(today=desk.services.today(now), now=now)
        wanted = Query(
            form=desk.form("ticket"), sight=SEES_ALL, actor=ann, env=env,
            only={"owner": ann.id}, sort=("-due",), columns=(),
        )  # fmt: skip
        with desk.services.store.reading() as unit:
            plan = way_of(unit, wanted).plan

    assert any("due" in line for line in plan)
    assert [line for line in plan if "TEMP B-TREE" in line or "Sort" in line] == []
