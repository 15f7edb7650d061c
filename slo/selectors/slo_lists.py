"""The list of SLOs: narrowed, and ordered so that the objectives of one SLO stay together."""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, F, Max, Min, Q, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet, User
from slo.models import Slo, SloStatus

FIRING = "firing"
WORST = "worst"
ORDERS = {
    WORST: ("Worst first", "remaining_ratio", Min, False),
    "burn": ("Fastest burn first", "burn_1h", Max, True),
    "exhausts": ("Exhausted soonest", "exhausts_at", Min, False),
    "tier": ("By tier", "slo__service__tier", Min, False),
    "service": ("By service", "slo__service__name", Min, False),
    "name": ("By name", "slo__name", Min, False),
    "review": ("By review", "slo__review_due_at", Min, False),
}
ORDER_LABELS = {key: label for key, (label, *_) in ORDERS.items() if key != WORST}


def search(
    found: TeamOwnedQuerySet[SloStatus],
    *,
    text: str = "",
    service: str = "",
    team: str = "",
    state: str = "",
    tier: int | None = None,
    category: str = "",
    owner: str = "",
    user_id: int | None = None,
    review_due_by: datetime | None = None,
) -> TeamOwnedQuerySet[SloStatus]:
    """Narrows `found` by words, service and team slug, state or `firing`, tier, category, owner and due review.

    `owner` is a person's public id, `none`, or `me` for the person `user_id`.
    """
    if text:
        found = found.filter(Q(slo__name__icontains=text) | Q(slo__service__name__icontains=text))
    exact = {"slo__service__slug": service, "slo__service__team__slug": team, "slo__category": category}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if tier is not None:
        found = found.filter(slo__service__tier=tier)
    if review_due_by is not None:
        found = found.filter(slo__review_due_at__lte=review_due_by)
    if owner:
        found = found.filter(_owned(owner, user_id))
    if state == FIRING:
        return found.exclude(firing=[])
    return found.filter(state=state) if state else found


def _owned(owner: str, user_id: int | None) -> Q:
    if owner == "none":
        return Q(slo__owner=None)
    return Q(slo__owner_id=user_id or 0) if owner == "me" else Q(slo__owner__public_id=owner)


def grouped(found: QuerySet[SloStatus], order: str = WORST) -> QuerySet[Any]:
    """`found` in one of the `ORDERS`: a group of objectives stands where its first member by that order would."""
    _, column, pick, descends = ORDERS.get(order, ORDERS[WORST])
    group = Coalesce("slo__primary_id", "slo_id")
    rank = Window(pick(column), partition_by=[group])
    key = F("rank").desc(nulls_last=True) if descends else F("rank").asc(nulls_last=True)
    is_further = Case(When(slo__primary=None, then=Value(False)), default=Value(True), output_field=BooleanField())
    return found.annotate(rank=rank, group=group, is_further=is_further).order_by(
        key, "group", "is_further", F("remaining_ratio").asc(nulls_last=True), "slo__name", "pk"
    )


def owners(actor: Actor) -> list[tuple[str, str]]:
    """The people who own SLOs that `actor` may see, as (public id, name)."""
    owned = Slo.objects.visible_to(actor).filter(archived_at=None, owner__isnull=False).values("owner")
    return [(person.public_id, str(person)) for person in User.objects.filter(pk__in=owned).order_by("name", "email")]
