"""Changing a resource by the form."""

from typing import Any

import pytest

from slo.models import Resource
from tests.factories.capacity import ResourceFactory
from tests.slo.views.test_resource_create import FORM

pytestmark = pytest.mark.django_db


def test_the_form_shows_what_is_stored(service: Any, alice: Any, client_for: Any) -> None:
    resource = ResourceFactory(service=service, name="Disk")
    form = client_for(alice).get(f"/capacity/{resource.public_id}/edit/").context["form"]
    assert (form["limit"].value(), form["headroom"].value(), form["name"].value()) == ("100", "25", "Disk")


def test_a_change_is_stored(service: Any, alice: Any, client_for: Any) -> None:
    resource = ResourceFactory(service=service)
    assert client_for(alice).post(f"/capacity/{resource.public_id}/edit/", FORM).status_code == 302
    assert Resource.objects.get().lead_time_days == 30


def test_a_name_that_is_taken_is_told(service: Any, alice: Any, client_for: Any) -> None:
    ResourceFactory(service=service, name="Disk")
    resource = ResourceFactory(service=service)
    response = client_for(alice).post(f"/capacity/{resource.public_id}/edit/", FORM)
    assert "name" in response.context["form"].errors


@pytest.mark.parametrize(("name", "status"), [("bob", 403), ("charlie", 404)])
def test_others_may_not(request: Any, service: Any, client_for: Any, name: str, status: int) -> None:
    service.team.is_private = True
    service.team.save()
    resource = ResourceFactory(service=service)
    user = request.getfixturevalue(name)
    assert client_for(user).post(f"/capacity/{resource.public_id}/edit/", FORM).status_code == status
