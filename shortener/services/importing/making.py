"""New links of an import: the writes of `services.links.create_link`, for a whole chunk in few statements."""

from collections.abc import Sequence
from datetime import datetime

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from shortener.domain import slugs
from shortener.domain.replica import slug_key
from shortener.models import ImportJob, Link, Webhook
from shortener.services import changes, events, links
from shortener.services.importing.plans import Plan


def create_links(fresh: Sequence[Plan], *, job: ImportJob, actor: Actor, now: datetime) -> None:
    """Stores a link for each plan, each with its audit entry and its event, and puts it on the plan.

    The caller holds their domains (`holding.hold_domains`), so that keys follow the case rule in force. Raises
    IntegrityError when one of the slugs was taken meanwhile. Nothing is published yet.
    """
    made = [_link(plan, job, actor, now) for plan in fresh]
    Link.objects.bulk_create(made)
    for plan, link in zip(fresh, made, strict=True):
        plan.link = link
    audit.record_many(actor=actor, action="link.created", made=[(link, links.snapshot(link)) for link in made], now=now)
    if made and Webhook.objects.filter(team_id=job.team_id, disabled_at=None).exists():
        for link in made:
            events.emit(link=link, event="link.created", now=now)


def create_link(plan: Plan, *, job: ImportJob, actor: Actor, now: datetime) -> None:
    """Stores one link the usual way; raises what `links.create_link` raises."""
    draft = plan.draft
    given = draft.given | ({"external_id": plan.external_id} if plan.external_id else {})
    plan.link = links.create_link(
        actor=actor, team_id=job.team_id, values=given, slug=draft.slug or None, domain=draft.domain, now=now
    )


def publish(made: Sequence[Link]) -> None:
    """Tells the edges of all new links; the last thing in the transaction."""
    if made:
        changes.publish([link.pk for link in made])


def _link(plan: Plan, job: ImportJob, actor: Actor, now: datetime) -> Link:
    draft = plan.draft
    is_sensitive = draft.domain.case_sensitive
    slug = draft.slug or slugs.random_slug(case_sensitive=is_sensitive)
    cleaned = draft.cleaned | {"external_id": plan.external_id}
    return Link(
        team=job.team,
        domain=draft.domain,
        slug=slug,
        key=slug_key(slug, case_sensitive=is_sensitive),
        created_by_id=actor.user_id,
        created_at=draft.created_at or now,
        updated_at=now,
        **cleaned,
    )
