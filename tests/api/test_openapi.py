from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from engine.loading.load import load_app
from runtime.web.api.openapi import openapi
from tests.api.client import client_of
from tests.desk import FILES, open_desk

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 20


@cache
def operations() -> tuple[str, ...]:
    described = openapi([load_app(FILES)], "en")
    return tuple(
        f"{method.upper()} {path}" for path, ways in described["paths"].items() for method in ways
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[BaseSchema, str, str]]:
    with open_desk(tmp_path_factory.mktemp("served")) as desk:
        client = client_of(desk)
        record = desk.ticket("ann")
        token = client.get("/forms/ticket/records").request.headers["Authorization"]
        app = client.http.application
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app), token, record.id


@pytest.mark.parametrize("operation", operations())
def test_every_answer_is_as_described_whatever_is_sent(
    served: tuple[BaseSchema, str, str], operation: str
) -> None:
    schema, token, record = served
    found = next(
        known
        for result in schema.get_all_operations()
        if isinstance(result, Ok) and (known := result.ok()).label == operation
    )

    @given(case=found.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
        deadline=None,
        derandomize=True,
        database=None,
    )
    def holds(case: Any) -> None:
        if "id" in case.path_parameters:
            case.path_parameters["id"] = record
        case.call_and_validate(checks=CHECKS, headers={"Authorization": token})

    holds()
