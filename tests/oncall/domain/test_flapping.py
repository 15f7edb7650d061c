"""An alert that comes and goes is held until it is calm, and pages at least once a day."""

from datetime import UTC, datetime, timedelta

import pytest

from oncall.domain import flapping
from oncall.domain.flapping import Episode

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def episodes(*pairs: tuple[float, float], paged: bool = True) -> list[Episode]:
    return [Episode(ago(opened), ago(resolved), paged) for opened, resolved in pairs]


QUICK = [(10, 9), (8, 7), (6, 5)]


@pytest.mark.parametrize(
    ("known", "holds"),
    [
        ([], False),
        (episodes((10, 9)), False),
        (episodes((10, 9), (8, 7)), False),
        (episodes(*QUICK), True),
        (episodes(*QUICK, paged=False), False),
        (episodes((40, 39), (38, 37), (36, 35)), False),
        (episodes((31, 29), (8, 7), (6, 5)), True),
        (episodes((31, 30), (8, 7), (6, 5)), False),
        ([*episodes(*QUICK, paged=False), Episode(ago(23 * 60), ago(22 * 60), True)], True),
        ([*episodes(*QUICK, paged=False), Episode(ago(25 * 60), ago(24 * 60 - 1), True)], False),
    ],
    ids=["new", "one", "two", "three", "never-paged", "long-ago", "edge-in", "edge-out", "paged-today", "not-today"],
)
def test_when_an_alert_is_held(known: list[Episode], holds: bool) -> None:
    assert flapping.held_until(known, NOW) == (NOW + flapping.CALM if holds else None)


def test_an_episode_that_is_still_open_is_one_change() -> None:
    assert flapping.changes([Episode(ago(5), None, True)], NOW) == 1
