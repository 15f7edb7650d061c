"""SLOs that are composed of others: a minute is the weighted mean of the ratios of its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.domain import composites
from slo.exceptions import SloArchived
from slo.models import CompositePart, Sli, Slo
from slo.selectors import composites as selectors
from slo.services import objectives, streams

LARGEST_WEIGHT = 1000


@dataclass(frozen=True, slots=True)
class Share:
    """One part and how much it weighs, 1 to 1,000."""

    part: Slo
    weight: int = 1


@transaction.atomic
def create_composite(
    *, actor: Actor, service: Service, shares: Sequence[Share], facts: Mapping[str, Any], now: datetime
) -> Slo:
    """Adds an SLO that is composed of others, with one revision that names them."""
    sli = Sli.objects.create(
        service=service, name=str(facts.get("name", ""))[:120], kind="composite", started_at=now, created_at=now
    )
    slo = objectives.create_slo(actor=actor, service=service, sli=sli, facts=facts, now=now)
    Sli.objects.filter(pk=sli.pk).update(owner=slo)
    _check(slo, shares, actor)
    _store(slo, shares)
    objectives.restate(slo)
    return streams.ensure_stream(slo=slo, now=now, is_new=True)


@transaction.atomic
def set_parts(*, actor: Actor, slo: Slo, shares: Sequence[Share], now: datetime, reason: str = "") -> Slo:
    """Makes a composite consist of exactly these parts, as a new revision; the same parts change nothing.

    Invalid names at `parts` what cannot be: none, too many, one twice, an archived or hidden one, a circle.
    """
    slo = Slo.objects.select_for_update(of=("self",)).select_related("service", "sli").get(pk=slo.pk)
    if slo.archived_at is not None:
        raise SloArchived
    _check(slo, shares, actor)
    before = _shown(slo)
    _store(slo, shares)
    if _shown(slo) == before:
        return slo
    objectives.revise(slo, actor=actor, reason=reason, now=now)
    audit.record(actor=actor, action="slo.composed", target=slo, before=before, after=_shown(slo), now=now)
    return streams.ensure_stream(slo=slo, now=now)


def _check(slo: Slo, shares: Sequence[Share], actor: Actor) -> None:
    problems = _problems(slo, shares, actor)
    ids = {share.part.pk for share in shares}
    if not problems:
        try:
            composites.check(slo.pk, selectors.related_parts({slo.pk, *ids}) | {slo.pk: ids})
        except composites.BadComposite as error:
            problems = [str(error)]
    if problems:
        raise Invalid(fields={"parts": problems})


def _problems(slo: Slo, shares: Sequence[Share], actor: Actor) -> list[str]:
    ids = [share.part.pk for share in shares]
    visible = set(Slo.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    found = []
    if not 1 <= len(shares) <= composites.MOST_PARTS:
        found.append(f"A composite has 1 to {composites.MOST_PARTS} parts.")
    if len(set(ids)) < len(ids):
        found.append("Each part stands once; give it more weight instead.")
    if any(not 1 <= share.weight <= LARGEST_WEIGHT for share in shares):
        found.append(f"A weight is a whole number from 1 to {LARGEST_WEIGHT}.")
    hidden = [share.part for share in shares if share.part.pk not in visible or share.part.archived_at is not None]
    found += [f"{part.public_id} is archived, or you may not see it." for part in hidden]
    if slo.pk in ids:
        found.append("An SLO cannot be a part of itself.")
    return found


def _store(slo: Slo, shares: Sequence[Share]) -> None:
    CompositePart.objects.filter(composite=slo).delete()
    CompositePart.objects.bulk_create(
        CompositePart(composite=slo, part=share.part, weight=share.weight) for share in shares
    )


def _shown(slo: Slo) -> dict[str, Any]:
    return {"parts": [f"{one.part.public_id} x {one.weight}" for one in selectors.parts_of(slo)]}
