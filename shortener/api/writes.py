"""What single and bulk calls do with one link: the role first, then the body, then one service call."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from shortener.api import serializers
from shortener.models import Link
from shortener.selectors import finding, owners
from shortener.services import creation_budgets, links, upserts


def checked(kind: Any, data: Any, **context: Any) -> dict[str, Any]:
    """The values that the serializer `kind` takes from `data`; ValidationError names every field that is wrong."""
    serializer = kind(data=data, context=context)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def create(*, actor: Actor, data: Any, now: datetime) -> Link:
    """Makes a link of a body."""
    return links.create_link(**_draft(serializers.LinkDraft, actor, data, now), actor=actor, now=now)


def upsert(*, actor: Actor, data: Any, now: datetime) -> tuple[Link, bool]:
    """Makes a link of a body, or changes the one that has its external id; and whether it made one."""
    return upserts.upsert_link(**_draft(serializers.LinkUpsert, actor, data, now), actor=actor, now=now)


def update(*, actor: Actor, id: str, data: Any, version: int | None, now: datetime) -> Link:
    """Changes a link by a body."""
    link = finding.get_link(actor, id)
    actor.require(Role.RESPONDER, link.team_id)
    values = checked(serializers.LinkPatch, data)
    return links.update_link(actor=actor, link=link, values=values, expected_version=version, now=now)


def delete(*, actor: Actor, id: str, version: int | None, now: datetime) -> None:
    """Puts a link into the trash."""
    link = finding.get_link(actor, id)
    links.delete_link(actor=actor, link=link, expected_version=version, now=now)


def _draft(kind: Any, actor: Actor, data: Any, now: datetime) -> dict[str, Any]:
    """The arguments of a creation."""
    owners.require_maker(actor, data.get("team") if isinstance(data, Mapping) else None)
    values = checked(kind, data, actor=actor)
    team_id = values.pop("team", None) or owners.team_id_for(actor)
    creation_budgets.spend(actor=actor, now=now)
    slug, domain = values.pop("slug", None) or None, values.pop("domain", None)
    return {"team_id": team_id, "slug": slug, "domain": domain, "values": values}
