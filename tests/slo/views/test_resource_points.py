"""Uploading points."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from slo.models import Resource, ResourceDay
from tests.factories.capacity import ResourceFactory

pytestmark = pytest.mark.django_db
TEXT = "day,value\n2026-01-01,5\n2026-01-01T10:00:00Z,8\n2026-01-02,6\n"


@pytest.fixture
def resource(service: Any) -> Resource:
    found: Resource = ResourceFactory(service=service)
    return found


def post(client: Any, resource: Resource, **data: Any) -> Any:
    return client.post(f"/capacity/{resource.public_id}/points/", data)


def test_a_table_is_shown_before_it_is_stored(resource: Resource, bob: Any, client_for: Any) -> None:
    client = client_for(bob)
    body = post(client, resource, file=SimpleUploadedFile("points.csv", TEXT.encode())).content.decode()
    assert "3 values of 2 days are ready" in body
    assert "2026-01-01T10:00:00Z,8" in body
    assert not ResourceDay.objects.exists()
    assert post(client, resource, text=TEXT, save="1").status_code == 302
    days: list[Any] = list(ResourceDay.objects.values_list("maximum", "n").order_by("day"))
    assert days == [(8, 2), (6, 1)]


def test_instants_are_shown_in_utc_wherever_somebody_sits(resource: Resource, bob: Any, client_for: Any) -> None:
    bob.time_zone = "Europe/Berlin"
    bob.save()
    assert b"2026-01-01 10:00" in post(client_for(bob), resource, text=TEXT).content


def test_each_wrong_line_is_named_and_nothing_is_stored(resource: Resource, bob: Any, client_for: Any) -> None:
    body = post(client_for(bob), resource, text=TEXT + "soon,1\n2150-01-01,7\n2026-01-03,1e17\n", save="1").content
    for text in (b"3 lines to mend", b"is no day such as", b"The day lies in the future", b"The value lies between"):
        assert text in body
    assert b"soon,1" in body
    assert not ResourceDay.objects.exists()


def test_days_that_are_there_are_told(resource: Resource, bob: Any, client_for: Any) -> None:
    client = client_for(bob)
    post(client, resource, text=TEXT, save="1")
    assert "2 of the days have numbers already" in post(client, resource, text=TEXT).content.decode()


@pytest.mark.parametrize("text", ["", "day,value\n", "\x00\x00"], ids=["nothing", "a head", "zeros"])
def test_nothing_to_store_is_told(resource: Resource, bob: Any, client_for: Any, text: str) -> None:
    response = post(client_for(bob), resource, text=text, save="1")
    assert response.status_code == 200
    assert not ResourceDay.objects.exists()


def test_a_file_that_is_no_text_is_named_line_by_line(resource: Resource, bob: Any, client_for: Any) -> None:
    file = SimpleUploadedFile("photo.jpg", bytes(range(256)) * 4)
    assert b"to mend" in post(client_for(bob), resource, file=file).content


def test_a_file_that_is_too_large_is_refused(resource: Resource, bob: Any, client_for: Any) -> None:
    response = post(client_for(bob), resource, file=SimpleUploadedFile("large.csv", b"x" * 2_000_001))
    assert "file" in response.context["form"].errors


@pytest.mark.parametrize(("name", "status"), [("vera", 403), ("charlie", 404)])
def test_others_may_not(request: Any, resource: Resource, client_for: Any, name: str, status: int) -> None:
    resource.service.team.is_private = True
    resource.service.team.save()
    assert post(client_for(request.getfixturevalue(name)), resource, text=TEXT, save="1").status_code == status
