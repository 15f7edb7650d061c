from collections.abc import Callable
from datetime import datetime
from typing import Any

from shortener.services.importing import contexts
from tests.factories.shortener import DomainFactory
from tests.shortener.services.importing.helpers import SHLINK, uploaded

ActorOf = Callable[[Any], Any]


def test_only_domains_that_the_author_may_use_are_known(
    actor_of: ActorOf, bob: Any, team: Any, other_team: Any, now: datetime
) -> None:
    DomainFactory(name="ours.example.com", team=team)
    DomainFactory(name="theirs.example.com", team=other_team)
    DomainFactory(name="old.example.com", archived_at=now)
    job = uploaded(actor_of(bob), team, SHLINK, now)
    context = contexts.context_of(job, actor_of(bob), now)
    assert set(context.domains) == {"ours.example.com", job.domain.name}
    assert "theirs.example.com" in context.served


def test_options_have_careful_defaults(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> None:
    job = uploaded(actor_of(bob), team, SHLINK, now)
    context = contexts.context_of(job, actor_of(bob), now)
    assert (context.add_tags, context.with_visits, str(contexts.existing_of(job))) == ((), True, "report")
