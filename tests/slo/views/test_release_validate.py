"""Vouching for a release."""

from typing import Any

import pytest

from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db


def test_a_named_person_says_that_it_works(service: Any, bob: Any, client_for: Any) -> None:
    release = ReleaseFactory(service=service)
    page = client_for(bob).post(f"/releases/{release.public_id}/validate/", follow=True).content.decode()
    assert "Bob vouches that it works" in page


def test_a_viewer_does_not(service: Any, vera: Any, client_for: Any) -> None:
    assert client_for(vera).post(f"/releases/{ReleaseFactory(service=service).public_id}/validate/").status_code == 403
