"""Writes of links. Each one is audited and published to the edges in its own transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.lib.errors import PreconditionFailed
from shortener.domain import slugs
from shortener.domain.replica import slug_key
from shortener.exceptions import ExternalIdTaken, LinkPurged, NoFreeSlug, SlugTaken, WrongState
from shortener.models import Domain, Link, LinkState
from shortener.services import bans, changes, domains, events, fields, quotas, trash

ATTEMPTS = 4
AUDITED = (*fields.EDITABLE, "slug")


def create_link(
    *,
    actor: Actor,
    team_id: int,
    values: Mapping[str, Any],
    slug: str | None = None,
    domain: Domain | None = None,
    now: datetime,
) -> Link:
    """Stores a new link under `slug`, or under a random one.

    Raises InvalidLink with all field errors, SlugTaken with a suggestion, ExternalIdTaken, QuotaReached. The database
    decides who gets a slug: of several callers at once exactly one does.
    """
    actor.require(Role.RESPONDER, team_id)
    bans.require_free(actor=actor, team_id=team_id)
    cleaned = fields.clean(values, extra={"slug": slugs.problems(slug) if slug else []})
    domain = domain or domains.default_domain(team_id=team_id, now=now)
    link = Link(team_id=team_id, domain=domain, created_by_id=actor.user_id, created_at=now, updated_at=now, **cleaned)
    with transaction.atomic():
        quotas.require_room(team_id, now)
        domains.hold(domain, team_id=team_id)
        if slug:
            _insert_chosen(link, slug)
        else:
            _insert_random(link)
        audit.record(actor=actor, action="link.created", target=link, after=snapshot(link), now=now)
        events.emit(link=link, event="link.created", now=now)
        changes.publish([link.pk])
    return link


def update_link(
    *, actor: Actor, link: Link, values: Mapping[str, Any], expected_version: int | None = None, now: datetime
) -> Link:
    """Changes the given fields. Raises PreconditionFailed when the link is not at `expected_version` any more.

    Values that change nothing leave the version, the audit log and the edges alone.
    """
    with transaction.atomic():
        current = _locked(actor, link, expected_version)
        cleaned = fields.clean(values, link=current)
        if "state" in cleaned and current.state == LinkState.BANNED:
            raise WrongState("The link is banned.")
        return _saved(actor=actor, link=current, values=cleaned, action="link.updated", now=now)


def expire_link(*, actor: Actor, link: Link, now: datetime) -> Link:
    """Ends an active link at once; a repeat leaves the first end in place."""
    with transaction.atomic():
        current = _locked(actor, link)
        if current.expires_at is not None and current.expires_at <= now:
            return current
        begun = current.not_before if current.not_before and current.not_before < now else None
        values = {"expires_at": now, "not_before": begun}
        return _saved(actor=actor, link=current, values=values, action="link.expired", now=now)


def disable_link(*, actor: Actor, link: Link, expected_version: int | None = None, now: datetime) -> Link:
    """Stops an active link until it is enabled again; a repeat changes nothing."""
    return _move(actor, link, LinkState.DISABLED, from_state=LinkState.ACTIVE, version=expected_version, now=now)


def enable_link(*, actor: Actor, link: Link, expected_version: int | None = None, now: datetime) -> Link:
    """Starts a disabled link again; a repeat changes nothing. A banned link stays banned."""
    return _move(actor, link, LinkState.ACTIVE, from_state=LinkState.DISABLED, version=expected_version, now=now)


def delete_link(*, actor: Actor, link: Link, expected_version: int | None = None, now: datetime) -> Link:
    """Puts the link into the trash: it answers 404 at once, and its slug stays taken for good."""
    with transaction.atomic():
        current = _locked(actor, link, expected_version)
        values = {"state": LinkState.DELETED, "deleted_at": now}
        return _saved(actor=actor, link=current, values=values, action="link.deleted", now=now)


def restore_link(*, actor: Actor, link: Link, now: datetime) -> Link:
    """Takes a deleted link out of the trash, in the state that it had; a repeat changes nothing.

    Raises LinkPurged when its content is gone, InvalidLink when its target may not be shortened any more, and
    ExternalIdTaken.
    """
    actor.require(Role.RESPONDER, link.team_id)
    with transaction.atomic():
        current = Link.objects.select_for_update(of=["self"]).select_related("domain", "team").get(pk=link.pk)
        if current.state != LinkState.DELETED:
            return current
        if not current.target:
            raise LinkPurged
        fields.clean({"target": current.target}, link=current)
        held = current.ban if current.ban is not None and current.ban.lifted_at is None else None
        values = {"state": trash.former_state(current), "deleted_at": None, "ban": held}
        return _saved(actor=actor, link=current, values=values, action="link.restored", now=now)


def snapshot(link: Link) -> dict[str, Any]:
    """The fields of a link that the audit log compares."""
    return {name: fields.value_of(link, name) for name in AUDITED}


def _move(
    actor: Actor, link: Link, state: LinkState, *, from_state: LinkState, version: int | None, now: datetime
) -> Link:
    with transaction.atomic():
        current = _locked(actor, link, version)
        if current.state not in {state, from_state}:
            raise WrongState(f"The link is {current.state}.")
        action = "link.enabled" if state == LinkState.ACTIVE else "link.disabled"
        return _saved(actor=actor, link=current, values={"state": state}, action=action, now=now)


def _locked(actor: Actor, link: Link, expected_version: int | None = None) -> Link:
    actor.require(Role.RESPONDER, link.team_id)
    current = Link.objects.select_for_update(of=["self"]).select_related("domain", "team").get(pk=link.pk)
    if current.state == LinkState.DELETED:
        raise WrongState("The link was deleted.")
    if expected_version is not None and current.version != expected_version:
        raise PreconditionFailed
    return current


def _saved(*, actor: Actor, link: Link, values: Mapping[str, Any], action: str, now: datetime) -> Link:
    before = snapshot(link)
    for name, value in values.items():
        setattr(link, name, value)
    after = snapshot(link)
    if before == after:
        return link
    link.version += 1
    link.updated_at = now
    if _violated(link) is not None:
        raise ExternalIdTaken(fields={"external_id": [ExternalIdTaken.title]})
    audit.record(actor=actor, action=action, target=link, before=before, after=after, now=now)
    events.emit_saved(link=link, action=action, before=before, after=after, now=now)
    changes.publish([link.pk])
    return link


def _insert_chosen(link: Link, slug: str) -> None:
    _name(link, slug)
    if not _inserted(link):
        raise SlugTaken(slug=slug, suggestion=_free_alternative(link.domain, slug))


def _insert_random(link: Link) -> None:
    """A few attempts at the usual length, then one that is a character longer."""
    for attempt in range(ATTEMPTS + 1):
        length = slugs.LENGTH + attempt // ATTEMPTS
        _name(link, slugs.random_slug(length=length, case_sensitive=link.domain.case_sensitive))
        if _inserted(link):
            return
    raise NoFreeSlug


def _name(link: Link, slug: str) -> None:
    link.slug, link.key = slug, slug_key(slug, case_sensitive=link.domain.case_sensitive)


def _inserted(link: Link) -> bool:
    violated = _violated(link)
    if violated == "link_team_external_id":
        raise ExternalIdTaken(fields={"external_id": [ExternalIdTaken.title]})
    return violated is None


def _violated(link: Link) -> str | None:
    """Saves `link`; the name of the unique constraint that forbade it, None when it is stored."""
    try:
        with transaction.atomic():
            link.save()
    except IntegrityError as error:
        name: str = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if name not in {"link_domain_key", "link_team_external_id"}:
            raise
        return name
    return None


def _free_alternative(domain: Domain, slug: str) -> str:
    wanted = {slug_key(other, case_sensitive=domain.case_sensitive): other for other in slugs.alternatives(slug)}
    taken = set(Link.objects.filter(domain=domain, key__in=wanted).values_list("key", flat=True))
    return next((other for key, other in wanted.items() if key not in taken), f"{slug[:48]}-{slugs.random_slug()}")
