"""Probes, SLIs, SLOs and counts for tests."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import factory

from slo.domain.windows import EPOCH, MINUTE
from slo.models import Probe, Release, Sli, Slo, SloStatus
from slo.services import counts
from tests.factories.catalog import ServiceFactory

MADE_AT = datetime(2026, 2, 1, tzinfo=UTC)


class ProbeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Probe

    service = factory.SubFactory(ServiceFactory)
    name = factory.Sequence(lambda n: f"probe {n}")
    url = "http://127.0.0.1:9/"
    interval = timedelta(seconds=60)
    timeout = timedelta(seconds=2)
    created_at = MADE_AT


class SliFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sli

    service = factory.SubFactory(ServiceFactory)
    name = factory.Sequence(lambda n: f"sli {n}")
    source = factory.Sequence(lambda n: f"tests.source{n}")
    started_at = MADE_AT
    created_at = MADE_AT


class SloFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Slo

    service = factory.SubFactory(ServiceFactory)
    sli = factory.SubFactory(SliFactory, service=factory.SelfAttribute("..service"))
    name = factory.Sequence(lambda n: f"slo {n}")
    objective = Decimal("0.99")
    created_at = MADE_AT


class SloStatusFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SloStatus

    slo = factory.SubFactory(SloFactory)
    window_end = EPOCH
    computed_at = MADE_AT


class ReleaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Release

    service = factory.SubFactory(ServiceFactory)
    version = factory.Sequence(lambda n: f"1.0.{n}")
    started_at = MADE_AT
    created_at = MADE_AT


def minutes(sli: Sli, *, end: datetime, pairs: Sequence[tuple[int, int]]) -> None:
    """Writes `(good, total)` for consecutive minutes, the last of which ends at `end`."""
    first = end - len(pairs) * MINUTE
    rows = [counts.MinuteRow(sli.pk, first + n * MINUTE, good, total) for n, (good, total) in enumerate(pairs)]
    counts.set_minutes(rows, now=end + MINUTE)


def watched_slo(*, end: datetime, pairs: Sequence[tuple[int, int]], **fields: Any) -> Slo:
    """An SLO whose SLI began with the first of `pairs`, with a status row that is due."""
    slo: Slo = SloFactory(**fields)
    Sli.objects.filter(pk=slo.sli_id).update(started_at=end - len(pairs) * MINUTE)
    slo.refresh_from_db()
    minutes(slo.sli, end=end, pairs=pairs)
    SloStatusFactory(slo=slo)
    return slo
