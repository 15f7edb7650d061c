from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shortener.domain.reading import Scope
from shortener.domain.tallies import DAY_US, MINUTE_US, Tally, microseconds
from shortener.domain.visits import Profiles, Switches, Visit
from shortener.models import (
    ClickDay,
    ClickHour,
    ClickMinute,
    ClickMonth,
    LinkTotal,
    MinuteOutcome,
    OrphanDay,
    ScopeDay,
    ScopeHour,
)
from shortener.services import rollups
from tests.factories.shortener import NOON

pytestmark = pytest.mark.django_db

NOON_US = microseconds(NOON)
SCOPES = {7: Scope(3, 5, Switches()), 8: Scope(3, 6, Switches()), 9: Scope(0, 0, Switches())}
HOSTS = frozenset({"go.example.com"})


def tally(*clicks: tuple[int, int], is_bot: bool = False) -> Tally:
    made = Tally(Profiles())
    profile = made.profiles.number(Visit(is_bot))
    for link, at in clicks or ((7, NOON_US),):
        made.add_clicks(at - at % DAY_US, [link], [at], [profile])
    return made


def write(made: Tally) -> None:
    rollups.write(made, SCOPES, now=NOON)


def test_a_click_stands_in_every_roll_up() -> None:
    write(tally((7, NOON_US + 61_000_000)))
    assert ClickMinute.objects.get().minute == NOON + timedelta(minutes=1)
    assert (ClickHour.objects.get().hour, ClickDay.objects.get().day) == (NOON, NOON.date())
    assert ClickMonth.objects.get().month == date(2026, 3, 1)
    assert LinkTotal.objects.get().last_click_at == NOON + timedelta(seconds=61)


@pytest.mark.parametrize("model", [ClickMinute, ClickHour, ClickDay, ClickMonth, LinkTotal])
def test_writing_twice_adds_twice(model: Any) -> None:
    for is_bot in (False, False, True):
        write(tally(is_bot=is_bot))
    assert model.objects.values_list("people", "bots").get() == (2, 1)


def test_teams_and_domains_sum_their_links_and_nobody_sums_what_belongs_to_nobody() -> None:
    write(tally((7, NOON_US), (8, NOON_US), (9, NOON_US)))
    expected = [("domain", 5, 1), ("domain", 6, 1), ("team", 3, 2)]
    for model in (ScopeHour, ScopeDay):
        assert list(model.objects.order_by("scope", "scope_id").values_list("scope", "scope_id", "people")) == expected


def test_minutes_of_long_ago_are_not_kept() -> None:
    write(tally((7, NOON_US - 7 * 60 * MINUTE_US)))
    assert (ClickMinute.objects.count(), ClickHour.objects.count()) == (0, 1)


def test_the_last_click_is_the_latest_not_the_last_that_came() -> None:
    write(tally((7, NOON_US)))
    write(tally((7, NOON_US - DAY_US)))
    assert LinkTotal.objects.get().last_click_at == NOON


def test_outcomes_count_clicks_and_others() -> None:
    made = tally()
    made.add_other(NOON_US, good=False)
    write(made)
    assert MinuteOutcome.objects.values_list("minute", "good", "total").get() == (NOON, 1, 2)


def test_an_empty_tally_writes_nothing() -> None:
    write(Tally(Profiles()))
    assert not LinkTotal.objects.exists()


@pytest.mark.parametrize(
    ("host", "slug", "kind"),
    [("go.example.com", "nothing", "slug"), ("go.example.com", "", "root"), ("else.example", "", "host")],
)
def test_an_orphan_is_of_a_kind(host: str, slug: str, kind: str) -> None:
    made = Tally(Profiles())
    made.add_orphan(NOON_US - NOON_US % DAY_US, host, slug)
    rollups.write_orphans(made, HOSTS)
    assert OrphanDay.objects.values_list("host", "slug", "kind", "visits").get() == (host, slug, kind, 1)


def test_a_day_has_a_bounded_number_of_orphans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollups, "ORPHANS_PER_DAY", 1)
    for slug in ("a", "b", "a", "c"):
        made = Tally(Profiles())
        made.add_orphan(NOON_US - NOON_US % DAY_US, "go.example.com", slug)
        rollups.write_orphans(made, HOSTS)
    assert dict(OrphanDay.objects.values_list("slug", "visits")) == {"a": 2, "": 2}


def test_days_are_added_as_they_are() -> None:
    rollups.add_days({(7, date(2025, 1, 31)): (2, 1)}, SCOPES)
    assert ClickMonth.objects.values_list("month", "people", "bots").get() == (date(2025, 1, 1), 2, 1)
    assert LinkTotal.objects.get().last_click_at == datetime(2025, 1, 31, tzinfo=UTC)
