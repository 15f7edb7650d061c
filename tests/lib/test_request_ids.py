"""One request id from the caller's header to the problem document and the log."""

import json
import logging
from typing import Any

import pytest
import structlog
from rest_framework.test import APIClient

from portal.lib.logs import JsonFormatter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.api.resource")]
GIVEN = "caller-0123456789"


@pytest.fixture
def api(api_for: Any) -> Any:
    return api_for("teams:read", "teams:write")


def test_a_problem_carries_the_id_that_the_caller_gave(api: APIClient) -> None:
    answer: Any = api.get("/notes/tem_unknown/", headers={"X-Request-Id": GIVEN})
    assert (answer.json()["request_id"], answer["X-Request-Id"]) == (GIVEN, GIVEN)


def test_a_hostile_id_is_replaced_in_the_problem_too(api: APIClient) -> None:
    answer: Any = api.get("/notes/tem_unknown/", headers={"X-Request-Id": "<script>"})
    assert answer.json()["request_id"].startswith("req_")


def test_what_is_logged_during_a_request_carries_its_id(api: APIClient) -> None:
    api.get("/notes/", headers={"X-Request-Id": GIVEN})
    record = logging.LogRecord("slo", logging.INFO, __file__, 1, "Closed %s.", ("minute",), None)
    assert json.loads(JsonFormatter().format(record))["request_id"] == GIVEN


def test_the_next_request_does_not_inherit_it(api: APIClient) -> None:
    api.get("/notes/", headers={"X-Request-Id": GIVEN})
    api.get("/notes/")
    assert structlog.contextvars.get_contextvars()["request_id"] != GIVEN
