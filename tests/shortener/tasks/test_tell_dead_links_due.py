from typing import Any

import pytest

from portal.accounts.models import OutgoingMail
from shortener import tasks
from shortener.models import TargetCheck
from tests.factories.shortener import NOON, LinkFactory


@pytest.mark.django_db
def test_the_tick_tells_once(bob: Any, team: Any) -> None:
    TargetCheck.objects.create(link=LinkFactory(team=team, created_by=bob), due_at=NOON, dead_since=NOON)
    tasks.tell_dead_links_due()
    tasks.tell_dead_links_due()
    assert OutgoingMail.objects.get().to == bob.email
