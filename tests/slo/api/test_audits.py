"""GET /api/v1/slos/audit/"""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.django_db
URL = "/api/v1/slos/audit/"


def test_all_sections_are_told_with_their_findings(api_for: Callable[..., Any], service: Any) -> None:
    answer = api_for("slos:read").get(URL)
    assert answer.status_code == 200
    [bare] = [section for section in answer.json() if section["key"] == "bare"]
    assert [(one["kind"], one["id"], one["service"]) for one in bare["findings"]] == [
        ("service", "checkout", "checkout")
    ]


def test_another_scope_does_not_open_it(api_for: Callable[..., Any]) -> None:
    assert api_for("links:read").get(URL).status_code == 403


def test_an_unknown_service_has_nothing_to_tell(api_for: Callable[..., Any], service: Any) -> None:
    answer = api_for("slos:read").get(URL, {"service": "nothing"})
    assert [section["findings"] for section in answer.json()] == [[]] * 7
