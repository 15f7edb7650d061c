"""Reading what SLOs are composed of."""

from collections import defaultdict

from django.db.models import QuerySet

from slo.models import CompositePart, Slo


def parts_of(slo: Slo) -> QuerySet[CompositePart]:
    """The parts of a composite, the heaviest first; none for others."""
    found = CompositePart.objects.filter(composite=slo).select_related("part__service", "part__status")
    return found.order_by("-weight", "part__name", "pk")


def composites_with(slo: Slo) -> QuerySet[Slo]:
    """The living SLOs that this one is a part of."""
    return Slo.objects.filter(parts__part=slo, archived_at=None).order_by("name", "pk")


def related_parts(slo_ids: set[int]) -> dict[int, set[int]]:
    """All compositions that can be reached from these SLOs, upwards and downwards: one query per level."""
    found: dict[int, set[int]] = defaultdict(set)
    seen: set[int] = set()
    fresh = set(slo_ids)
    while fresh:
        seen |= fresh
        upwards = CompositePart.objects.filter(part_id__in=fresh).values_list("composite_id", "part_id")
        downwards = CompositePart.objects.filter(composite_id__in=fresh).values_list("composite_id", "part_id")
        pairs = [*upwards, *downwards]
        for whole, part in pairs:
            found[whole].add(part)
        fresh = {one for pair in pairs for one in pair} - seen
    return dict(found)
