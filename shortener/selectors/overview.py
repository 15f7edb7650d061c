"""The numbers of the last seven days of everything that a reader may see: where to look next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.lib.charts import Sparkline, sparkline
from shortener.domain.comparison import Comparison
from shortener.models import ScopeDay
from shortener.selectors import finding, subjects

DAYS = 7
SHOWN = 100
Scope = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One team or domain: people of the last seven whole days beside the seven before, and fourteen days of them."""

    kind: str
    key: str
    name: str
    people: Comparison
    bots: int
    visitors: int
    trend: Sparkline


@dataclass(frozen=True, slots=True)
class Overview:
    """All lines of one reader; the sums are those of the teams."""

    teams: Sequence[Line]
    domains: Sequence[Line]
    tags: Sequence[str]

    @property
    def people(self) -> Comparison:
        return Comparison(sum(line.people.now for line in self.teams), sum(line.people.before for line in self.teams))

    @property
    def visitors(self) -> int:
        return sum(line.visitors for line in self.teams)

    @property
    def bots(self) -> int:
        return sum(line.bots for line in self.teams)


def overview(actor: Actor, *, now: datetime) -> Overview:
    """The reader's teams, the domains whose numbers they may see, and the tags of their links; three queries."""
    teams = list(people.teams_where(actor, Role.VIEWER)[:SHOWN])
    domains = [domain for domain in finding.domains(actor)[:SHOWN] if subjects.may_see_domain(actor, domain)]
    named = [("team", team.pk, team.slug, team.name) for team in teams]
    named += [("domain", domain.pk, domain.public_id, domain.name) for domain in domains]
    rows = _rows([(kind, pk) for kind, pk, _, _ in named], until=now.date())
    lines = [_line(kind, key, name, rows[kind, pk], until=now.date()) for kind, pk, key, name in named]
    return Overview(
        teams=[line for line in lines if line.kind == "team"],
        domains=[line for line in lines if line.kind == "domain"],
        tags=finding.used_tags(actor),
    )


def _rows(wanted: Sequence[Scope], *, until: date) -> dict[Scope, list[ScopeDay]]:
    found: dict[Scope, list[ScopeDay]] = defaultdict(list)
    days = ScopeDay.objects.filter(
        scope__in=["team", "domain"],
        scope_id__in={pk for _, pk in wanted},
        day__gte=until - timedelta(days=2 * DAYS),
        day__lt=until,
    )
    for row in days:
        found[row.scope, row.scope_id].append(row)
    return found


def _line(kind: str, key: str, name: str, rows: Iterable[ScopeDay], *, until: date) -> Line:
    half = until - timedelta(days=DAYS)
    by_day = {row.day: row for row in rows}
    recent = [row for day, row in by_day.items() if day >= half]
    now = sum(row.people for row in recent)
    before = sum(row.people for day, row in by_day.items() if day < half)
    days = [until - timedelta(days=count) for count in range(2 * DAYS, 0, -1)]
    trend = [by_day[day].people if day in by_day else 0 for day in days]
    return Line(
        kind=kind,
        key=key,
        name=name,
        people=Comparison(now, before),
        bots=sum(row.bots for row in recent),
        visitors=sum(row.visitors for row in recent),
        trend=sparkline(trend, "Clicks by people a day, 14 days"),
    )
