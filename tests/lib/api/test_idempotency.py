from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rest_framework.response import Response
from rest_framework.test import APIClient

from portal.accounts.models import Team
from portal.lib.api import idempotency
from portal.lib.models import IdempotencyRecord

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.api.resource")]
START = datetime(2026, 3, 4, 12, tzinfo=UTC)
TOO_LONG = "Ensure this field has no more than 10 characters."


def store(*, caller: str, at: datetime) -> None:
    idempotency.finish(caller=caller, key="k", digest="d", response=Response({}, status=201), now=at)


def post(api: APIClient, key: str, name: str = "once") -> Any:
    return api.post("/notes/", {"name": name}, headers={"Idempotency-Key": key})


def test_a_repeat_gets_the_first_answer_and_makes_nothing(api: APIClient) -> None:
    first, second = post(api, "k1"), post(api, "k1")
    assert (second.status_code, second.json()) == (201, first.json())
    assert second["Idempotent-Replay"] == "true"
    assert Team.objects.filter(name="once").count() == 1


def test_a_repeat_keeps_the_tag_of_the_object(api: APIClient) -> None:
    assert post(api, "k1")["ETag"] == post(api, "k1")["ETag"] == '"1"'


def test_the_same_key_with_another_body_is_refused(api: APIClient) -> None:
    post(api, "k1")
    response = post(api, "k1", name="other")
    assert response.status_code == 422
    assert response.json()["type"].endswith("idempotency-key-reused")


def test_a_refused_request_is_repeated_as_refused(api: APIClient) -> None:
    first, second = post(api, "k1", name="x" * 11), post(api, "k1", name="x" * 11)
    assert first.status_code == second.status_code == 422
    assert second["Idempotent-Replay"] == "true"
    assert second["Content-Type"] == first["Content-Type"] == "application/problem+json"


def test_after_a_defect_the_key_is_free_again(api: APIClient) -> None:
    api.raise_request_exception = False
    assert [post(api, "k1", name="defect").status_code for _ in range(2)] == [500, 500]


def test_a_refused_write_can_be_told_again_with_all_of_its_fields(api: APIClient) -> None:
    assert [post(api, "k1", name="x" * 11).json()["errors"] for _ in range(2)] == [{"name": [TOO_LONG]}] * 2


def test_a_defect_undoes_what_was_written_before_it(api: APIClient) -> None:
    api.raise_request_exception = False
    assert post(api, "k1", name="half").status_code == 500
    assert not Team.objects.filter(name="half").exists()
    assert not IdempotencyRecord.objects.exists()


def test_keys_of_different_callers_do_not_meet(api: APIClient) -> None:
    store(caller="a", at=START)
    assert idempotency.begin(caller="b", key="k", digest="other", now=START) is None


def test_an_answer_of_yesterday_is_not_given_again() -> None:
    store(caller="a", at=START)
    assert idempotency.begin(caller="a", key="k", digest="other", now=START + timedelta(hours=25)) is None
    assert not IdempotencyRecord.objects.exists()


def test_a_claim_of_former_releases_that_was_never_answered_is_dropped() -> None:
    IdempotencyRecord.objects.create(caller="a", key="k", request_hash="d", created_at=START)
    assert idempotency.begin(caller="a", key="k", digest="d", now=START) is None


def test_answers_are_forgotten_after_a_day() -> None:
    store(caller="a", at=START)
    assert idempotency.forget_before(START + timedelta(hours=23)) == 0
    assert idempotency.forget_before(START + timedelta(hours=25)) == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "tab\there"])
def test_a_bad_key_is_named(api: APIClient, key: str) -> None:
    response = post(api, key)
    assert (response.status_code, list(response.json()["errors"])) == (422, ["Idempotency-Key"])


def test_without_a_key_nothing_is_kept(api: APIClient) -> None:
    api.post("/notes/", {"name": "a"})
    assert IdempotencyRecord.objects.count() == 0
