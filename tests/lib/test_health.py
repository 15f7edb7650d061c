from datetime import datetime

import pytest
from django.db import OperationalError
from pytest_django import Settings

from portal.lib import health


@pytest.fixture(autouse=True)
def _own_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_checks", {})
    monkeypatch.setattr(health, "_concerns", {})
    return


def broken(_now: datetime) -> str | None:
    raise OperationalError("the server is away\nmore lines")


def test_with_every_check_well_there_is_no_problem(now: datetime) -> None:
    health.register("a", lambda _: None)
    assert health.problems(now) == {}


def test_a_problem_stands_under_the_name_of_its_check(now: datetime) -> None:
    health.register("clock", lambda at: f"late at {at.hour}")
    assert health.problems(now) == {"clock": "late at 12"}


def test_a_check_that_cannot_ask_is_a_problem_too(now: datetime) -> None:
    health.register("database", broken)
    assert health.problems(now) == {"database": "OperationalError: the server is away"}


@pytest.mark.django_db
def test_the_real_servers_answer(now: datetime) -> None:
    assert health.database(now) is None
    assert health.broker(now) is None


def test_a_process_that_goes_on_without_it_is_not_asked(now: datetime, settings: Settings) -> None:
    health.register("broker", lambda _: "away", not_for={"pager"})
    settings.PORTAL_PROCESS = "pager"
    assert health.problems(now) == {}
    settings.PORTAL_PROCESS = "worker"
    assert health.problems(now) == {"broker": "away"}


def test_one_check_answers_whoever_asks(now: datetime) -> None:
    health.register("clocks", lambda _: "late", not_for={"pager"})
    assert (health.ask("clocks", now), health.ask("none", now)) == ("late", None)
