"""Composite SLOs: weighted, without circles, following their parts."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.domain.streams import SCALE
from slo.domain.windows import DAY, HOUR, MINUTE
from slo.exceptions import SloArchived, SloIsAPart
from slo.models import HourCount, Slo
from slo.selectors import composites as selectors
from slo.selectors.windows import counts_of
from slo.services import composites, corrections, counts, objectives
from slo.services.composites import Share
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory, minutes

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")


@pytest.fixture
def parts(service: Any, now: datetime) -> list[Slo]:
    """Three SLOs: the first always good, the second half good, the third without any minute."""
    some = [SloFactory(service=service, sli=SliFactory(service=service, started_at=now - DAY)) for _ in range(3)]
    for slo, good in zip(some, (10, 5), strict=False):
        minutes(slo.sli, end=now, pairs=[(good, 10)] * 2)
    return some


def composed(service: Any, now: datetime, shares: list[Share], name: str = "Shop") -> Slo:
    facts = {"name": name, "objective": Decimal("0.9")}
    return composites.create_composite(actor=ACTOR, service=service, shares=shares, facts=facts, now=now)


def ratio(slo: Slo, start: datetime, end: datetime) -> Any:
    slo.refresh_from_db()
    return counts_of(slo.stream_id, start, end).ratio


def test_a_composite_weighs_its_parts(service: Any, now: datetime, parts: list[Slo]) -> None:
    whole = composed(service, now, [Share(parts[0], 3), Share(parts[1], 1), Share(parts[2], 9)])
    assert ratio(whole, now - 2 * MINUTE, now) == Decimal("0.875")
    assert (whole.stream.kind, whole.stream.owner, whole.sli) == ("composite", whole, whole.stream)


def test_its_one_revision_names_the_parts(service: Any, now: datetime, parts: list[Slo]) -> None:
    whole = composed(service, now, [Share(parts[0], 3)])
    assert whole.revisions.get().promise["parts"] == [{"slo": parts[0].public_id, "weight": 3}]


def test_a_late_minute_of_a_part_reaches_it(service: Any, now: datetime, parts: list[Slo]) -> None:
    whole = composed(service, now, [Share(part) for part in parts[:2]])
    counts.set_minutes([counts.MinuteRow(parts[1].sli_id, now - MINUTE, 10, 10)], now=now)
    assert ratio(whole, now - MINUTE, now) == 1


def test_a_composite_of_composites_follows_through_all_levels(service: Any, now: datetime, parts: list[Slo]) -> None:
    inner = composed(service, now, [Share(part) for part in parts[:2]], "Inner")
    outer = composed(service, now, [Share(inner), Share(parts[0])], "Outer")
    counts.set_minutes([counts.MinuteRow(parts[1].sli_id, now - MINUTE, 0, 10)], now=now)
    assert ratio(outer, now - MINUTE, now) == Decimal("0.75")


def test_a_correction_of_a_part_reaches_it(service: Any, now: datetime, parts: list[Slo]) -> None:
    whole = composed(service, now, [Share(part) for part in parts[:2]])
    span = {"starts_at": now - MINUTE, "ends_at": now, "reason": "Ours", "slo": parts[1]}
    corrections.create_correction(actor=ACTOR, service=service, now=now, **span)
    assert ratio(whole, now - MINUTE, now) == 1


def test_it_begins_with_the_hours_of_its_parts(service: Any, now: datetime, parts: list[Slo]) -> None:
    hour = now - 10 * HOUR
    for slo, good in zip(parts[:2], (60, 30), strict=True):
        HourCount.objects.create(sli=slo.sli, hour=hour, good=good, total=60, measured_minutes=60)
    whole = composed(service, now, [Share(part) for part in parts[:2]])
    row = HourCount.objects.get(sli=whole.stream, hour=hour)
    assert (row.good, row.total, row.measured_minutes) == (45 * SCALE, 60 * SCALE, 60)


def test_other_parts_are_a_new_revision(service: Any, now: datetime, parts: list[Slo]) -> None:
    whole = composed(service, now, [Share(parts[0])])
    composites.set_parts(actor=ACTOR, slo=whole, shares=[Share(parts[1])], now=now, reason="Moved")
    same = composites.set_parts(actor=ACTOR, slo=whole, shares=[Share(parts[1])], now=now)
    assert (same.revision, whole.revisions.filter(reason="Moved").count()) == (2, 1)
    assert ratio(whole, now - MINUTE, now) == Decimal("0.5")
    assert AuditEntry.objects.filter(target_id=whole.public_id, action="slo.composed").count() == 1


def test_no_slo_contains_itself(service: Any, now: datetime, parts: list[Slo]) -> None:
    inner = composed(service, now, [Share(parts[0])], "Inner")
    outer = composed(service, now, [Share(inner)], "Outer")
    with pytest.raises(Invalid) as caught:
        composites.set_parts(actor=ACTOR, slo=inner, shares=[Share(outer)], now=now)
    assert caught.value.fields == {"parts": ["An SLO cannot be a part of itself, directly or through others."]}


@pytest.mark.parametrize(
    ("numbers", "weight", "why"),
    [
        ([], 1, "A composite has 1 to 20 parts."),
        ([0, 0], 1, "Each part stands once; give it more weight instead."),
        ([0], 0, "A weight is a whole number from 1 to 1000."),
        ([0], 1001, "A weight is a whole number from 1 to 1000."),
    ],
    ids=["none", "twice", "weightless", "heavy"],
)
def test_wrong_parts_are_told(
    service: Any, now: datetime, parts: list[Slo], numbers: Any, weight: int, why: str
) -> None:
    with pytest.raises(Invalid) as caught:
        composed(service, now, [Share(parts[number], weight) for number in numbers])
    assert caught.value.fields == {"parts": [why]}


def test_what_the_actor_may_not_see_is_no_part(
    service: Any, now: datetime, parts: list[Slo], charlie: Any, actor_of: Any
) -> None:
    service.team.is_private = True
    service.team.save()
    whole: Slo = SloFactory()
    with pytest.raises(Invalid) as caught:
        composites.set_parts(actor=actor_of(charlie), slo=whole, shares=[Share(parts[0])], now=now)
    assert "you may not see it" in caught.value.fields["parts"][0]


def test_a_part_is_not_archived_before_its_composite(service: Any, now: datetime, parts: list[Slo]) -> None:
    whole = composed(service, now, [Share(parts[0])])
    SloStatusFactory(slo=parts[0])
    with pytest.raises(SloIsAPart, match="First take it out of Shop"):
        objectives.archive_slo(actor=ACTOR, slo=parts[0], now=now)
    objectives.archive_slo(actor=ACTOR, slo=whole, now=now)
    assert objectives.archive_slo(actor=ACTOR, slo=parts[0], now=now).archived_at == now
    with pytest.raises(SloArchived):
        composites.set_parts(actor=ACTOR, slo=whole, shares=[Share(parts[1])], now=now)


def test_parts_are_listed_by_weight(service: Any, now: datetime, parts: list[Slo]) -> None:
    whole = composed(service, now, [Share(parts[0]), Share(parts[1], 5)])
    assert [one.part for one in selectors.parts_of(whole)] == [parts[1], parts[0]]
    assert list(selectors.composites_with(parts[0])) == [whole]
