"""The change endpoint as PagerDuty's integrations speak it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from oncall.services import integrations
from portal.accounts.domain.actors import Actor
from slo.models import Release
from tests.factories.catalog import ServiceFactory

pytestmark = pytest.mark.django_db
URL = "/v2/change/enqueue"
PAYLOAD = {"summary": "Build 7 deployed", "timestamp": "2026-03-04T11:00:00Z", "source": "ci", "custom_details": {}}


def key_of(service: Any, now: datetime, *, named: bool = True) -> str:
    facts = {"team_id": service.team_id, "service_id": service.pk if named else None, "name": "CI", "now": now}
    return integrations.create_integration(actor=Actor.system("tests"), **facts)[1]


def send(body: object) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post(URL, text, content_type="application/json")


def test_an_event_with_a_version_is_a_release(service: Any, now: datetime) -> None:
    details = {"version": "7.0", "commit": "abc", "kind": "hotfix", "author": "Ann", "build": 7}
    links = [{"href": "https://ci.example/7", "text": "the build"}]
    body = {"routing_key": key_of(service, now), "payload": {**PAYLOAD, "custom_details": details}, "links": links}
    answer = send(body)
    assert (answer.status_code, answer.json()["status"]) == (202, "success")
    release = Release.objects.get(service=service)
    told = (release.version, release.kind, release.commit, release.author, release.url)
    assert told == ("7.0", "hotfix", "abc", "Ann", "https://ci.example/7")
    assert release.started_at == datetime(2026, 3, 4, 11, tzinfo=UTC)


def test_any_other_event_is_a_change_on_the_timeline(service: Any, now: datetime) -> None:
    send({"routing_key": key_of(service, now), "payload": {**PAYLOAD, "custom_details": {"flag": True}}})
    change = Release.objects.get()
    assert (change.kind, change.version, change.notes) == ("change", "Build 7 deployed", "Build 7 deployed\nflag: true")


def test_an_external_id_makes_repeats_harmless(service: Any, now: datetime) -> None:
    details = {"version": "7.0", "external_id": "run-7"}
    body = {"routing_key": key_of(service, now), "payload": {**PAYLOAD, "custom_details": details}}
    assert [send(body).status_code for _ in range(2)] == [202, 202]
    assert Release.objects.count() == 1


@pytest.mark.parametrize("details", [{"service": "checkout"}, {}], ids=["in the details", "as the source"])
def test_a_key_of_a_team_names_the_service(service: Any, now: datetime, details: dict[str, str]) -> None:
    payload = {**PAYLOAD, "source": "checkout", "custom_details": details}
    assert send({"routing_key": key_of(service, now, named=False), "payload": payload}).status_code == 202


def test_a_change_of_no_service_is_one_of_each_of_its_team(service: Any, now: datetime) -> None:
    other, _ = ServiceFactory(team=service.team), ServiceFactory()
    payload = {**PAYLOAD, "custom_details": {"version": "7"}}
    assert send({"routing_key": key_of(service, now, named=False), "payload": payload}).status_code == 202
    assert sorted(Release.objects.values_list("service", "kind")) == [(service.pk, "change"), (other.pk, "change")]


def test_a_team_without_services_is_told_so(service: Any, now: datetime) -> None:
    key = key_of(service, now, named=False)
    service.delete()
    assert "must name a service" in send({"routing_key": key, "payload": PAYLOAD}).json()["errors"][0]


def test_another_teams_service_cannot_be_named(service: Any, now: datetime) -> None:
    other = ServiceFactory()
    payload = {**PAYLOAD, "custom_details": {"service": other.slug}}
    answer = send({"routing_key": key_of(service, now), "payload": payload})
    assert "must name a service of the team" in answer.json()["errors"][0]
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("{", "not valid JSON"),
        ("[" * 5000, "not valid JSON"),
        ([], "'routing_key' is missing"),
        ({"payload": PAYLOAD}, "'routing_key' is missing"),
        ({"routing_key": "short", "payload": PAYLOAD}, "Length of 'routing_key' is incorrect"),
        ({"routing_key": "a" * 32, "payload": PAYLOAD}, "unknown or was revoked"),
        ({"routing_key": "a" * 32}, "'payload' is missing"),
        ({"routing_key": "a" * 32, "payload": {"summary": " "}}, "'payload.summary' is missing"),
        ({"routing_key": "a" * 32, "payload": {**PAYLOAD, "timestamp": "noon"}}, "'payload.timestamp' is invalid"),
    ],
    ids=["broken", "deep", "no object", "no key", "short key", "unknown key", "no payload", "no summary", "no time"],
)
def test_what_is_wrong_is_told_in_their_shape(db: None, body: object, text: str) -> None:
    answer = send(body)
    assert (answer.status_code, answer.json()["status"]) == (400, "invalid event")
    assert text in answer.json()["errors"][0]


def test_only_posts_are_taken(db: None) -> None:
    assert Client().get(URL).status_code == 405
