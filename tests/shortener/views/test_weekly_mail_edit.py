from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import WeeklyMail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]
URL = "/links/weekly-mail/"


def test_a_viewer_asks_for_the_mail_and_ends_it(client_for: ClientFor, vera: Any, team: Any) -> None:
    browser = client_for(vera)
    assert browser.post(URL, {"teams": [team.pk]}).status_code == 302
    assert WeeklyMail.objects.get().user == vera
    assert "checked" in browser.get(URL).content.decode()
    browser.post(URL, {})
    assert not WeeklyMail.objects.exists()


def test_a_team_that_one_may_not_see_is_no_choice(client_for: ClientFor, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    response = client_for(charlie).post(URL, {"teams": [team.pk]})
    assert response.status_code == 200
    assert not WeeklyMail.objects.exists()


def test_whoever_sees_no_team_is_told_what_to_do(client_for: ClientFor, db: None) -> None:
    assert "No team yet" in client_for(UserFactory()).get(URL).content.decode()
