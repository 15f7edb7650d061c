from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from portal.accounts.models import User
from portal.lib import refusals

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


@pytest.mark.parametrize("address", ["/api/v1/links/%00/", "/api/v1/links/?q=a%00", "/api/v1/links/a%0Ab/"])
def test_a_program_that_sends_control_characters_gets_a_problem(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    assert response.json()["request_id"] == response["X-Request-Id"]


@pytest.mark.parametrize("address", ["/links/?q=%00", "/services/a%00b/", "/status/?page=%1b", "/%7f"])
def test_a_person_who_sends_control_characters_gets_a_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (400, "text/html; charset=utf-8")


def test_pasted_tabs_and_line_ends_may_stand_in_a_query(client_for: Callable[[User], Client], alice: User) -> None:
    assert client_for(alice).get("/links/", {"q": "a\tb\r\nc"}).status_code == 200


def test_a_control_character_in_a_query_is_named_with_its_parameter(client: Client) -> None:
    response = client.get("/api/v1/links/?state=active&q=a%00b")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["q"])


def test_an_unknown_address_of_the_api_is_a_problem(client: Client) -> None:
    response = client.get("/api/v1/nothing/")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)
    assert response.json()["request_id"] == response["X-Request-Id"]


def test_an_unknown_host_is_a_problem_for_programs(client: Client) -> None:
    response = client.get("/api/v1/links/", headers={"Host": "evil.example"})
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    assert "evil" not in response.json()["detail"]


def test_what_django_forbids_is_a_problem_for_programs_and_a_page_for_people() -> None:
    answers = [refusals.permission_denied(RequestFactory().get(path), PermissionDenied()) for path in ("/api/v1/", "/")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert [answer["Content-Type"] for answer in answers] == [PROBLEM, "text/html; charset=utf-8"]


@pytest.mark.parametrize("path", ["/api/v1/links/", "/links/"])
def test_a_defect_names_the_request(path: str) -> None:
    request = RequestFactory().get(path)
    request.request_id = "req_12345678"  # type: ignore[attr-defined]  # set by the middleware
    response = refusals.server_error(request)
    assert response.status_code == 500
    assert b"req_12345678" in response.content


def test_a_post_without_the_final_slash_keeps_its_body(client: Client) -> None:
    response = client.post("/api/v1/links", {}, content_type="application/json")
    assert (response.status_code, response["Location"]) == (308, "/api/v1/links/")
