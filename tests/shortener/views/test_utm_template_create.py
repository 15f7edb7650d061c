from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import UtmTemplate
from tests.factories.shortener import UtmTemplateFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
URL = "/links/utm-templates/new/"


def test_a_template_is_kept(client_for: ClientFor, bob: Any, team: Any) -> None:
    client_for(bob).post(URL, {"team": team.slug, "name": "Mail", "source": "newsletter"})
    assert (UtmTemplate.objects.get().team, UtmTemplate.objects.get().source) == (team, "newsletter")


def test_errors_stand_at_their_fields_and_nothing_is_lost(client_for: ClientFor, bob: Any, team: Any) -> None:
    page = client_for(bob).post(URL, {"team": team.slug, "name": "Kept"}).content.decode()
    assert "Fill in at least one parameter." in page
    assert 'value="Kept"' in page


def test_a_name_that_is_used_is_told(client_for: ClientFor, bob: Any, team: Any) -> None:
    taken = UtmTemplateFactory(team=team)
    page = client_for(bob).post(URL, {"team": team.slug, "name": taken.name, "source": "x"}).content.decode()
    assert "Another template of the team has this name." in page


def test_a_viewer_keeps_none(client_for: ClientFor, vera: Any, team: Any) -> None:
    client_for(vera).post(URL, {"team": team.slug, "name": "Mail", "source": "newsletter"})
    assert not UtmTemplate.objects.exists()
