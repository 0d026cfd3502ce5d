"""The OpenAPI document held to what the page answers: Schemathesis asks what it allows and some that it does not."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance  # not so: no pattern says what is a date

from dateline.look.page import Settings, create_app
from tests.look.pages import fill

QUICK = settings(
    max_examples=3, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "x.db"
    fill(path, more=3)
    app = create_app(path, Settings(hosts=("localhost", "127.0.0.1", "testserver")))
    yield schemathesis.openapi.from_asgi("/openapi.json", app).include(method="GET")
    app.state.sight.ledger.close()


def test_every_address_answers_as_the_document_says(document):
    asked = []
    for found in document.get_all_operations():
        operation = found.ok()

        @QUICK
        @given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        ask()
        asked.append(operation.path)
    assert "/incidents/{incident_id}.json" in asked
