import pytest
from rest_framework.test import APIClient

from portal.accounts.models import Team
from portal.lib.api.etags import etag

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.api.resource")]


def test_a_tag_is_the_version_in_quotes() -> None:
    assert etag(3) == '"3"'


def test_one_object_comes_with_its_tag(api: APIClient, team: Team) -> None:
    assert api.get(f"/notes/{team.public_id}/")["ETag"] == '"1"'


@pytest.mark.parametrize(("header", "version"), [('"3"', 3), ('W/"12"', 12), ("*", None)])
def test_if_match_says_which_version_was_seen(api: APIClient, header: str, version: int | None) -> None:
    assert api.patch("/notes/x/", {}, headers={"If-Match": header}).json() == {"expected": version}


def test_without_if_match_any_version_will_do(api: APIClient) -> None:
    assert api.patch("/notes/x/", {}).json() == {"expected": None}


@pytest.mark.parametrize("header", ["3", '"abc"', '"1", "2"', ""])
def test_a_malformed_tag_is_named(api: APIClient, header: str) -> None:
    response = api.patch("/notes/x/", {}, headers={"If-Match": header})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["If-Match"])
