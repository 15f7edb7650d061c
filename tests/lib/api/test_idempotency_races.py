"""The same key from several connections and processes, with real transactions."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction
from rest_framework.test import APIClient

from portal.accounts.models import Team
from portal.lib.api import idempotency
from portal.lib.models import IdempotencyRecord
from tests.lib.api.resource import ENDS, KILLED

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
CALLERS = 4

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.lib.api.resource")]


def post(api: APIClient, name: str) -> Any:
    return api.post("/notes/", {"name": name}, headers={"Idempotency-Key": "k"})


def status_of_post(api: APIClient) -> int:
    """The status of the request, sent on a connection of its own."""
    try:
        return int(post(api, "once").status_code)
    finally:
        connection.close()


def post_elsewhere(api: APIClient, name: str) -> int | None:
    """The exit code of another process that sends the request."""
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=post, args=(api, name))
    process.start()
    process.join(30)
    return process.exitcode


def claim(caller: str) -> str:
    """How claiming the one key ended, on a connection of its own."""
    try:
        idempotency.begin(caller=caller, key="k", digest="d", now=AT)
    except idempotency.InFlight:
        return "in flight"
    finally:
        connection.close()
    return "claimed"


def test_while_the_first_is_in_flight_a_repeat_is_refused_at_once() -> None:
    with transaction.atomic(), ThreadPoolExecutor(2) as pool:
        idempotency.begin(caller="token:1", key="k", digest="d", now=AT)
        assert list(pool.map(claim, ["token:1", "token:2"])) == ["in flight", "claimed"]


def test_of_many_requests_with_one_key_one_writes(api: APIClient) -> None:
    with ThreadPoolExecutor(CALLERS) as pool:
        statuses = set(pool.map(status_of_post, [api] * CALLERS))
    assert 201 in statuses <= {201, 409}
    assert Team.objects.filter(name="once").count() == IdempotencyRecord.objects.count() == 1


def test_a_process_that_dies_after_the_write_leaves_nothing_and_a_repeat_writes_once(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert post_elsewhere(api, "killed") == KILLED
    assert not Team.objects.filter(name="killed").exists()
    monkeypatch.delitem(ENDS, "killed")
    answers = [post(api, "killed") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Team.objects.filter(name="killed").count() == 1
