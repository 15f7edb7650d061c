"""The state of every service on one screen (handbook M10: readable on a wall)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.windows import EPOCH
from slo.models import SloStatus
from slo.selectors.wall import Tile, counts, oldest_window, tiles
from tests.factories.catalog import ServiceFactory
from tests.factories.slo import ProbeFactory, SliFactory, SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db


def stands(service: Any, left: str | None, **fields: Any) -> SloStatus:
    status: SloStatus = SloStatusFactory(slo=SloFactory(service=service), remaining_ratio=left, **fields)
    return status


@pytest.fixture
def look(alice: Any, actor_of: Callable[[Any], Any]) -> Callable[..., list[Tile]]:
    return lambda **words: tiles(actor_of(alice), **words)


@pytest.mark.parametrize(
    ("left", "firing", "state"),
    [
        ("0.9", [], "healthy"),
        ("0.25", [], "low"),
        ("0", [], "spent"),
        ("-1", [], "spent"),
        ("0.9", ["page-1h"], "burning"),
        (None, [], "unknown"),
    ],
)
def test_a_service_stands_as_its_worst_slo(
    service: Any, look: Callable[..., list[Tile]], left: str | None, firing: list[str], state: str
) -> None:
    stands(service, left, firing=firing)
    assert [tile.state for tile in look()] == [state]


def test_the_smallest_budget_counts(service: Any, look: Callable[..., list[Tile]]) -> None:
    stands(service, "0.8")
    stands(service, "0.3")
    [tile] = look()
    assert (tile.left, tile.worst and tile.worst.remaining_ratio) == (Decimal("0.3"), Decimal("0.3"))


def test_a_probe_that_is_down_is_told(service: Any, look: Callable[..., list[Tile]], now: datetime) -> None:
    stands(service, "0.9")
    probe = ProbeFactory(service=service, state="down", state_since=now)
    SliFactory(service=service, kind="probe", source="", probe=probe)
    ProbeFactory(service=service, state="down", is_paused=True)
    [tile] = look()
    assert (tile.state, [one.pk for one in tile.down]) == ("down", [probe.pk])


def test_the_worst_come_first(team: Any, look: Callable[..., list[Tile]]) -> None:
    for name, left in (("Fine", "0.9"), ("Spent", "-0.5"), ("Low", "0.1"), ("Unknown", None)):
        stands(ServiceFactory(team=team, name=name, slug=name.lower()), left)
    assert [tile.service.name for tile in look()] == ["Spent", "Low", "Unknown", "Fine"]


def test_a_service_that_is_not_measured_is_left_out(service: Any, look: Callable[..., list[Tile]]) -> None:
    assert look() == []


def test_one_team_may_be_shown(service: Any, look: Callable[..., list[Tile]]) -> None:
    stands(service, "1")
    assert (len(look(team="payments")), look(team="search")) == (1, [])


def test_states_are_counted_and_the_oldest_number_is_told(
    service: Any, look: Callable[..., list[Tile]], now: datetime
) -> None:
    stands(service, "1", window_end=now)
    stands(service, "1", window_end=now - timedelta(minutes=3))
    assert counts(look()) == {"healthy": 1}
    assert oldest_window(look()) == now - timedelta(minutes=3)


def test_the_number_of_queries_does_not_grow(
    team: Any, look: Callable[..., list[Tile]], django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        stands(ServiceFactory(team=team, name=f"S{number}", slug=f"s{number}"), "0.5")
    with django_assert_max_num_queries(4):
        assert [tile.state for tile in look()] == ["healthy"] * 6


def test_an_slo_that_was_never_refreshed_holds_no_other_back(
    service: Any, look: Callable[..., list[Tile]], now: datetime
) -> None:
    stands(service, None, window_end=EPOCH)
    assert oldest_window(look()) is None
    stands(service, "0.9", window_end=now)
    assert oldest_window(look()) == now
