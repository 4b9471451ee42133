from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.client import Client, client_of
from tests.desk import open_desk

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder: Path = tmp_path_factory.mktemp("described")
    with open_desk(folder) as desk:
        client: Client = client_of(desk)
        desk.ticket("ann")
        token = client.get("/forms/ticket/records").request.headers["Authorization"]
        app = client.http.application
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
        schema.config.update(headers={"Authorization": token})
        yield schema


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=30,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described_whatever_is_sent(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=list(CHECKS))
