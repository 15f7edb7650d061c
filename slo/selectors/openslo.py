"""SLOs as OpenSLO files."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from portal.accounts.domain.actors import Actor
from portal.lib.yaml_text import dump_all
from slo.domain.openslo.reading import read
from slo.domain.openslo.wanted import WantedSlo
from slo.domain.openslo.writing import Told, ToldObjective, document_of
from slo.domain.rules import DEFAULT_KEYS, rules_of, rules_that_can_fire
from slo.models import OpenSloDocument, Slo
from slo.selectors import objectives

EMPTY = "# There are no SLOs here yet.\n"


def slos_of(actor: Actor, service: str = "") -> QuerySet[Slo]:
    """The SLOs that `actor` may see, or those of one service by its slug, in an order that stays."""
    found = objectives.slos(actor).order_by("service__slug", "pk")
    return found.filter(service__slug=service) if service else found


def openslo_file(slos: Iterable[Slo]) -> str:
    """One YAML document for each SLO with its further objectives, then those that imported ones refer to."""
    families = _families(slos)
    kept = {one.slo_id: one for one in OpenSloDocument.objects.filter(slo_id__in=[family[0].pk for family in families])}
    documents = [_document(family, kept.get(family[0].pk)) for family in families]
    referred: list[Any] = []
    for one in kept.values():
        referred += [document for document in one.referred if document not in referred]
    if not documents:
        return EMPTY
    return dump_all([*documents, *referred])


def _families(slos: Iterable[Slo]) -> list[list[Slo]]:
    """SLOs with their further objectives behind them."""
    given = list(slos)
    families = {slo.pk: [slo] for slo in given if slo.primary_id is None}
    for slo in given:
        if slo.primary_id is not None:
            families.setdefault(slo.primary_id, []).append(slo)
    return list(families.values())


def _document(family: list[Slo], kept: OpenSloDocument | None) -> dict[str, Any]:
    first = family[0]
    former = None if kept is None else kept.document
    wanted = _wanted(kept)
    told = Told(
        name=kept.name if kept is not None else _name(first),
        title=first.name,
        description=first.description,
        service=first.service.slug,
        method=first.method,
        window_days=first.window_days,
        calendar_unit=first.calendar_unit,
        zone=first.zone,
        rules=rules_of(tuple(first.rules), first.window.nominal),
        objectives=[ToldObjective(slo.name, slo.objective, slo.sli.public_id, slo.slice_target) for slo in family],
        keeps_rules=wanted is not None and _rules(wanted, first) == list(first.rules),
        keeps_indicators=wanted is not None and _same_indicators(wanted, family),
    )
    return document_of(told, former)


def _wanted(kept: OpenSloDocument | None) -> WantedSlo | None:
    """What the imported document asked for."""
    if kept is None:
        return None
    documents = [("", document) for document in (kept.document, *kept.referred)]
    return next((one for one in read(documents)[0] if one.name == kept.name), None)


def _rules(wanted: WantedSlo, slo: Slo) -> list[str]:
    """The rules that the document asks for; without alert policies those of the defaults that can fire."""
    period = slo.window.nominal
    usual = rules_that_can_fire(slo.objective, rules_of(DEFAULT_KEYS, period), period)
    found: list[str] = wanted.objectives[0].facts.get("rules", [rule.key for rule in usual])
    return found


def _same_indicators(wanted: WantedSlo, family: list[Slo]) -> bool:
    """Whether each objective still counts what its document says."""
    if len(wanted.objectives) != len(family):
        return False
    return all(_same(one.indicator, slo) for one, slo in zip(wanted.objectives, family, strict=True))


def _same(indicator: Any, slo: Slo) -> bool:
    if indicator.sli or indicator.source:
        return bool(slo.sli.public_id == indicator.sli or slo.sli.source == indicator.source != "")
    asked = slo.sli.settings
    pairs = ((indicator.good, "good"), (indicator.bad, "bad"), (indicator.total, "total"), (indicator.gauge, "query"))
    return slo.sli.kind == "prometheus" and all(text == (asked.get(name) or "") for text, name in pairs)


def _name(slo: Slo) -> str:
    """A name of OpenSLO that is there once: words of the SLO and the end of its id."""
    words = re.sub(r"[^a-z0-9]+", "-", f"{slo.service.slug}-{slo.name}".lower()).strip("-")
    return f"{words[:54].rstrip('-')}-{slo.public_id[-6:].lower()}"
