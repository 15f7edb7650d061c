"""Taking an event away."""

from typing import Any

import pytest

from slo.models import KnownEvent
from tests.factories.capacity import KnownEventFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(service: Any) -> str:
    resource = ResourceFactory(service=service)
    return f"/capacity/{resource.public_id}/events/{KnownEventFactory(service=service).public_id}/remove/"


def test_it_asks_first(url: str, alice: Any, client_for: Any) -> None:
    assert b"Remove Sale?" in client_for(alice).get(url).content
    assert client_for(alice).post(url).status_code == 302
    assert KnownEvent.objects.get().removed_at is not None
    assert client_for(alice).get(url).status_code == 404


def test_a_responder_may_not(url: str, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(url).status_code == 403
