"""Setting error-budget policies."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PreconditionFailed
from slo.selectors import policies as selectors
from slo.services import policies
from tests.factories.slo import SloFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
LATER = timedelta(hours=1)


def give(owner: Any, now: datetime, definition: dict[str, Any] | None = None, **more: Any) -> Any:
    return policies.set_policy(actor=ACTOR, owner=owner, definition=definition or {"no_data": "deny"}, now=now, **more)


def test_every_state_is_kept(service: Any, now: datetime) -> None:
    give(service, now, reason="first")
    give(service, now + LATER, {"no_data": "warn"})
    policies.withdraw_policy(actor=ACTOR, owner=service, now=now + 2 * LATER)
    kept = [(row.revision, row.definition.get("no_data"), row.valid_until) for row in selectors.revisions(service)]
    assert kept == [(3, None, None), (2, "warn", now + 2 * LATER), (1, "deny", now + LATER)]


def test_the_same_again_changes_nothing(service: Any, now: datetime) -> None:
    made = [give(service, now + number * LATER) for number in range(2)]
    assert [row.revision for row in made] == [1, 1]
    assert AuditEntry.objects.filter(action="policy.set").count() == 1


def test_a_withdrawn_one_can_be_set_again(service: Any, now: datetime) -> None:
    give(service, now)
    for number in (1, 2):
        policies.withdraw_policy(actor=ACTOR, owner=service, now=now + number * LATER)
    assert (give(service, now + 3 * LATER).revision, selectors.policy_for(service.pk).origin) == (3, "service")


def test_a_team_has_one_of_its_own(service: Any, now: datetime) -> None:
    give(service, now)
    row = give(service.team, now)
    assert (row.service, row.team) == (None, service.team)


def test_somebody_elses_change_is_not_overwritten(service: Any, now: datetime) -> None:
    seen = give(service, now).version
    give(service, now, {"no_data": "warn"}, version=seen)
    with pytest.raises(PreconditionFailed):
        give(service, now, {"no_data": "allow"}, version=seen)


def test_everything_that_is_wrong_is_named(service: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        give(service, now, {"no_data": "perhaps", "steps": []}, reason="x" * 301)
    assert set(caught.value.fields) == {"no_data", "reason"}


def test_it_looks_at_slos_of_the_service_only(service: Any, now: datetime) -> None:
    other = SloFactory()
    with pytest.raises(Invalid) as caught:
        give(service, now, {"slos": [other.public_id]})
    assert list(caught.value.fields) == ["slos"]


def test_it_is_audited_for_the_team(service: Any, now: datetime) -> None:
    row = give(service, now)
    entry = AuditEntry.objects.get(target_id=row.public_id)
    assert (entry.action, entry.team_id, entry.changes["no_data"]) == ("policy.set", service.team_id, [None, "deny"])
