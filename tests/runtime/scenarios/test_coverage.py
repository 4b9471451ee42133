"""Authors learn what none of their scenarios touched, on each database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from runtime.cli import main
from runtime.packages.starter import starter_files


def _app(place: Path, *, without: str = "") -> Path:
    for name, content in starter_files("needs", "申请", "某某").items():
        if name == "scenarios/request.yaml" and without:
            stories = content.decode().split("---\n")
            content = "---\n".join(one for one in stories if without not in one).encode()
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return place


def _untouched(folder: Path, *more: str) -> set[tuple[str, ...]]:
    done = CliRunner().invoke(main, ["app", "test", str(folder), "--json", *more])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert all(one["passed"] for one in told["scenarios"])
    assert told["coverage"]["parts"] == 8
    return {tuple(one["part"]) for one in told["coverage"]["untouched"]}


def test_scenarios_that_go_through_everything_leave_nothing(tmp_path: Path) -> None:
    assert _untouched(_app(tmp_path)) == set()


def test_what_no_scenario_goes_through_is_named_with_its_place(tmp_path: Path) -> None:
    folder = _app(tmp_path, without="等了两天")

    told = CliRunner().invoke(main, ["app", "test", str(folder), "--lang", "en"]).stdout

    assert "rules/waiting_long.yaml:1:1  The rule “Two days" in told
    assert "The rule “Two days without a decision” never went off" in told
    assert _untouched(folder) == {("rule", "waiting_long")}


def test_a_gate_that_was_never_found_shut_is_named(tmp_path: Path) -> None:
    assert _untouched(_app(tmp_path, without="没有批准的")) == {("shut", "request", "deciding")}


def test_an_approval_that_nobody_began_is_named(tmp_path: Path) -> None:
    found = _untouched(_app(tmp_path, without="办完才算完成"))

    assert ("step", "decision", "head") in found
    assert ("left", "request", "doing") in found


@pytest.mark.postgres
def test_scenarios_play_in_postgres_and_leave_nothing_there(
    tmp_path: Path, postgres_url: str
) -> None:
    import psycopg

    assert _untouched(_app(tmp_path), "--database", postgres_url) == set()

    with psycopg.connect(postgres_url.replace("postgresql+psycopg", "postgresql")) as connection:
        asked = "SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'scen%'"
        found = connection.execute(asked).fetchone()
    assert found == (0,)
