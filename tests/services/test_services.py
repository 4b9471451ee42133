from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from redis import Redis

from tests.services.postgres import fresh_database
from tests.services.processes import found

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_each_test_has_a_database_of_its_own(postgres_server: str, postgres_url: str) -> None:
    with fresh_database(postgres_server) as other, psycopg.connect(postgres_url) as mine:
        mine.execute("CREATE TABLE here (id int)")
        mine.commit()

        with psycopg.connect(other) as theirs:
            row = theirs.execute("SELECT to_regclass('here')").fetchone()

    assert row == (None,)


def test_redis_is_empty_and_answers(redis_url: str) -> None:
    with Redis.from_url(redis_url) as client:
        client.set("a", "1")

        assert client.keys() == [b"a"]


def test_the_browser_shows_chinese_on_a_phone(phone: Page) -> None:
    phone.set_content('<meta name="viewport" content="width=device-width"><p>商机已推进</p>')

    assert phone.get_by_text("商机已推进").is_visible()
    assert phone.evaluate("innerWidth") == 390


def test_a_missing_program_is_named_with_its_package() -> None:
    with pytest.raises(RuntimeError, match="apt-get install nothing-doing"):
        found("no-such-program-here", package="nothing-doing")
