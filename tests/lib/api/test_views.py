import pytest
from rest_framework.test import APIClient

from portal.accounts.models import Team

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.api.resource")]


def test_an_object_is_addressed_by_its_public_id(api: APIClient, team: Team) -> None:
    assert api.get(f"/notes/{team.public_id}/").json() == {"id": team.public_id}
    assert api.get(f"/notes/{team.pk}/").status_code == 404


def test_a_new_object_is_201_with_its_tag(api: APIClient) -> None:
    response = api.post("/notes/", {"name": "new"})
    assert (response.status_code, response["ETag"]) == (201, '"1"')
