"""Reviews of SLOs."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, OutgoingMail
from slo.exceptions import SloArchived
from slo.models import Slo
from slo.services import reviews
from tests.factories.slo import SloFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
DAY = timedelta(days=1)


@pytest.fixture
def slo(service: Any, alice: Any, now: datetime) -> Slo:
    """An SLO whose review is due since today; Alice manages its team."""
    found: Slo = SloFactory(service=service, name="Answers", review_days=30, review_due_at=now)
    return found


def mailed() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True))


def test_a_review_begins_a_new_cycle_and_keeps_its_note(slo: Slo, now: datetime) -> None:
    reviews.record_review(actor=ACTOR, slo=slo, note="Still what users need.", now=now)
    slo.refresh_from_db()
    assert (slo.reviewed_at, slo.review_due_at, slo.version) == (now, now + 30 * DAY, 2)
    assert AuditEntry.objects.get(action="slo.reviewed").changes["note"] == [None, "Still what users need."]


def test_managers_are_reminded_once_per_cycle(slo: Slo, now: datetime) -> None:
    assert [reviews.remind_reviews_due(now=now + n * DAY) for n in (0, 1, 2)] == [1, 0, 0]
    assert mailed() == ["alice@example.com"]
    reviews.record_review(actor=ACTOR, slo=slo, note="", now=now + 2 * DAY)
    assert reviews.remind_reviews_due(now=now + 31 * DAY) == 0
    assert reviews.remind_reviews_due(now=now + 32 * DAY) == 1


def test_the_owner_is_reminded_alone(slo: Slo, bob: Any, now: datetime) -> None:
    Slo.objects.update(owner=bob)
    reviews.remind_reviews_due(now=now)
    assert mailed() == ["bob@example.com"]
    assert f"/slos/{slo.public_id}/review/" in OutgoingMail.objects.get().text


def test_what_is_not_due_or_archived_is_left_alone(slo: Slo, now: datetime) -> None:
    assert reviews.remind_reviews_due(now=now - DAY) == 0
    Slo.objects.update(archived_at=now)
    assert reviews.remind_reviews_due(now=now) == 0
    with pytest.raises(SloArchived):
        reviews.record_review(actor=ACTOR, slo=slo, note="", now=now)
