"""Keeping ad-hoc queries for a team."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from slo.domain.queries import InvalidQuery, query_of
from slo.models import SavedQuery

MOST = 200
LONGEST_NAME = 100
KEPT = ("measure", "way", "by", "last", "from", "until", "team", "service", "name")


@transaction.atomic
def save_query(*, actor: Actor, team_id: int, name: str, asked: Mapping[str, Any], now: datetime) -> SavedQuery:
    """Keeps a query that can be asked, under a name that the team does not have yet; Invalid names what is wrong."""
    actor.require(Role.RESPONDER, team_id)
    kept = {key: str(asked[key]) for key in KEPT if asked.get(key)}
    _check(team_id, name, kept, now)
    saved = SavedQuery(team_id=team_id, name=name.strip(), asked=kept, author=actor.label[:160], created_at=now)
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        raise Invalid(fields={"title": ["The team has a query of this name already."]}) from error
    audit.record(actor=actor, action="query.saved", target=saved, after={"name": saved.name, "asked": kept}, now=now)
    return saved


@transaction.atomic
def delete_query(*, actor: Actor, saved: SavedQuery, now: datetime) -> None:
    """Forgets a query; the numbers stay."""
    actor.require(Role.RESPONDER, saved.team_id)
    before = {"name": saved.name, "asked": saved.asked}
    audit.record(actor=actor, action="query.deleted", target=saved, before=before, now=now)
    saved.delete()


def _check(team_id: int, name: str, kept: Mapping[str, str], now: datetime) -> None:
    problems: dict[str, list[str]] = {}
    if not name.strip():
        problems["title"] = ["Give the query a name."]
    elif len(name.strip()) > LONGEST_NAME:
        problems["title"] = [f"A name has at most {LONGEST_NAME} characters."]
    elif SavedQuery.objects.filter(team_id=team_id).count() >= MOST:
        problems["title"] = [f"The team keeps {MOST} queries; delete one first."]
    try:
        query_of(kept, now=now)
    except InvalidQuery as error:
        problems |= {field: [problem] for field, problem in error.problems.items()}
    if problems:
        raise Invalid(fields=problems)
