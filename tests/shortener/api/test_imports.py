import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shortener.models import ImportJob, Link
from shortener.services.importing import running
from tests.factories.accounts import issue_token
from tests.factories.shortener import DomainFactory
from tests.shortener.services.importing.helpers import SHLINK

pytestmark = pytest.mark.django_db

URL = "/api/v1/imports/"
Api = Callable[..., Any]
BAD = "target,slug\nftp://x,a b\nhttps://example.org/,ok\n"


def upload(api: Any, text: str = SHLINK, **more: Any) -> Any:
    file = SimpleUploadedFile("links.csv", text.encode())
    return api.post(URL, {"file": file, **more}, format="multipart")


def work() -> None:
    running.import_links_due(now=timezone.now())


def test_a_file_is_uploaded_with_its_preview(api_for: Api) -> None:
    response = upload(api_for("links:write"))
    body = response.json()
    assert (response.status_code, body["state"], body["kind"], body["rows"]) == (201, "preview", "shlink", 2)
    assert body["preview"]["counts"] == {"create": 2}
    assert body["preview"]["rows"][0]["slug"] == "abc"
    assert body["mapping"]["target"] == "longUrl"


def test_a_text_does_as_well(api_for: Api) -> None:
    body = api_for("links:write").post(URL, {"text": SHLINK, "file_name": "x.csv", "existing": "skip"}).json()
    assert (body["file_name"], body["options"]) == ("x.csv", {"existing": "skip"})


def test_it_is_started_watched_and_done(api_for: Api) -> None:
    api = api_for("links:write", "links:read")
    job = upload(api).json()["id"]
    assert api.post(f"{URL}{job}/start/", {"add_tags": ["moved"]}).json()["state"] == "running"
    work()
    body = api.get(f"{URL}{job}/").json()
    assert (body["state"], body["done"], body["created"], body["preview"]) == ("done", 2, 2, None)
    assert Link.objects.filter(tags__contains=["moved"]).count() == 2


def test_it_may_start_at_once(api_for: Api) -> None:
    body = upload(api_for("links:write"), start="true", add_tags="moved", existing="update").json()
    assert (body["state"], body["options"]) == ("running", {"existing": "update", "add_tags": ["moved"]})


def test_columns_are_named_in_a_form_too(api_for: Api) -> None:
    body = upload(api_for("links:write"), "where,x\nhttps://example.org/,y\n", **{"mapping.target": "where"}).json()
    assert body["preview"]["rows"][0]["target"] == "https://example.org/"


def test_rows_that_did_not_fit_are_listed_and_downloaded(api_for: Api) -> None:
    api = api_for("links:write", "links:read")
    job = upload(api, BAD, start="true").json()["id"]
    work()
    (error,) = api.get(f"{URL}{job}/errors/").json()["items"]
    assert (error["line"], set(error["errors"]), error["row"]["slug"]) == (2, {"target", "slug"}, "a b")
    assert api.get(f"{URL}{job}/errors.csv").getvalue().startswith(b"target,slug,line,problem")


def test_all_field_errors_come_at_once(api_for: Api) -> None:
    given = {"kind": "nonsense", "domain": "nowhere.example.com", "team": "nobody", "existing": "burn", "odd": 1}
    response = api_for("links:write").post(URL, given)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == set(given)


@pytest.mark.parametrize("given", [{}, {"text": "url\n", "file_name": "x" * 300}])
def test_nothing_and_too_much_are_refused(api_for: Api, given: Any) -> None:
    assert api_for("links:write").post(URL, given).status_code == 422


@pytest.mark.parametrize("text", ["PK\x03\x04", "", "[" * 5_000, "\ud800"])
def test_hostile_texts_are_refused_at_their_field(api_for: Api, text: str) -> None:
    body = json.dumps({"text": text})
    assert api_for("links:write").post(URL, body, content_type="application/json").status_code == 422


def test_wrong_columns_are_refused_and_the_upload_is_kept(api_for: Api) -> None:
    api = api_for("links:write")
    job = upload(api).json()["id"]
    response = api.post(f"{URL}{job}/start/", {"mapping": {"target": "nowhere"}})
    assert (response.status_code, set(response.json()["errors"])) == (422, {"target"})
    assert ImportJob.objects.get().state == "preview"


def test_a_second_start_and_a_late_cancel_are_conflicts(api_for: Api) -> None:
    api = api_for("links:write")
    job = upload(api, start="true").json()["id"]
    assert api.post(f"{URL}{job}/start/").status_code == 409
    assert api.post(f"{URL}{job}/cancel/").json()["state"] == "cancelled"
    assert api.post(f"{URL}{job}/cancel/").status_code == 409


def test_an_idempotency_key_uploads_once(api_for: Api) -> None:
    api = api_for("links:write")
    sent = [api.post(URL, {"text": SHLINK}, headers={"Idempotency-Key": "k"}).json()["id"] for _ in range(2)]
    assert sent[0] == sent[1]
    assert ImportJob.objects.count() == 1


def test_an_idempotency_key_of_one_file_is_none_for_another(api_for: Api) -> None:
    api = api_for("links:write")
    sent = [
        api.post(
            URL,
            {"file": SimpleUploadedFile("links.csv", text.encode())},
            format="multipart",
            headers={"Idempotency-Key": "k"},
        ).status_code
        for text in (SHLINK, SHLINK, BAD)
    ]
    assert sent == [201, 201, 422]


@pytest.mark.parametrize("scope", ["links:read", "links:create", "stats:read"])
def test_only_a_token_that_writes_links_uploads(api_for: Api, scope: str) -> None:
    assert api_for(scope).post(URL, {"text": SHLINK}).status_code == 403


def test_a_stranger_sees_and_stops_nothing(api_for: Api, charlie: Any) -> None:
    job = upload(api_for("links:write")).json()["id"]
    api = api_for("links:write", "links:read", user=charlie)
    asked = [api.get(f"{URL}{job}/"), api.post(f"{URL}{job}/cancel/"), api.get(f"{URL}{job}/errors/")]
    assert [response.status_code for response in asked] == [404, 404, 404]
    assert api.get(URL).json()["items"] == []


def test_a_viewer_reads_and_does_not_write(api_for: Api, vera: Any, team: Any) -> None:
    job = upload(api_for("links:write")).json()["id"]
    api = api_for("links:write", "links:read", user=vera)
    assert api.get(f"{URL}{job}/").status_code == 200
    assert api.post(URL, {"text": SHLINK, "team": team.slug}).status_code == 403
    assert api.post(f"{URL}{job}/start/").status_code == 403


def test_a_domain_of_another_team_is_refused(api_for: Api, other_team: Any) -> None:
    DomainFactory(name="theirs.example.com", team=other_team)
    response = api_for("links:write").post(URL, {"text": SHLINK, "domain": "theirs.example.com"})
    assert set(response.json()["errors"]) == {"domain"}


def test_a_token_of_a_team_is_held_to_it(team: Any, alice: Any, now: datetime) -> None:
    from rest_framework.test import APIClient

    client = APIClient()
    token = issue_token(user=alice, team=team, scopes=["links:write"])
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    assert client.post(URL, {"text": SHLINK}).json()["team"] == team.slug
