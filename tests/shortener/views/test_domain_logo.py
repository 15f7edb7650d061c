from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import DomainFactory
from tests.shortener.pictures import jpeg, png

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


@pytest.mark.parametrize(("data", "media_type"), [(png(), "image/png"), (jpeg(), "image/jpeg")])
def test_the_logo_is_served_as_what_it_is(data: bytes, media_type: str, client_for: ClientFor, bob: Any) -> None:
    response = client_for(bob).get(f"/links/domains/{DomainFactory(logo=data).public_id}/logo/")
    assert (response["Content-Type"], response.content) == (media_type, data)
    assert response["X-Content-Type-Options"] == "nosniff"


def test_without_a_logo_nothing_is_found(client_for: ClientFor, bob: Any) -> None:
    assert client_for(bob).get(f"/links/domains/{DomainFactory().public_id}/logo/").status_code == 404
