"""Setting and withdrawing error-budget policies; every state of them is kept as a revision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid, PreconditionFailed
from slo.domain import policy_json
from slo.domain.policies import Policy
from slo.models import ErrorBudgetPolicy, ErrorBudgetPolicyRevision
from slo.selectors.policies import Owner, rows_of, unknown_slos

REASON = 300


@transaction.atomic
def set_policy(
    *,
    actor: Actor,
    owner: Owner,
    definition: Mapping[str, Any],
    now: datetime,
    reason: str = "",
    version: int | None = None,
) -> ErrorBudgetPolicy:
    """The policy of a service or the default of a team is `definition` from now on.

    The same once more changes nothing. `version` is what the caller saw, if it saw one.
    """
    policy = _parsed(owner, definition, reason)
    row = _locked(owner, now)
    if version is not None and version != row.version:
        raise PreconditionFailed
    wanted = policy_json.as_json(policy)
    if row.withdrawn_at is None and row.definition == wanted:
        return row
    before = {} if row.withdrawn_at else row.definition
    row.definition, row.withdrawn_at = wanted, None
    _revise(row, actor, reason, now)
    audit.record(actor=actor, action="policy.set", target=row, before=before, after=wanted, now=now)
    return row


@transaction.atomic
def withdraw_policy(*, actor: Actor, owner: Owner, now: datetime, reason: str = "") -> None:
    """A service goes by its team's policy again, a team by the portal's default. Twice is once."""
    row = rows_of(owner).select_for_update(of=("self",)).filter(withdrawn_at=None).first()
    if row is None:
        return
    before = row.definition
    row.definition, row.withdrawn_at = {}, now
    _revise(row, actor, reason, now)
    audit.record(actor=actor, action="policy.withdrawn", target=row, before=before, after={}, now=now)


def _parsed(owner: Owner, definition: Mapping[str, Any], reason: str) -> Policy:
    problems = {"reason": [f"Give at most {REASON} characters."]} if len(reason) > REASON else {}
    try:
        policy = policy_json.parse(definition)
    except policy_json.BadPolicy as error:
        raise Invalid(fields=problems | error.fields) from error
    if unknown := unknown_slos(owner, policy.slos):
        problems["slos"] = [f"Not an SLO of {owner.name}: {', '.join(unknown)}."]
    if problems:
        raise Invalid(fields=problems)
    return policy


def _locked(owner: Owner, now: datetime) -> ErrorBudgetPolicy:
    """The row of an owner, made when there is none, held until the transaction ends."""
    if isinstance(owner, Service):
        Service.objects.select_for_update().get(pk=owner.pk)
        team, service = owner.team, owner
    else:
        Team.objects.select_for_update().get(pk=owner.pk)
        team, service = owner, None
    found = rows_of(owner).select_related("team", "service").first()
    fresh = ErrorBudgetPolicy(team=team, service=service, created_at=now, updated_at=now, withdrawn_at=now, version=0)
    return found or fresh


def _revise(row: ErrorBudgetPolicy, actor: Actor, reason: str, now: datetime) -> None:
    row.revision, row.version, row.updated_at = row.revision + 1, row.version + 1, now
    row.save()
    row.revisions.filter(valid_until=None).update(valid_until=now)
    ErrorBudgetPolicyRevision.objects.create(
        policy=row,
        revision=row.revision,
        definition=row.definition,
        reason=reason.strip(),
        author=actor.label[:160],
        valid_from=now,
    )
