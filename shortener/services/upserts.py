"""One link per external id of a team: made by the first call, changed by those that follow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.accounts.domain.actors import Actor
from shortener.domain.replica import slug_key
from shortener.exceptions import ExternalIdTaken, InvalidLink, WrongState
from shortener.models import Domain, Link
from shortener.services import links

ATTEMPTS = 3


def upsert_link(
    *,
    actor: Actor,
    team_id: int,
    values: Mapping[str, Any],
    slug: str | None = None,
    domain: Domain | None = None,
    now: datetime,
) -> tuple[Link, bool]:
    """The link of `values["external_id"]`, and whether it was made now; the given fields are as given afterwards.

    A slug or domain that the existing link does not have is refused, for an address never changes. Two callers at
    once end with one link: who comes second changes what the first one made.
    """
    for _attempt in range(ATTEMPTS):
        found = Link.objects.present().filter(team_id=team_id, external_id=values["external_id"])
        link = found.select_related("domain").first()
        try:
            if link is None:
                made = links.create_link(actor=actor, team_id=team_id, values=values, slug=slug, domain=domain, now=now)
                return made, True
            _require_address(link, slug, domain)
            return links.update_link(actor=actor, link=link, values=values, now=now), False
        except ExternalIdTaken:
            continue
        except WrongState:
            if link is not None and Link.objects.present().filter(pk=link.pk).exists():
                raise
    raise ExternalIdTaken(fields={"external_id": [ExternalIdTaken.title]})


def _require_address(link: Link, slug: str | None, domain: Domain | None) -> None:
    errors: dict[str, list[str]] = {}
    if slug is not None and slug_key(slug, case_sensitive=link.domain.case_sensitive) != link.key:
        errors["slug"] = [f'The link with this external id has the slug "{link.slug}", which never changes.']
    if domain is not None and domain.pk != link.domain_id:
        errors["domain"] = [f"The link with this external id lives at {link.domain.name}, which never changes."]
    if errors:
        raise InvalidLink(fields=errors)
