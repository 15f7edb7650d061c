from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import UtmTemplateFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def url(template: Any) -> str:
    return f"/links/utm-templates/{template.public_id}/edit/"


def test_a_template_is_changed(client_for: ClientFor, bob: Any, team: Any) -> None:
    template = UtmTemplateFactory(team=team)
    client_for(bob).post(url(template), {"name": "New", "source": "", "campaign": "spring"})
    template.refresh_from_db()
    assert (template.name, template.source, template.campaign) == ("New", "", "spring")


def test_errors_stand_at_their_fields(client_for: ClientFor, bob: Any, team: Any) -> None:
    page = client_for(bob).post(url(UtmTemplateFactory(team=team)), {"name": "New"}).content.decode()
    assert "Fill in at least one parameter." in page


def test_the_story_of_permissions(client_for: ClientFor, vera: Any, charlie: Any, team: Any) -> None:
    template = UtmTemplateFactory(team=team)
    assert client_for(vera).get(url(template)).status_code == 403
    assert client_for(charlie).get(url(template)).status_code == 404
