"""The short way in for machines."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from portal.lib.machines import MachineMiddleware


def long_way(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the long way")


@pytest.mark.parametrize("path", ["/", "/ingest/nothing/", "/v2/other", "/links/"])
def test_everything_else_goes_the_long_way(path: str) -> None:
    answer = MachineMiddleware(long_way)(RequestFactory().post(path))
    assert answer.content == b"the long way"


def test_a_machine_needs_no_slash_at_the_end_of_its_address(db: None) -> None:
    paths = ("/ingest/json/key", "/v2/enqueue/")
    answers = [Client().post(path, "{}", content_type="application/json") for path in paths]
    assert [answer.resolver_match.url_name for answer in answers] == ["ingest_json", "event_enqueue"]


def test_a_machine_gets_no_cookie_and_is_counted(db: None, client_for: Callable[[Any], Client], bob: Any) -> None:
    answer = client_for(bob).post("/v2/enqueue", "{}", content_type="application/json")
    assert (answer.status_code, list(answer.cookies)) == (400, [])
    assert answer.resolver_match.url_name == "event_enqueue"
    assert (bool(answer["X-Request-Id"]), int(answer["Content-Length"])) == (True, len(answer.content))
