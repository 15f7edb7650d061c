"""The facts of SLOs: kept together, emptied where they mean nothing, refused all at once."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid
from slo.models import Slo, TierRules
from slo.services import objectives, promises
from tests.factories.slo import SliFactory, SloFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
FACTS = {"name": "Checkout answers", "objective": Decimal("0.999")}


@pytest.fixture
def make(service: Any, now: datetime) -> Any:
    def create(primary: Slo | None = None, **facts: Any) -> Slo:
        return objectives.create_slo(
            actor=ACTOR, service=service, sli=SliFactory(service=service), facts=FACTS | facts, now=now, primary=primary
        )

    return create


def test_everything_of_the_promise_is_kept_with_its_revision(make: Any) -> None:
    slo = make(category="latency", threshold=Decimal(300), method="timeslices", slice_target=Decimal("0.95"))
    kept = slo.revisions.get().promise
    assert (kept["threshold"], kept["method"], kept["slice_target"]) == ("300", "timeslices", "0.95")
    assert kept["sli_id"] == slo.sli.public_id


def test_what_another_choice_makes_meaningless_is_emptied(make: Any, now: datetime) -> None:
    slo = make(method="timeslices", slice_target=Decimal("0.95"), window_kind="calendar", calendar_unit="month")
    facts = {"method": "occurrences", "window_kind": "rolling"}
    changed = objectives.update_slo(actor=ACTOR, slo=slo, facts=facts, now=now)
    assert (changed.slice_target, changed.calendar_unit, changed.revision) == (None, "", 2)


def test_every_problem_is_told_at_once(make: Any, charlie: Any) -> None:
    with pytest.raises(Invalid) as caught:
        make(objective=Decimal(2), rules=["page-2h"], owner=charlie, window_days=0)
    assert set(caught.value.fields) == {"objective", "rules", "owner", "window_days"}


def test_a_new_slo_begins_with_the_rules_of_its_tier(make: Any, service: Any) -> None:
    TierRules.objects.update_or_create(tier=service.tier, defaults={"rules": ["page-1h", "ticket-3d"]})
    assert make().rules == ["page-1h", "ticket-3d"]
    assert make(name="Loose", objective=Decimal("0.9")).rules == ["ticket-3d"]


def test_the_owner_is_of_the_team(make: Any, alice: Any) -> None:
    assert make(owner=alice).owner == alice


def test_further_objectives_hang_on_the_first(make: Any) -> None:
    first = make()
    second = make(name="Fast", primary=first)
    assert make(name="Faster", primary=second).primary == first


def test_the_first_objective_is_of_the_same_service(make: Any) -> None:
    with pytest.raises(Invalid) as caught:
        make(primary=SloFactory())
    assert "primary" in caught.value.fields


def test_a_review_is_due_after_its_cycle(make: Any, now: datetime) -> None:
    slo = make(review_days=30)
    assert slo.review_due_at == now + timedelta(days=30)
    assert objectives.update_slo(actor=ACTOR, slo=slo, facts={"review_days": 0}, now=now).review_due_at is None


def test_the_audit_log_shows_the_promise_by_name(make: Any) -> None:
    assert {"window_days", "threshold", "owner_id"} < set(promises.shown(make()))


def test_freshness_looks_back_a_day_at_most(make: Any) -> None:
    with pytest.raises(Invalid) as caught:
        make(category="freshness", threshold=Decimal(86401))
    assert caught.value.fields == {"threshold": ["Freshness is at most a day, 86,400 seconds."]}
    assert make(category="freshness", threshold=Decimal(86400)).stream.kind == "derived"


def test_the_stream_of_another_slo_is_refused(service: Any, now: datetime) -> None:
    owned = SliFactory(service=service, kind="derived", source="", owner=SloFactory(service=service))
    with pytest.raises(Invalid) as caught:
        objectives.create_slo(actor=ACTOR, service=service, sli=owned, facts=FACTS, now=now)
    assert caught.value.fields == {"sli": ["This stream is another SLO's own."]}
