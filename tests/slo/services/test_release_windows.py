"""Setting release windows."""

from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.selectors import release_windows as selectors
from slo.services import release_windows

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
WEEK = {"zone": "UTC", "hours": [{"days": ["wed"], "from": "10:00", "until": "16:00"}]}


def give(owner: Any, now: datetime, **more: Any) -> Any:
    return release_windows.set_window(actor=ACTOR, owner=owner, definition={**WEEK, **more}, now=now)


def test_a_window_is_set_and_removed(service: Any, now: datetime) -> None:
    give(service, now)
    answer = selectors.window_at(service.pk, now)
    assert answer is not None
    assert answer.is_open
    for _ in range(2):
        release_windows.remove_window(actor=ACTOR, owner=service, now=now)
    assert selectors.window_at(service.pk, now) is None


def test_the_same_again_changes_nothing(service: Any, now: datetime) -> None:
    assert [give(service.team, now).version for _ in range(2)] == [1, 1]
    assert give(service.team, now, zone="Asia/Tokyo").version == 2
    assert AuditEntry.objects.filter(action="release_window.set").count() == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"country": "ZZ"}, "country"),
        ({"country": "AT", "subdivision": "TX"}, "subdivision"),
        ({"subdivision": "TX"}, "subdivision"),
        ({"zone": "nowhere"}, "zone"),
        ({"hours": []}, "hours"),
    ],
    ids=["unknown country", "part of another country", "part of none", "zone", "hours"],
)
def test_what_is_wrong_is_named(service: Any, now: datetime, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        give(service, now, **more)
    assert list(caught.value.fields) == [field]


def test_it_is_audited_for_the_team(service: Any, now: datetime) -> None:
    row = give(service, now)
    assert AuditEntry.objects.get(target_id=row.public_id).team_id == service.team_id
