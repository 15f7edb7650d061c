"""Recording releases."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.services import releases

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("pipeline")


def test_a_release_is_recorded_with_sensible_defaults(service: Any, now: datetime) -> None:
    release = releases.record_release(actor=ACTOR, service=service, version=" 1.2.3 ", now=now)
    assert (release.version, release.author, release.status) == ("1.2.3", "pipeline", "succeeded")
    assert (release.started_at, release.created_at, release.rollout_ratio) == (now, now, Decimal(1))


def test_everything_can_be_said(service: Any, now: datetime) -> None:
    earlier = now - timedelta(hours=1)
    facts: dict[str, Any] = {"author": "Bob", "started_at": earlier, "status": "running", "url": "https://e.com/1"}
    release = releases.record_release(
        actor=ACTOR, service=service, version="2", rollout_ratio=Decimal("0.1"), now=now, **facts
    )
    assert {name: getattr(release, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("version", {"version": " "}),
        ("status", {"status": "lost"}),
        ("percentage", {"rollout_ratio": Decimal("1.01")}),
        ("percentage", {"rollout_ratio": Decimal("-0.1")}),
    ],
)
def test_wrong_fields_are_named(service: Any, now: datetime, field: str, facts: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        releases.record_release(**{"actor": ACTOR, "service": service, "version": "1", "now": now, **facts})
    assert list(caught.value.fields) == [field]


def test_a_release_is_audited(service: Any, now: datetime) -> None:
    release = releases.record_release(actor=ACTOR, service=service, version="1", now=now)
    entry = AuditEntry.objects.get(target_id=release.public_id)
    assert (entry.action, entry.team_id) == ("release.recorded", service.team_id)
