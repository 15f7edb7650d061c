from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from shortener.models import OrphanDay
from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
URL = "/api/v1/orphans/"


@pytest.fixture
def today(team: Any) -> Any:
    DomainFactory(team=team, name="go.example.com")
    day = timezone.now().date()
    OrphanDay.objects.create(day=day, host="go.example.com", slug="spirng", visits=4)
    OrphanDay.objects.create(day=day, host="evil.example", slug="", kind="host", visits=9)
    return day


def test_visits_are_told_by_day_and_by_address(api_for: Api, today: Any) -> None:
    body = api_for("stats:read").get(URL, {"days": "2"}).json()
    assert body["days"][-1] == {"day": str(today), "root": 0, "slug": 4, "host": 0}
    assert body["top"] == [
        {"kind": "slug", "host": "go.example.com", "slug": "spirng", "visits": 4, "last_day": str(today)}
    ]


def test_wrong_hosts_are_for_administrators(api_for: Api, admin_user: Any, today: Any) -> None:
    body = api_for("stats:read", user=admin_user).get(URL, {"kind": "host"}).json()
    assert (body["visits"], body["top"][0]["host"]) == (9, "evil.example")


def test_another_team_sees_nothing(api_for: Api, charlie: Any, today: Any) -> None:
    assert api_for("stats:read", user=charlie).get(URL).json()["visits"] == 0


@pytest.mark.parametrize(
    ("asked", "field"), [({"days": "0"}, "days"), ({"kind": "planet"}, "kind"), ({"limit": "x"}, "limit")]
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, str], field: str, api_for: Api) -> None:
    response = api_for("stats:read").get(URL, asked)
    assert (response.status_code, set(response.json()["errors"])) == (422, {field})


def test_another_scope_opens_nothing(api_for: Api) -> None:
    assert api_for("links:read").get(URL).status_code == 403
