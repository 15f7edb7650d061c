from typing import Any

import pytest
from django.test import Client

from shortener.models import WeeklyMail
from shortener.services import weekly_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(team: Any, bob: Any) -> str:
    wish = WeeklyMail.objects.create(user=bob, team=team)
    return f"/links/weekly-mail/stop/{weekly_mails.stop_token(wish)}/"


def test_looking_ends_nothing(client: Client, url: str) -> None:
    assert "End the weekly mail?" in client.get(url).content.decode()
    assert WeeklyMail.objects.exists()


def test_a_mail_program_ends_it_without_signing_in(url: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(url, {"List-Unsubscribe": "One-Click"})
    assert "has ended" in response.content.decode()
    assert not WeeklyMail.objects.exists()


def test_a_repeat_is_welcome(client: Client, url: str) -> None:
    assert [client.post(url).status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("token", ["x", "WzEsMl0:1abcde:forged"])
def test_a_forged_token_is_not_there(token: str, client: Client) -> None:
    assert client.post(f"/links/weekly-mail/stop/{token}/").status_code == 404
