"""Visits of addresses that are no link: by day and by address, as far as a reader may see the domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Max, Q, QuerySet, Sum

from portal.accounts.domain.actors import Actor
from portal.lib.charts import LineChart, Series
from portal.lib.errors import Invalid
from shortener.domain import slugs
from shortener.models import OrphanDay
from shortener.selectors import finding

KINDS = {"root": "The domain itself", "slug": "Unknown slug", "host": "Wrong host"}
DAYS = (7, 30, 90, 365)
SHOWN = 100
COLUMNS = ("kind", "host", "slug", "visits", "last_day")


@dataclass(frozen=True, slots=True)
class OrphanFilter:
    """The last `days` whole UTC days and today, narrowed by kind and host where they are given."""

    days: int = 30
    kind: str = ""
    host: str = ""

    def first(self, today: date) -> date:
        return today - timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Orphan:
    """One address that is no link. `is_creatable` says whether a link could be made of it."""

    kind: str
    host: str
    slug: str
    visits: int
    last_day: date

    @property
    def label(self) -> str:
        """The address as it was asked for; what was beyond a day's bound has none."""
        if not self.host:
            return "Further addresses, not told apart"
        return f"{self.host}/{self.slug}"

    @property
    def is_creatable(self) -> bool:
        return self.kind == "slug" and bool(self.host) and not slugs.problems(self.slug)


@dataclass(frozen=True, slots=True)
class OrphanReport:
    """Visits by kind, day by day, and the addresses with the most of them."""

    wanted: OrphanFilter
    days: Sequence[date]
    by_kind: dict[str, list[int]]
    top: Sequence[Orphan]

    @property
    def totals(self) -> dict[str, int]:
        return {kind: sum(counts) for kind, counts in self.by_kind.items()}

    @property
    def visits(self) -> int:
        return sum(self.totals.values())

    @property
    def chart(self) -> LineChart:
        """One line for each kind that the reader may see."""
        at = [datetime.combine(day, time(), UTC) for day in self.days]
        first, last = self.days[0], self.days[-1]
        return LineChart(
            title="Visits of addresses that are no link, per day",
            unit="visits",
            y_label="visits per day",
            x_label=f"day, {first.day} {first:%b %Y} to {last.day} {last:%b %Y}",
            series=[Series(KINDS[kind], list(zip(at, counts, strict=True))) for kind, counts in self.by_kind.items()],
        )


def orphan_days(actor: Actor, wanted: OrphanFilter, *, today: date) -> QuerySet[OrphanDay]:
    """The rows that `actor` may see: of domains that they may use; for administrators of wrong hosts as well.

    What was beyond the bound of a day belongs to no domain and is for administrators too.
    """
    if wanted.kind and wanted.kind not in KINDS:
        raise Invalid(fields={"kind": [f"Choose one of {', '.join(KINDS)}."]})
    hosts = list(finding.domains(actor).values_list("name", flat=True))
    visible = Q(host__in=hosts)
    if sees_wrong_hosts(actor):
        visible |= Q(kind="host") | Q(host="")
    found = OrphanDay.objects.filter(visible, day__gte=wanted.first(today), day__lte=today)
    found = found.filter(kind=wanted.kind) if wanted.kind else found
    return found.filter(host=wanted.host) if wanted.host else found


def sees_wrong_hosts(actor: Actor) -> bool:
    """Whether `actor` may see visits that came for hosts of nobody here."""
    return actor.is_administrator and actor.only_team_id is None


def top_orphans(rows: QuerySet[OrphanDay], *, limit: int = SHOWN) -> list[Orphan]:
    """The addresses with the most visits, in one query."""
    counted = rows.values("kind", "host", "slug").annotate(sum=Sum("visits"), last_day=Max("day"))
    most = counted.order_by("-sum", "host", "slug")[:limit]
    return [Orphan(row["kind"], row["host"], row["slug"], row["sum"], row["last_day"]) for row in most]


def orphan_report(actor: Actor, wanted: OrphanFilter, *, today: date, limit: int = SHOWN) -> OrphanReport:
    """The report for `actor`, in three queries."""
    rows = orphan_days(actor, wanted, today=today)
    first = wanted.first(today)
    kinds = [kind for kind in KINDS if kind != "host" or sees_wrong_hosts(actor)]
    by_kind = {kind: [0] * wanted.days for kind in kinds if wanted.kind in {"", kind}}
    for kind, day, visits in rows.values_list("kind", "day").annotate(sum=Sum("visits")):
        if kind in by_kind:
            by_kind[kind][(day - first).days] += visits
    days = [first + timedelta(days=count) for count in range(wanted.days)]
    return OrphanReport(wanted, days, by_kind, top_orphans(rows, limit=limit))


def orphan_rows(found: Sequence[Orphan]) -> list[Sequence[object]]:
    """One row for each address, for files."""
    return [(one.kind, one.host, one.slug, one.visits, one.last_day.isoformat()) for one in found]
