from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from portal.lib.api.parsers import DEEPEST, depth

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.api.resource")]


def send(api: APIClient, body: str) -> tuple[int, str]:
    response = api.post("/notes/", body, content_type="application/json")
    return response.status_code, response.json()["type"].rpartition(":")[2]


@pytest.mark.parametrize("levels", [DEEPEST + 1, 900, 100_000])
def test_a_body_nested_too_deeply_is_400(api: APIClient, levels: int) -> None:
    assert send(api, "[" * levels + "]" * levels) == (400, "parse-error")


def test_an_unfinished_deep_body_is_400(api: APIClient) -> None:
    assert send(api, "[" * 100_000) == (400, "parse-error")


def test_a_body_over_the_limit_is_413(api: APIClient, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50
    assert send(api, '{"name": "' + "x" * 50 + '"}') == (413, "too-large")


def test_a_number_of_too_many_digits_is_400(api: APIClient) -> None:
    assert send(api, '{"name": ' + "9" * 5000 + "}") == (400, "parse-error")


@pytest.mark.parametrize(("data", "levels"), [(1, 0), ([], 1), ({"a": [1]}, 2), ([[], [[]]], 3)])
def test_depth_counts_what_stands_inside_each_other(data: Any, levels: int) -> None:
    assert depth(data) == levels
