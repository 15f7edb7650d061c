from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import UtmTemplate
from tests.factories.shortener import UtmTemplateFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def url(template: Any) -> str:
    return f"/links/utm-templates/{template.public_id}/delete/"


def test_a_template_goes_after_a_question(client_for: ClientFor, bob: Any, team: Any) -> None:
    template, browser = UtmTemplateFactory(team=team, name="Mail"), client_for(bob)
    assert "Mail" in browser.get(url(template)).content.decode()
    browser.post(url(template))
    assert not UtmTemplate.objects.exists()


def test_the_story_of_permissions(client_for: ClientFor, vera: Any, charlie: Any, team: Any) -> None:
    template = UtmTemplateFactory(team=team)
    assert client_for(vera).post(url(template)).status_code == 403
    assert client_for(charlie).post(url(template)).status_code == 404
