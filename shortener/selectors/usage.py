"""What owners and teams used in a month, and how far the quotas of teams are used up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Sum

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from shortener.domain import months
from shortener.domain.allowance import Allowance
from shortener.models import Link, OwnerMonth, Quota, ScopeDay

NO_OWNER = "Service accounts and imports"
MOST_TEAMS = 200
COLUMNS = ("month", "team", "owner", "links", "people", "bots")


@dataclass(frozen=True, slots=True)
class TeamUsage:
    """One team in one month: its owners, those with the most clicks first, and its sums."""

    team: Team
    owners: Sequence[OwnerMonth]

    @property
    def links(self) -> int:
        return sum(row.links for row in self.owners)

    @property
    def people(self) -> int:
        return sum(row.people for row in self.owners)

    @property
    def bots(self) -> int:
        return sum(row.bots for row in self.owners)


@dataclass(frozen=True, slots=True)
class QuotaState:
    """The quota of one team and what is used of it in the running month."""

    quota: Quota
    allowances: Sequence[Allowance]

    @property
    def is_full(self) -> bool:
        return any(one.is_full for one in self.allowances)

    @property
    def is_near(self) -> bool:
        return any(one.is_near for one in self.allowances)

    @property
    def sentences(self) -> list[str]:
        """What to tell people of the bounds that are near or reached."""
        return [one.sentence for one in self.allowances if one.is_near]


def owner_months(actor: Actor, *, month: date | None = None, team: str = "") -> QuerySet[OwnerMonth]:
    """The usage that `actor` may see: that of their own teams, for administrators that of all."""
    found = OwnerMonth.objects.filter(team__in=_own_teams(actor)).select_related("team", "owner")
    found = found.filter(month=month) if month is not None else found
    return found.filter(Q(team__slug=team) | Q(team__public_id=team)) if team else found


def team_usage(actor: Actor, month: date) -> list[TeamUsage]:
    """The teams of `actor` by name, each with its owners; teams without any use are left out."""
    rows = owner_months(actor, month=month).order_by("team__name", -(F("people") + F("bots")), "-links", "pk")
    by_team: dict[int, list[OwnerMonth]] = {}
    for row in rows:
        by_team.setdefault(row.team_id, []).append(row)
    return [TeamUsage(found[0].team, found) for found in by_team.values()]


def usage_rows(rows: Iterable[OwnerMonth]) -> Iterable[Sequence[object]]:
    """One row for each owner, for files."""
    for row in rows:
        yield f"{row.month:%Y-%m}", row.team.slug, owner_name(row), row.links, row.people, row.bots


def owner_name(row: OwnerMonth) -> str:
    return str(row.owner) if row.owner is not None else NO_OWNER


def quotas(actor: Actor) -> QuerySet[Quota]:
    """The quotas of the teams of `actor`, for administrators all of them."""
    return Quota.objects.filter(team__in=_own_teams(actor)).select_related("team")


def quota_of(actor: Actor, reference: str) -> Quota:
    """The quota of a team of `actor` by its slug or id; one without bounds, not stored, when nobody has set any."""
    team = people.team_by_reference(actor, reference)
    actor.require(Role.VIEWER, team.pk)
    return Quota.objects.select_related("team").filter(team=team).first() or Quota(team=team)


def quota_states(actor: Actor, *, now: datetime) -> list[QuotaState]:
    """Every quota of the teams of `actor` that has a bound, with what is used of it."""
    return [state_of(quota, now=now) for quota in quotas(actor).exclude(links_per_month=None, clicks_per_month=None)]


def near_quotas(actor: Actor, *, now: datetime) -> list[QuotaState]:
    """The quotas that people must be told of: at 80 per cent and beyond."""
    return [state for state in quota_states(actor, now=now) if state.is_near]


def teams_without_bound(actor: Actor) -> list[Team]:
    """The teams whose quota an administrator may set and that have no bound yet; nobody else may set any."""
    if not actor.is_administrator:
        return []
    bounded = Quota.objects.exclude(links_per_month=None, clicks_per_month=None).values("team")
    return list(people.teams(actor).exclude(pk__in=bounded)[:MOST_TEAMS])


def state_of(quota: Quota, *, now: datetime) -> QuotaState:
    """What is used of a quota in the running UTC month."""
    month = months.month_of(now)
    links = links_made(quota.team_id, month) if quota.counted_month != month else quota.counted_links
    clicks = clicks_counted(quota.team_id, month) if quota.clicks_per_month is not None else 0
    return QuotaState(
        quota, [Allowance("links", links, quota.links_per_month), Allowance("clicks", clicks, quota.clicks_per_month)]
    )


def links_made(team_id: int, month: date) -> int:
    """Links that the team made in a month, deleted ones too."""
    start, end = months.bounds(month)
    return Link.objects.filter(team_id=team_id, created_at__gte=start, created_at__lt=end).count()


def clicks_counted(team_id: int, month: date) -> int:
    """Clicks of the team's links in a month, people and bots."""
    found = ScopeDay.objects.filter(scope="team", scope_id=team_id, day__gte=month, day__lte=months.last_day(month))
    return int(found.aggregate(sum=Sum(F("people") + F("bots"), default=0))["sum"])


def _own_teams(actor: Actor) -> QuerySet[Team]:
    return people.teams_where(actor, Role.VIEWER)
