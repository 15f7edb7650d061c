"""Turns that processes take."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection

from slo.services import turns

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_process() -> Iterator[Any]:
    """A session of somebody else."""
    found = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    yield found.cursor()
    found.close()


def take(cursor: Any, name: str) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [turns.LOCKS, name])
    return bool(cursor.fetchone()[0])


def test_a_turn_is_one_persons_at_a_time(other_process: Any) -> None:
    name = f"work {os.getpid()}"
    with turns.turn(name, of=1) as turn:
        assert turn is not None
        assert not take(other_process, f"{name} 0")
    assert take(other_process, f"{name} 0")


def test_whoever_comes_too_late_has_none(other_process: Any) -> None:
    name = f"work {os.getpid()}"
    take(other_process, f"{name} 0")
    with turns.turn(name, of=1) as turn:
        assert turn is None


def test_there_may_be_several(other_process: Any) -> None:
    name = f"work {os.getpid()}"
    take(other_process, f"{name} 0")
    with turns.turn(name, of=2) as turn:
        assert turn is not None


def test_a_turn_may_end_early(other_process: Any) -> None:
    name = f"work {os.getpid()}"
    with turns.turn(name, of=1) as turn:
        assert turn is not None
        turn.end()
        assert take(other_process, f"{name} 0")
