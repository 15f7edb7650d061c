"""Probes, SLIs, SLOs and counts for tests."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from slo.domain.locations import host_of
from slo.domain.windows import EPOCH, MINUTE
from slo.models import Probe, ProbeLocation, Release, Sli, Slo, SloStatus
from slo.services import counts
from tests.factories.catalog import ServiceFactory

MADE_AT = datetime(2026, 2, 1, tzinfo=UTC)


class _Probe(DjangoModelFactory):
    class Meta:
        model = Probe
        skip_postgeneration_save = True

    service = SubFactory(ServiceFactory)
    name = Sequence(lambda n: f"probe {n}")
    url = "http://127.0.0.1:9/"
    interval = timedelta(seconds=60)
    timeout = timedelta(seconds=2)
    created_at = MADE_AT

    @post_generation  # type: ignore[untyped-decorator]  # the library has no types
    def next_run_at(self: Any, create: bool, extracted: datetime | None, **_: Any) -> None:
        """Puts the probe at its locations, due there at the given moment."""
        for name in self.locations:
            place = {"host": host_of(self.url), "next_run_at": extracted, "state": self.state}
            ProbeLocation.objects.create(probe=self, location=name, **place)


ProbeFactory: Any = _Probe


class _Sli(DjangoModelFactory):
    class Meta:
        model = Sli

    service = SubFactory(ServiceFactory)
    name = Sequence(lambda n: f"sli {n}")
    source = Sequence(lambda n: f"tests.source{n}")
    started_at = MADE_AT
    created_at = MADE_AT


SliFactory: Any = _Sli


class _Slo(DjangoModelFactory):
    class Meta:
        model = Slo

    service = SubFactory(ServiceFactory)
    sli = SubFactory(SliFactory, service=SelfAttribute("..service"))
    stream = SelfAttribute("sli")
    name = Sequence(lambda n: f"slo {n}")
    objective = Decimal("0.99")
    created_at = MADE_AT


SloFactory: Any = _Slo


class _SloStatus(DjangoModelFactory):
    class Meta:
        model = SloStatus

    slo = SubFactory(SloFactory)
    window_end = EPOCH
    computed_at = MADE_AT


SloStatusFactory: Any = _SloStatus


class _Release(DjangoModelFactory):
    class Meta:
        model = Release

    service = SubFactory(ServiceFactory)
    version = Sequence(lambda n: f"1.0.{n}")
    started_at = MADE_AT
    created_at = MADE_AT


ReleaseFactory: Any = _Release


def minutes(sli: Sli, *, end: datetime, pairs: list[tuple[int, int]]) -> None:
    """Writes `(good, total)` for consecutive minutes, the last of which ends at `end`."""
    first = end - len(pairs) * MINUTE
    rows = [counts.MinuteRow(sli.pk, first + n * MINUTE, good, total) for n, (good, total) in enumerate(pairs)]
    counts.set_minutes(rows, now=end + MINUTE)


def watched_slo(*, end: datetime, pairs: list[tuple[int, int]], **fields: Any) -> Slo:
    """An SLO whose SLI began with the first of `pairs`, with a status row that is due."""
    slo: Slo = SloFactory(**fields)
    Sli.objects.filter(pk=slo.sli_id).update(started_at=end - len(pairs) * MINUTE)
    slo.refresh_from_db()
    minutes(slo.sli, end=end, pairs=pairs)
    SloStatusFactory(slo=slo)
    return slo
