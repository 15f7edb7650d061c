"""Usage per owner and month, summed up from the months of links."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min

from shortener.domain import months
from shortener.models import ClickMonth, OwnerMonth

LATE = timedelta(days=7)
LOCK = 7003
COUNT = """
INSERT INTO shortener_ownermonth AS old (team_id, owner_id, month, links, people, bots)
SELECT team_id, owner_id, %(month)s, sum(links), sum(people), sum(bots) FROM (
    SELECT team_id, created_by_id AS owner_id, count(*) AS links, 0 AS people, 0 AS bots
    FROM shortener_link WHERE created_at >= %(start)s AND created_at < %(end)s GROUP BY 1, 2
    UNION ALL
    SELECT link.team_id, link.created_by_id, 0, sum(month.people), sum(month.bots)
    FROM shortener_clickmonth AS month JOIN shortener_link AS link ON link.id = month.link_id
    WHERE month.month = %(month)s GROUP BY 1, 2
) AS parts GROUP BY 1, 2
ON CONFLICT (team_id, owner_id, month)
DO UPDATE SET links = excluded.links, people = excluded.people, bots = excluded.bots
WHERE (old.links, old.people, old.bots) IS DISTINCT FROM (excluded.links, excluded.people, excluded.bots)
"""


def count_usage_due(*, now: datetime) -> list[date]:
    """Sums up the running month, the last one while clicks may come late, and months that were never summed up.

    Says which months it counted. A month is replaced, never added to, so that repeats change nothing; it costs one
    pass over that month's rows, whatever lies before it. Runs at once wait for each other.
    """
    wanted = months_due(now=now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for month in wanted:
            start, end = months.bounds(month)
            cursor.execute(COUNT, {"month": month, "start": start, "end": end})
    return wanted


def months_due(*, now: datetime) -> list[date]:
    """The months to sum up at `now`, in order."""
    running, recent = months.month_of(now), months.month_of(now - LATE)
    first = ClickMonth.objects.aggregate(first=Min("month"))["first"] or running
    counted = set(OwnerMonth.objects.values_list("month", flat=True).distinct())
    missing = {
        month
        for month in months.between(first, running)
        if month not in counted and ClickMonth.objects.filter(month=month).exists()
    }
    return sorted({running, recent} | missing)
