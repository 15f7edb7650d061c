"""Archiving a resource."""

from typing import Any

import pytest

from slo.models import Resource
from tests.factories.capacity import ResourceFactory

pytestmark = pytest.mark.django_db


def test_it_asks_first(service: Any, alice: Any, client_for: Any) -> None:
    url = f"/capacity/{ResourceFactory(service=service).public_id}/archive/"
    assert b"This cannot be undone." in client_for(alice).get(url).content
    assert Resource.objects.get().archived_at is None
    assert client_for(alice).post(url).url == "/capacity/"
    assert Resource.objects.get().archived_at is not None


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/capacity/{ResourceFactory(service=service).public_id}/archive/").status_code == 403
