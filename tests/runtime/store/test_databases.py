from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from runtime.store import Store, databases


def test_sqlite_keeps_what_was_committed_and_waits_for_others(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'deep' / 'workspace.db'}")
    with store.reading() as unit:
        found = {
            name: unit.connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    store.close()

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 30_000,
        "foreign_keys": 1,
    }


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_workspace_of_an_older_version_gets_the_columns_it_lacks(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    sqlite = f"sqlite:///{tmp_path / 'old.db'}"
    url = sqlite if kind == "sqlite" else str(request.getfixturevalue("postgres_url"))
    old = Store(url)
    with old.unit() as unit:
        unit.people.add("ann", "安娜", datetime(2026, 3, 2, tzinfo=UTC), id_="ann")
        unit.connection.execute(text("ALTER TABLE person DROP COLUMN number"))
    old.close()

    store = Store(url)
    with store.unit() as unit:
        unit.people.edit("ann", number="A-017")
        ann = unit.people.one("ann")
        assert ann is not None
        assert (ann.name, ann.number) == ("安娜", "A-017")
    store.close()


@pytest.mark.postgres
def test_a_server_that_went_away_while_nobody_asked_is_found_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "RESTED", 0.0)
    store = Store(postgres_url)
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

        with store.unit() as unit:
            assert not unit.people.anybody()
    store.close()


@pytest.mark.postgres
def test_two_workspaces_of_one_database_do_not_see_each_other(postgres_url: str) -> None:
    one, two = Store(f"{postgres_url}?schema=one"), Store(f"{postgres_url}?schema=two")
    with one.unit() as unit:
        unit.records.next_number("n")

    with two.unit() as unit:
        assert unit.records.next_number("n") == 1
    one.close()
    two.close()


def test_a_reading_unit_can_not_write(store: Store) -> None:
    with pytest.raises(Exception, match=r"read-?only"), store.reading() as unit:
        unit.records.next_number("n")


@pytest.mark.postgres
def test_a_process_can_join_while_another_one_writes(postgres_url: str) -> None:
    first = Store(postgres_url)
    with psycopg.connect(postgres_url) as writing:
        writing.execute("SET search_path = dougong")
        writing.execute("LOCK TABLE event IN ROW EXCLUSIVE MODE")
        Store(postgres_url).close()

    with (
        psycopg.connect(postgres_url) as other,
        pytest.raises(psycopg.errors.RaiseException, match="never changed"),
    ):
        other.execute("TRUNCATE dougong.event CASCADE")
    first.close()
