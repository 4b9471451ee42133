"""Whatever is asked of a list or of totals: never an error of ours, always what the model says."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient

from runtime.app import build_app
from runtime.passwords import Passwords
from runtime.workspace.accounts import new_token
from runtime.workspace.people_file import add_people, read_people
from tests.services.postgres import fresh_database
from tests.targets.questions import Model, Question, alike, question
from tests.targets.world import World, world

FIXED = 20261122
ASKED = int(os.environ.get("QUESTIONS") or 1_000)
"""How many questions are asked of each database; half of them are the same ones each time."""
RECORDS = 200
PEOPLE = """
departments:
  - {code: all, name: 全体}
people:
  - {login: keeper, name: 保管员, department: all, roles: {zoo: [keeper]}}
"""
ROOT = "/api/v1/apps/zoo/forms/thing"


class Asking:
    """A person who asks, and the model that knows the answers."""

    def __init__(self, zoo: World, http: FlaskClient, token: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"}
        self.model = Model(zoo)

    def differs(self, asked: Question) -> str:
        """Return in which way an answer is not that of the model; nothing if it is."""
        return self._groups(asked) if asked.measures else self._list(asked)

    def _list(self, asked: Question) -> str:
        wanted = self.model.sorted(asked)
        found: list[str] = []
        after = None
        while True:
            body = self._get("records", asked, sort=",".join(asked.sort), limit=90, after=after)
            if isinstance(body, str):
                return body
            found += [record["id"] for record in body["records"]]
            after = body["next"]
            if after is None:
                break
        return "" if found == wanted else f"{asked}: {len(found)} records, not {len(wanted)}"

    def _groups(self, asked: Question) -> str:
        by, measures = ",".join(asked.by), ",".join(asked.measures)
        body = self._get("aggregate", asked, by=by, measures=measures)
        if isinstance(body, str):
            return body
        wanted = self.model.groups(asked)
        ours = {tuple(group[key] for key in asked.by): group for group in body["groups"]}
        if ours.keys() != wanted.keys():
            return f"{asked}: groups {sorted(map(str, ours))}, not {sorted(map(str, wanted))}"
        for key, group in wanted.items():
            for measure, value in group.items():
                if not alike(ours[key][measure], value):
                    return f"{asked}: {measure} of {key} is {ours[key][measure]}, not {value}"
        return ""

    def _get(self, what: str, asked: Question, **more: Any) -> Any:
        query = {name: value for name, value in more.items() if value}
        if asked.where is not None:
            query["filter"] = json.dumps(asked.where)
        answer = self._http.get(f"{ROOT}/{what}", query_string=query, headers=self._headers)
        if answer.status_code != 200:
            return f"{asked}: {answer.status_code} {answer.text}"
        return answer.get_json()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def asking(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asking]:
    with ExitStack() as stack:
        url = None
        if request.param == "postgresql":
            url = stack.enter_context(fresh_database(request.getfixturevalue("postgres_server")))
        folder = tmp_path_factory.mktemp("zoo")
        zoo = stack.enter_context(world(folder, url, FIXED, RECORDS))
        hashed = Passwords(time_cost=1, memory_kib=1024).hash("a password for tests")
        with zoo.services.store.unit() as unit:
            add_people(unit, read_people(PEOPLE, "people.yaml"), hashed, zoo.env.now)
        token = new_token(zoo.services, "keeper", "test")
        assert token is not None
        yield Asking(zoo, build_app(zoo.services).test_client(), token)


@pytest.mark.parametrize("seed", [FIXED, None])
def test_every_question_gets_the_answer_of_the_model(asking: Asking, seed: int | None) -> None:
    seed = seed or time.time_ns()
    chance = Random(seed)
    questions = [question(chance) for _ in range(ASKED // 2)]

    differences = [said for asked in questions if (said := asking.differs(asked))]

    assert differences == [], f"seed {seed}"
