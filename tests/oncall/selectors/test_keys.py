"""Keys of integrations."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.exceptions import KeyUnknown
from oncall.models import Integration
from oncall.selectors import keys
from portal.accounts.domain import secrets
from tests.factories.oncall import IntegrationFactory

DIGEST = secrets.digest("k" + 31 * "1")


def test_an_answer_is_kept_for_two_seconds(team: Any, now: datetime, django_assert_num_queries: Any) -> None:
    IntegrationFactory(team=team)
    keys.door_of(DIGEST, now)
    with django_assert_num_queries(1):
        keys.door_of(DIGEST, now + timedelta(seconds=1))
        keys.door_of(DIGEST, now + timedelta(seconds=2))


def test_a_clock_that_was_put_back_keeps_nothing_for_long(team: Any, now: datetime) -> None:
    IntegrationFactory(team=team)
    keys.door_of(DIGEST, now)
    Integration.objects.update(revoked_at=now)
    with pytest.raises(KeyUnknown):
        keys.door_of(DIGEST, now - timedelta(hours=1))


def test_a_forgotten_answer_is_asked_for_again(team: Any, now: datetime) -> None:
    door = keys.door_of(IntegrationFactory(team=team).key_hash, now)
    Integration.objects.update(rate_per_minute=7)
    keys.forget(door.digest)
    assert keys.door_of(door.digest, now).rate_per_minute == 7
