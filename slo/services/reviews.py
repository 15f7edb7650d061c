"""Reviews of SLOs: recording one, and reminding of those that are due."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Membership
from portal.accounts.services import audit, mails
from slo.exceptions import SloArchived
from slo.models import Slo
from slo.selectors.reviews import REVIEWED

BATCH = 100


@transaction.atomic
def record_review(*, actor: Actor, slo: Slo, note: str, now: datetime) -> Slo:
    """Says that the SLO was looked at, with a note for the audit log; its next review is due a cycle from now."""
    slo = Slo.objects.select_for_update(of=("self",)).select_related("service").get(pk=slo.pk)
    if slo.archived_at is not None:
        raise SloArchived
    before = {"reviewed_at": slo.reviewed_at}
    slo.reviewed_at = now
    slo.review_due_at = now + timedelta(days=slo.review_days) if slo.review_days else None
    slo.version += 1
    slo.save(update_fields=["reviewed_at", "review_due_at", "version"])
    audit.record(
        actor=actor, action=REVIEWED, target=slo, before=before, after={"reviewed_at": now, "note": note}, now=now
    )
    return slo


def remind_reviews_due(*, now: datetime) -> int:
    """Queues the mails about reviews that are due and says how many.

    `review_told_at` is written by a conditional UPDATE together with the mails: once per cycle, however often and by
    however many this runs. The owner is told, or the managers of the team where nobody owns it.
    """
    untold = Q(review_told_at=None) | Q(review_told_at__lt=F("review_due_at"))
    found = Slo.objects.filter(untold, review_due_at__lte=now, archived_at=None).select_related(
        "service__team", "owner"
    )
    return sum(_remind(slo, now) for slo in found.order_by("review_due_at", "pk")[:BATCH])


@transaction.atomic
def _remind(slo: Slo, now: datetime) -> int:
    untold = Q(review_told_at=None) | Q(review_told_at__lt=F("review_due_at"))
    if not Slo.objects.filter(untold, pk=slo.pk, review_due_at__lte=now, archived_at=None).update(review_told_at=now):
        return 0
    recipients = _recipients(slo)
    url = settings.PORTAL_BASE_URL + reverse("slo_review", args=[slo.public_id])
    for address in recipients:
        mails.queue(
            to=address,
            subject=f"Review due: {slo.name}",
            text=f"The SLO {slo.name} of {slo.service.name} ({slo.objective_text}) is looked at every "
            f"{slo.review_days} days. Does its objective still say what users need?\n\n{url}\n",
            now=now,
        )
    return len(recipients)


def _recipients(slo: Slo) -> list[str]:
    if slo.owner is not None and slo.owner.is_active:
        return [slo.owner.email]
    managers = Membership.objects.filter(team=slo.service.team_id, role="manager", user__is_active=True)
    return [membership.user.email for membership in managers.select_related("user").order_by("pk")]
