"""The report of a team's links over one week, Monday to Sunday in UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F, Sum

from portal.accounts.models import Team
from portal.lib.charts import LineChart, Series
from shortener.domain.comparison import Comparison
from shortener.domain.volume import Unusual
from shortener.models import ClickDay, Link, LinkState, ScopeDay, ScopeFacet, TargetCheck
from shortener.selectors import finding, reports, subjects

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class TopLink:
    """A link and its clicks by people in the week."""

    link: Link
    short_url: str
    people: int


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """What happened in the week that begins on `monday`, beside the week before."""

    team: Team
    monday: date
    people: Comparison
    bots: int
    visitors: int
    by_day: Sequence[int]
    by_day_before: Sequence[int]
    links: Sequence[TopLink]
    referrers: Sequence[tuple[str, int]]
    dead_links: int
    notice: Unusual | None

    @property
    def sunday(self) -> date:
        return self.monday + WEEK - DAY

    @property
    def change_words(self) -> str:
        return self.people.against("the week before")

    @property
    def chart(self) -> LineChart:
        """Clicks by people a day, this week and the week before."""
        days = [datetime.combine(self.monday + DAY * count, time(), UTC) for count in range(7)]
        return LineChart(
            title=f"Clicks by people a day: {self.team.name}",
            unit="clicks",
            y_label="clicks by people per day",
            x_label=f"day, {self.monday.day} {self.monday:%b} to {self.sunday.day} {self.sunday:%b %Y}",
            series=[
                Series("This week", list(zip(days, self.by_day, strict=True))),
                Series("The week before", list(zip(days, self.by_day_before, strict=True))),
            ],
        )


def weekly_report(team: Team, monday: date) -> WeeklyReport:
    """The report of `team` for the seven days from `monday`, in a handful of queries."""
    days = {row.day: row for row in ScopeDay.objects.filter(scope="team", scope_id=team.pk, **_days(monday - WEEK, 14))}
    by_day, before = _people(days, monday), _people(days, monday - WEEK)
    recent = [row for day, row in days.items() if day >= monday]
    subject = subjects.of_team(team)
    after = datetime.combine(monday + WEEK, time(12), UTC)
    return WeeklyReport(
        team=team,
        monday=monday,
        people=Comparison(sum(by_day), sum(before)),
        bots=sum(row.bots for row in recent),
        visitors=sum(row.visitors for row in recent),
        by_day=by_day,
        by_day_before=before,
        links=_top_links(team, monday),
        referrers=_referrers(team, monday),
        dead_links=dead_links(team),
        notice=reports.unusual_volume(subject, now=after),
    )


def dead_links(team: Team) -> int:
    """How many active links of the team lead to a target that does not answer."""
    alive = {"link__team": team, "link__state": LinkState.ACTIVE}
    return TargetCheck.objects.filter(dead_since__isnull=False, **alive).count()


def _days(first: date, count: int) -> dict[str, date]:
    return {"day__gte": first, "day__lt": first + DAY * count}


def _people(days: dict[date, ScopeDay], monday: date) -> list[int]:
    week = [monday + DAY * count for count in range(7)]
    return [days[day].people if day in days else 0 for day in week]


def _top_links(team: Team, monday: date) -> list[TopLink]:
    own = Link.objects.present().filter(team=team).values("pk")
    counted = ClickDay.objects.filter(link_id__in=own, people__gt=0, **_days(monday, 7)).values_list("link_id")
    most = dict(counted.annotate(sum=Sum("people")).order_by("-sum", "link_id")[:SHOWN])
    found = Link.objects.select_related("domain").in_bulk(most)
    return [TopLink(found[pk], finding.short_url(found[pk]), people) for pk, people in most.items()]


def _referrers(team: Team, monday: date) -> list[tuple[str, int]]:
    rows = ScopeFacet.objects.filter(
        scope="team", scope_id=team.pk, dimension="referrer", people__gt=0, **_days(monday, 7)
    )
    most = rows.values("value").annotate(sum=Sum(F("people"))).order_by("-sum", "value")[:SHOWN]
    return [(row["value"], row["sum"]) for row in most]
