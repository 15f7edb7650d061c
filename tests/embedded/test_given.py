"""Servers that were given by their address."""

import os

import pytest

from portal.embedded import given
from portal.embedded.exceptions import SurroundingsError


def test_servers_that_let_us_in_are_fine() -> None:
    given.check_database(os.environ["DATABASE_URL"])
    given.check_redis(os.environ["REDIS_URL"])


def test_an_old_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "OLDEST_POSTGRES", 99)
    with pytest.raises(SurroundingsError, match="is too old; 99 is the oldest that fits"):
        given.check_database(os.environ["DATABASE_URL"])


def test_a_database_out_of_reach_is_named_without_its_password() -> None:
    with pytest.raises(SurroundingsError, match=r"no PostgreSQL lets us in at 127\.0\.0\.1:9") as caught:
        given.check_database("postgresql://user:hunter2@127.0.0.1:9/portal")
    assert "hunter2" not in str(caught.value)


def test_a_broker_out_of_reach_is_named_without_its_password() -> None:
    with pytest.raises(SurroundingsError, match=r"no Valkey or Redis lets us in at 127\.0\.0\.1:9") as caught:
        given.check_redis("redis://:hunter2@127.0.0.1:9/0")
    assert "hunter2" not in str(caught.value)
