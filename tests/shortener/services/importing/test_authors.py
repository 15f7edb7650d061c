from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import PermissionDenied
from shortener.models import Link
from shortener.services.importing import authors
from tests.factories.accounts import ServiceAccountFactory
from tests.shortener.services.importing.helpers import SHLINK, imported, uploaded

ActorOf = Callable[[Any], Any]


def robot(team: Any, **fields: Any) -> Actor:
    account = ServiceAccountFactory(team=team, **fields)
    return Actor(kind="service_account", label="robot", service_account_id=account.pk, roles={team.pk: account.role})


def test_the_author_acts_with_name_and_address(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> None:
    found = authors.author_of(uploaded(actor_of(bob), team, SHLINK, now))
    assert (found.label, found.user_id, found.only_team_id) == (str(bob), bob.pk, team.pk)


def test_an_author_without_an_account_any_more_is_refused(
    actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    job = uploaded(actor_of(bob), team, SHLINK, now)
    bob.is_active = False
    bob.save()
    with pytest.raises(PermissionDenied):
        authors.author_of(job)


def test_a_service_account_imports_like_a_person(team: Any, now: datetime) -> None:
    from portal.accounts.domain.roles import Role

    job = imported(robot(team, role=Role.RESPONDER), team, SHLINK, now)
    assert (job.state, Link.objects.count(), job.created_by) == ("done", 2, None)


def test_a_service_account_that_was_stopped_is_refused(team: Any, now: datetime) -> None:
    from portal.accounts.domain.roles import Role

    actor = robot(team, role=Role.RESPONDER)
    job = uploaded(actor, team, SHLINK, now)
    type(team).objects.get(pk=team.pk).service_accounts.update(is_active=False)
    with pytest.raises(PermissionDenied):
        authors.author_of(job)
