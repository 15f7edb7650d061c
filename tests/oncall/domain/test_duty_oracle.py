"""A month of odd shifts in moving clocks, reckoned again by quarters of an hour in plain arithmetic."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import compensation, duty_load, statements
from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty, Ring

START, END = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
HOLIDAYS = frozenset({date(2026, 10, 3), date(2026, 10, 26)})
WORKING = [{"weekdays": ["mon", "tue", "wed", "thu", "fri"], "from": "09:00", "to": "17:00"}]
LINES = [
    {"kind": "percentage", "percent": "15", "of": ["night", "weekend"]},
    {"kind": "flat", "per": "hour", "amount": "2.50", "of": ["holiday"]},
    {"kind": "flat", "per": "day", "amount": "25.50", "of": ["weekend", "holiday"]},
    {"kind": "flat", "per": "page", "amount": "10", "of": ["night"]},
    {"kind": "days_off", "per_hours": "80"},
]
ZONES = ["Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"]


def month(seed: str) -> tuple[list[Duty], list[Ring]]:
    """Shifts that overlap, touch and reach over the edges, and pages at all hours."""
    chance, at, duties = Random(seed), START - timedelta(days=1), list[Duty]()
    while at < END:
        until = at + QUARTER * chance.randrange(4, 160)
        duties.append(Duty(1, chance.randrange(2), chance.choice(["primary", "secondary"]), at, until))
        at = until + QUARTER * chance.choice([-8, 0, 0, 30, 60])
    return duties, [Ring(1, 1, START + QUARTER * chance.randrange(2976)) for _ in range(40)]


def kind(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    if local.date() in HOLIDAYS:
        return "holiday"
    if local.weekday() > 4:
        return "weekend"
    if local.hour >= 22 or local.hour < 7:
        return "night"
    return "work" if 9 <= local.hour < 17 else "weekday"


def quarters(duties: list[Duty]) -> list[datetime]:
    every = [START + QUARTER * place for place in range(2976)]
    return [at for at in every if any(one.start <= at < one.end for one in duties)]


@pytest.mark.parametrize("name", ZONES)
def test_hours_nights_weekends_and_holidays_are_those_of_the_oracle(name: str) -> None:
    duties, rings = month(name)
    zone, held = ZoneInfo(name), quarters(duties)
    walls = [at.astimezone(zone) for at in held]
    found = duty_load.load(duties, rings, Clock(zone, HOLIDAYS), START, END)
    assert found.hours == len(held) * QUARTER
    assert found.night == sum(one.hour >= 22 or one.hour < 7 for one in walls) * QUARTER
    assert found.weekend == sum(one.weekday() > 4 for one in walls) * QUARTER
    assert found.holiday == sum(one.date() in HOLIDAYS for one in walls) * QUARTER
    assert (found.pages, found.shifts) == (40, sum(START <= one.start < END for one in duties))


def pay(duties: list[Duty], rings: list[Ring], zone: ZoneInfo) -> list[Decimal]:
    """What each of the lines gives."""
    kinds = {at: kind(at, zone) for at in quarters(duties)}
    hours = {name: Decimal(count) / 4 for name, count in Counter(kinds.values()).items()}
    days = {at.astimezone(zone).date() for at, name in kinds.items() if name in {"weekend", "holiday"}}
    called = sum(kind(ring.at, zone) == "night" for ring in rings)
    outside = sum(hours.values()) - hours["work"]
    return [
        (hours["night"] + hours["weekend"]) * 6,
        hours["holiday"] * Decimal("2.5"),
        len(days) * Decimal("25.5"),
        called * Decimal(10),
        outside / 80,
    ]


@pytest.mark.parametrize("name", ZONES)
def test_every_line_of_pay_is_that_of_the_oracle(name: str) -> None:
    duties, rings = month(name)
    terms = compensation.read({"currency": "EUR", "rate": "40", "working": WORKING, "lines": LINES})
    clock = Clock(ZoneInfo(name), HOLIDAYS, terms.working)
    rule = statements.Rule("Standby", terms, START)
    lines = statements.statement(duties, rings, [(rule, clock)], START, END).lines
    expected = pay(duties, rings, clock.zone)
    given = [one.days if one.money is None else one.money for one in lines]
    assert [abs(one - other) <= Decimal("0.005") for one, other in zip(given, expected, strict=True) if one] == [
        True
    ] * 5
