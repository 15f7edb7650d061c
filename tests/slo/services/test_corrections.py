"""The ledger of corrections: previewed, applied, taken back without a trace in the numbers."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.domain.budgets import Counts
from slo.domain.windows import DAY, HOUR, MINUTE
from slo.exceptions import CorrectionRevoked
from slo.models import Correction, DayCount, HourCount, MinuteCount, Sli, Slo
from slo.selectors.consequences import consequences
from slo.selectors.windows import counts_of
from slo.services import adjusting, corrections, counts, fills, rollups, streams
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory, minutes

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
Numbers = tuple[list[Any], list[Any], list[Any]]


@pytest.fixture
def end(now: datetime) -> datetime:
    return now + 2 * MINUTE


@pytest.fixture
def slo(service: Any, now: datetime, end: datetime) -> Slo:
    """An SLO with two hours of minutes, an hour of three weeks ago, and everything rolled up."""
    sli = SliFactory(service=service, started_at=now - 30 * HOUR)
    minutes(sli, end=now, pairs=[(10, 10)] * 60 + [(5, 10)] * 60)
    rollups.roll_up_due(now=end)
    Sli.objects.update(started_at=now - 30 * DAY)  # only now: rolling a week of empty hours up proves nothing here
    sli.refresh_from_db()
    HourCount.objects.create(sli=sli, hour=now - 21 * DAY, good=100, total=600, measured_minutes=60)
    DayCount.objects.create(sli=sli, day=datetime(2026, 2, 11, tzinfo=UTC), good=100, total=600, measured_minutes=60)
    slo: Slo = SloFactory(service=service, sli=sli, objective=Decimal("0.9"))
    SloStatusFactory(slo=slo)
    return slo


def facts(start: datetime, length: timedelta, **more: Any) -> dict[str, Any]:
    return {"reason": "The provider was down.", "starts_at": start, "ends_at": start + length} | more


def corrected(it: Slo, at: datetime, **more: Any) -> Correction:
    return corrections.create_correction(actor=ACTOR, service=it.service, now=at, **more)


def window(slo: Slo, end: datetime) -> Counts:
    slo.refresh_from_db()
    return counts_of(slo.stream_id, *slo.window.span(end - MINUTE))


def numbers(slo: Slo) -> Numbers:
    slo.refresh_from_db()
    rows = (model.objects.filter(sli=slo.stream_id) for model in (MinuteCount, HourCount, DayCount))
    minutes, hours, days = (list(found.order_by("pk").values_list("pk", "good", "total")) for found in rows)
    return (minutes, hours, days)


def test_time_is_left_out(slo: Slo, now: datetime, end: datetime) -> None:
    corrected(slo, end, **facts(now - HOUR, 30 * MINUTE))
    found = window(slo, end)
    assert (found.good, found.total, found.measured_minutes) == (600 + 150 + 100, 600 + 300 + 600, 180)


def test_time_counts_as_good(slo: Slo, now: datetime, end: datetime) -> None:
    corrected(slo, end, **facts(now - HOUR, 30 * MINUTE, effect="good"))
    assert window(slo, end).bad == 150 + 500


def test_an_older_hour_is_corrected_as_a_whole(slo: Slo, now: datetime, end: datetime) -> None:
    corrected(slo, end, **facts(now - 21 * DAY + 10 * MINUTE, 5 * MINUTE))
    assert window(slo, end) == Counts(900, 1200, 180)
    assert not DayCount.objects.get(sli=slo.stream).total


@pytest.mark.parametrize("effect", ["exclude", "good"])
@pytest.mark.parametrize("before", [30 * MINUTE, 21 * DAY - 10 * MINUTE, 22 * DAY], ids=["minutes", "hour", "both"])
def test_the_preview_says_what_will_be(slo: Slo, now: datetime, end: datetime, effect: str, before: timedelta) -> None:
    some = facts(now - before, before if before == 22 * DAY else 20 * MINUTE, effect=effect)
    draft = corrections.draft(service=slo.service, now=end, **some)
    (expected,) = consequences(draft, now=end)
    assert not Correction.objects.exists()
    assert (expected.before.counts.good, expected.before.counts.total) == (1000, 1800)
    corrected(slo, end, **some)
    found = window(slo, end)
    assert (found.good, found.total) == (expected.after.counts.good, expected.after.counts.total)


def test_the_preview_speaks_of_budgets(slo: Slo, now: datetime, end: datetime) -> None:
    draft = corrections.draft(service=slo.service, now=end, **facts(now - 21 * DAY, HOUR))
    (found,) = consequences(draft, now=end)
    assert (found.minutes, found.whole_hours) == (60, 1)
    assert (found.before.consumed_ratio, found.after.remaining_ratio) == (Fraction(40, 9), Fraction(-3, 2))


def test_revoking_restores_every_number(slo: Slo, now: datetime, end: datetime) -> None:
    streams.ensure_stream(slo=slo, now=end)
    Slo.objects.filter(pk=slo.pk).update(schedule=[{"from": "00:00", "until": "24:00"}])
    streams.ensure_stream(slo=Slo.objects.get(pk=slo.pk), now=end)
    before = numbers(slo)
    one = corrected(slo, end, **facts(now - 30 * MINUTE, 20 * MINUTE))
    two = corrected(slo, end, **facts(now - 22 * DAY, 22 * DAY, effect="good"))
    assert numbers(slo) != before
    for correction in (one, two):
        corrections.revoke_correction(actor=ACTOR, correction=correction, now=end)
    assert numbers(slo) == before


def test_the_stronger_of_two_remains_when_the_other_is_revoked(slo: Slo, now: datetime, end: datetime) -> None:
    old = facts(now - 21 * DAY, HOUR)
    good, excluded = corrected(slo, end, **old, effect="good"), corrected(slo, end, **old)
    assert window(slo, end).total == 1200
    corrections.revoke_correction(actor=ACTOR, correction=excluded, now=end)
    assert window(slo, end) == Counts(900 + 600, 1800, 180)
    corrections.revoke_correction(actor=ACTOR, correction=good, now=end)
    assert window(slo, end) == Counts(1000, 1800, 180)


def test_a_recurring_one_holds_as_time_goes_on(slo: Slo, now: datetime, end: datetime) -> None:
    corrected(slo, end, **facts(now, 2 * MINUTE, rrule="FREQ=DAILY", slo=slo))
    at = now + DAY
    rows = [counts.MinuteRow(slo.sli_id, at + number * MINUTE, 0, 9) for number in (-1, 0, 1, 2)]
    counts.set_minutes(rows, now=at + 5 * MINUTE)
    slo.refresh_from_db()
    found = counts_of(slo.stream_id, at - MINUTE, at + 3 * MINUTE)
    assert (found.bad, found.total, found.measured_minutes) == (18, 18, 4)


def test_time_without_any_count_is_filled_in_by_the_tick(slo: Slo, now: datetime, end: datetime) -> None:
    corrected(slo, end, **facts(now, HOUR))
    slo.refresh_from_db()
    assert fills.fill_due(now=now + HOUR) == 1
    assert counts_of(slo.stream_id, now, now + 58 * MINUTE).measured_minutes == 58
    assert fills.fill_due(now=now + HOUR) == 0


def test_a_tick_applies_what_nobody_did(slo: Slo, now: datetime, end: datetime) -> None:
    corrected(slo, end, **facts(now - HOUR, HOUR, rrule="FREQ=DAILY"))
    Correction.objects.update(applied_until=None)
    assert [adjusting.apply_due(now=end), adjusting.apply_due(now=end + DAY)] == [1, 0]
    assert Correction.objects.get().applied_until == end + DAY - MINUTE


def test_one_slo_alone_may_be_corrected(slo: Slo, now: datetime, end: datetime) -> None:
    other: Slo = SloFactory(service=slo.service, sli=slo.sli)
    corrected(slo, end, **facts(now - HOUR, HOUR, slo=slo))
    other.refresh_from_db()
    assert (other.stream, Sli.objects.exclude(owner=None).get().owner) == (slo.sli, slo)


def test_a_late_minute_of_corrected_time_stays_left_out(slo: Slo, now: datetime, end: datetime) -> None:
    corrected(slo, end, **facts(now - HOUR, HOUR))
    before = window(slo, end)
    counts.set_minutes([counts.MinuteRow(slo.sli_id, now - MINUTE, 0, 999)], now=end)
    rollups.roll_up_due(now=end)
    assert window(slo, end) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"effect": "bad"}, "effect"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"rrule": "FREQ=SECONDLY"}, "rrule"),
        ({"rrule": "FREQ=DAILY;INTERVAL=0"}, "rrule"),
        ({"rrule": "x" * 301}, "rrule"),
        ({"ends_at": datetime(2026, 3, 1, tzinfo=UTC)}, "ends_at"),
        ({"ends_at": datetime(2027, 3, 1, tzinfo=UTC)}, "ends_at"),
        ({"starts_at": datetime(1, 1, 1, tzinfo=UTC), "ends_at": datetime(1, 1, 2, tzinfo=UTC)}, "starts_at"),
        ({"starts_at": datetime(9999, 12, 30, tzinfo=UTC), "ends_at": datetime(9999, 12, 31, tzinfo=UTC)}, "starts_at"),
    ],
    ids=["reason", "effect", "zone", "seconds", "interval", "long rule", "backwards", "long", "year 1", "year 9999"],
)
def test_wrong_fields_are_named(slo: Slo, now: datetime, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        corrections.draft(service=slo.service, now=now, **facts(now, HOUR) | changes)
    assert list(caught.value.fields) == [field]


def test_the_slo_of_another_service_is_refused(slo: Slo, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        corrections.draft(service=slo.service, now=now, **facts(now, HOUR, slo=SloFactory()))
    assert "slo" in caught.value.fields


def test_the_ledger_is_audited_and_revoked_once(slo: Slo, now: datetime, end: datetime) -> None:
    correction = corrected(slo, end, **facts(now - HOUR, HOUR))
    corrections.revoke_correction(actor=ACTOR, correction=correction, now=end)
    actions = AuditEntry.objects.filter(target_id=correction.public_id).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["correction.created", "correction.revoked"]
    with pytest.raises(CorrectionRevoked):
        corrections.revoke_correction(actor=ACTOR, correction=correction, now=end)
