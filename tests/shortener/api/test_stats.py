import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from shortener.models import ClickDay, ClickFacet, ClickHour, ScopeDay, ScopeFacet
from tests.factories.accounts import issue_token
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
URL, EXPORT = "/api/v1/stats/", "/api/v1/stats/export/"
SPAN = {"start": "2026-03-04T00:00:00Z", "end": "2026-03-05T00:00:00Z"}
DAY = "2026-03-04"


def text(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


@pytest.fixture
def link(team: Any) -> Any:
    return LinkFactory(team=team, tags=["spring"], title="=SUM(A1)")


def test_statistics_of_a_link_add_up(api_for: Api, link: Any) -> None:
    ClickHour.objects.create(link_id=link.pk, hour="2026-03-04T12:00Z", people=2, bots=1)
    ClickFacet.objects.create(link_id=link.pk, day=DAY, dimension="referrer", value="news.example", people=1)
    body = api_for("links:read").get(f"/api/v1/links/{link.public_id}/stats/", SPAN | {"step": "hour"}).json()
    assert (body["people"], body["bots"], body["total"], body["step"]) == (2, 1, 3, "hour")
    bucket = {"start": "2026-03-04T12:00:00Z", "people": 2, "bots": 1, "total": 3, "visitors": None}
    assert body["buckets"][12] == bucket
    assert body["referrers"] == [{"value": "news.example", "label": "news.example", "people": 1, "bots": 0}]


@pytest.mark.parametrize("scope", ["links:read", "stats:read"])
def test_either_scope_reads_the_statistics_of_a_link(scope: str, api_for: Api, link: Any) -> None:
    assert api_for(scope).get(f"/api/v1/links/{link.public_id}/stats/").status_code == 200


def test_only_statistics_may_be_read_of_everything_else(api_for: Api) -> None:
    assert api_for("links:read").get(URL, {"scope": "team", "key": "payments"}).status_code == 403
    assert api_for("links:read").get(EXPORT).status_code == 403


def test_a_day_has_one_bucket_with_its_visitors(api_for: Api, team: Any) -> None:
    ScopeDay.objects.create(scope="team", scope_id=team.pk, day=DAY, people=9, visitors=4)
    asked = {**SPAN, "scope": "team", "key": "payments", "step": "day"}
    body = api_for("stats:read").get(URL, asked).json()
    assert [(bucket["people"], bucket["visitors"]) for bucket in body["buckets"]] == [(9, 4)]
    assert (body["visitors"], body["previous"]) == (4, None)


def test_the_period_before_is_told_when_asked_for(api_for: Api, team: Any) -> None:
    ScopeDay.objects.create(scope="team", scope_id=team.pk, day="2026-03-03", people=7)
    asked = {**SPAN, "scope": "team", "key": team.public_id, "step": "day", "previous": "true"}
    previous = api_for("stats:read").get(URL, asked).json()["previous"]
    assert (previous["start"], previous["people"]) == ("2026-03-03T00:00:00Z", 7)


def test_a_dimension_is_bounded_by_the_limit(api_for: Api, team: Any) -> None:
    for value in ("AT", "DE", "FR"):
        ScopeFacet.objects.create(scope="team", scope_id=team.pk, day=DAY, dimension="country", value=value, people=1)
    body = api_for("stats:read").get(URL, {**SPAN, "scope": "team", "key": "payments", "limit": "2"}).json()
    assert [row["label"] for row in body["countries"]] == ["Austria (AT)", "Germany (DE)"]


def test_a_tag_and_a_domain_have_statistics(api_for: Api, team: Any, link: Any) -> None:
    domain = DomainFactory(team=team)
    api = api_for("stats:read")
    assert api.get(URL, {"scope": "tag", "key": "spring"}).status_code == 200
    assert api.get(URL, {"scope": "domain", "key": domain.name}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"scope": "planet", "key": "earth"}, "scope"),
        ({"scope": "team"}, "key"),
        ({"scope": "team", "key": "payments", "step": "second"}, "step"),
        ({"scope": "team", "key": "payments", "start": "yesterday"}, "start"),
        ({"scope": "team", "key": "payments", "start": "2026-03-05T00:00:00Z", "end": "2026-03-05T00:00:00Z"}, "end"),
        ({"scope": "team", "key": "payments", "start": "2020-01-01T00:00:00Z", "step": "hour"}, "start"),
        ({"scope": "team", "key": "payments", "start": "0001-01-01T00:00:00Z"}, "start"),
        ({"scope": "team", "key": "payments", "limit": "0"}, "limit"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_field(asked: dict[str, str], field: str, api_for: Api) -> None:
    response = api_for("stats:read").get(URL, asked)
    assert (response.status_code, set(response.json()["errors"])) == (422, {field})


def test_another_teams_numbers_are_not_there(api_for: Api, team: Any, link: Any, charlie: Any) -> None:
    team.is_private = True
    team.save()
    api = api_for("stats:read", user=charlie)
    for asked in ({"scope": "team", "key": "payments"}, {"scope": "tag", "key": "spring"}):
        assert api.get(URL, asked).status_code == 404


def test_a_domain_of_all_teams_is_for_administrators(api_for: Api, admin_user: Any) -> None:
    asked = {"scope": "domain", "key": DomainFactory().name}
    assert api_for("stats:read").get(URL, asked).status_code == 403
    assert api_for("stats:read", user=admin_user).get(URL, asked).status_code == 200


def test_a_token_of_one_team_reads_no_other_team(team: Any, other_team: Any, admin_user: Any) -> None:
    api = APIClient()
    token = issue_token(user=admin_user, scopes=["stats:read"], team=team)
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    assert api.get(URL, {"scope": "team", "key": "search"}).status_code == 404


def test_days_are_exported_as_csv_without_formulas(api_for: Api, link: Any) -> None:
    ClickDay.objects.create(link_id=link.pk, day=DAY, people=5, bots=1, visitors=3)
    response = api_for("stats:read").get(EXPORT, SPAN)
    head, line = text(response).splitlines()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert head == "day,link,short_url,title,team,people,bots,visitors"
    assert line == f"{DAY},{link.public_id},http://{link.domain.name}:8001/{link.slug},'=SUM(A1),payments,5,1,3"


def test_days_are_exported_as_json_lines(api_for: Api, link: Any) -> None:
    ClickDay.objects.create(link_id=link.pk, day=DAY, people=5)
    (line,) = text(api_for("stats:read").get(EXPORT, {**SPAN, "format": "jsonl"})).splitlines()
    found = json.loads(line)
    assert (found["day"], found["title"], found["people"]) == (DAY, "=SUM(A1)", 5)


def test_an_export_holds_to_its_scope_and_to_what_may_be_seen(api_for: Api, link: Any, other_team: Any) -> None:
    other_team.is_private = True
    other_team.save()
    for other in (LinkFactory(team=other_team), LinkFactory(team=link.team), link):
        ClickDay.objects.create(link_id=other.pk, day=DAY, people=5)
    api = api_for("stats:read")
    assert len(text(api.get(EXPORT, SPAN)).splitlines()) == 3
    assert len(text(api.get(EXPORT, {**SPAN, "scope": "tag", "key": "spring"})).splitlines()) == 2


@pytest.mark.parametrize(
    ("asked", "field"), [({"format": "xml"}, "format"), ({"scope": "team"}, "key"), ({"key": "payments"}, "scope")]
)
def test_an_export_that_cannot_be_is_refused(asked: dict[str, str], field: str, api_for: Api) -> None:
    response = api_for("stats:read").get(EXPORT, asked)
    assert (response.status_code, set(response.json()["errors"])) == (422, {field})


def test_without_a_span_the_last_seven_days_are_exported(api_for: Api, link: Any) -> None:
    today = timezone.now().date()
    for back in (1, 9):
        ClickDay.objects.create(link_id=link.pk, day=today - timedelta(days=back), people=5)
    assert len(text(api_for("stats:read").get(EXPORT)).splitlines()) == 2
