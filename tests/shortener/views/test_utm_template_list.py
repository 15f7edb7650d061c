from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import UtmTemplateFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
URL = "/links/utm-templates/"


def test_templates_are_listed_for_who_may_use_them(client_for: ClientFor, bob: Any, vera: Any, team: Any) -> None:
    template = UtmTemplateFactory(team=team, name="Spring mail")
    assert f"{template.public_id}/edit/" in client_for(bob).get(URL).content.decode()
    page = client_for(vera).get(URL).content.decode()
    assert "Spring mail" in page
    assert "/edit/" not in page


def test_without_templates_the_page_says_what_they_are_for(client_for: ClientFor, bob: Any, vera: Any) -> None:
    assert f"{URL}new/" in client_for(bob).get(URL).content.decode()
    assert "A responder or manager of a team can make" in client_for(vera).get(URL).content.decode()


def test_another_teams_templates_are_not_listed(client_for: ClientFor, charlie: Any, team: Any) -> None:
    UtmTemplateFactory(team=team, name="Spring mail")
    assert "Spring mail" not in client_for(charlie).get(URL).content.decode()
