"""The tables that `bench_slo` measures on: SLOs of several windows, with hours as far back as they are kept.

Rows stand in the order of time, as they arrive in life. Foreign keys and the log of changes are left out while filling,
and the indexes of the hours are made afterwards; what is measured has every index of the product, and is vacuumed.
"""

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 3, 4, 12, 31, tzinfo=UTC)
WINDOWS = (7, 30, 30, 30, 30, 30, 30, 30, 90, 366)

BARE = """
ALTER TABLE slo_hourcount SET UNLOGGED;
ALTER TABLE slo_daycount SET UNLOGGED;
ALTER TABLE slo_hourcount DROP CONSTRAINT slo_hourcount_pkey;
DROP INDEX hour_count_hour;
SET session_replication_role = replica;
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
"""
DAYS = """
INSERT INTO slo_daycount (sli_id, day, good, total, measured_minutes)
SELECT sli.id, day, 14399, 14400, 1440
FROM generate_series(%(first)s::timestamptz, '2026-03-03Z', '1 day') AS day,
    LATERAL (SELECT id FROM slo_sli WHERE day IS NOT NULL OFFSET 0) AS sli
"""
HOURS = """
INSERT INTO slo_hourcount (sli_id, hour, good, total, measured_minutes)
SELECT sli.id, hour, 600 - (extract(hour FROM hour) = 3)::int, 600, 60
FROM generate_series(%(first)s::timestamptz, '2026-03-04 11:00Z', '1 hour') AS hour,
    LATERAL (SELECT id FROM slo_sli WHERE hour IS NOT NULL OFFSET 0) AS sli
"""
MINUTES = """
INSERT INTO slo_minutecount (sli_id, minute, good, total, measured)
SELECT sli.id, minute, 10, 10, true
FROM generate_series(%(first)s::timestamptz, %(last)s::timestamptz, '1 minute') AS minute,
    LATERAL (SELECT id FROM slo_sli WHERE minute IS NOT NULL OFFSET 0) AS sli
"""
READY = """
ALTER TABLE slo_hourcount ADD PRIMARY KEY (sli_id, hour);
CREATE INDEX hour_count_hour ON slo_hourcount (hour);
SET session_replication_role = DEFAULT;
INSERT INTO slo_rollup (grain, start, done_at, is_stale, is_final) VALUES
    ('hour', '2026-03-04 11:00Z', now(), false, true), ('day', '2026-03-03Z', now(), false, true);
"""


def fill(slos: int, days: int) -> None:
    """`slos` objectives of one service, each with an SLI, `days` of hours, and the minutes that are read of each."""
    from django.db import connection

    from portal.lib import partitions

    _objectives(slos)
    for day in (datetime(2026, 3, 1, tzinfo=UTC).date(), NOW.date()):
        partitions.ensure("slo_minutecount", day, day)
    first = datetime(2026, 3, 4, tzinfo=UTC) - timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        cursor.execute(DAYS, {"first": first})
        cursor.execute(HOURS, {"first": first})
        cursor.execute(MINUTES, {"first": "2026-03-01 12:00Z", "last": "2026-03-01 12:59Z"})
        cursor.execute(MINUTES, {"first": "2026-03-04 00:00Z", "last": "2026-03-04 12:29Z"})
        cursor.execute(READY)
        cursor.execute("VACUUM (ANALYZE)")


def _objectives(slos: int) -> None:
    from django.db import transaction

    from portal.accounts.models import Membership, Team, User
    from portal.catalog.models import Service
    from slo.domain.windows import EPOCH
    from slo.models import Sli, Slo, SloStatus

    with transaction.atomic():
        team = Team.objects.create(name="Bench", slug="bench")
        reader = User.objects.create_user("reader@example.com", name="Reader")
        Membership.objects.create(user=reader, team=team, role="manager")
        service = Service.objects.create(team=team, name="Bench", slug="bench", tier=1)
        slis = Sli.objects.bulk_create(
            Sli(service=service, name=f"{n}", source=f"bench.{n}", started_at=EPOCH, created_at=NOW)
            for n in range(slos)
        )
        found = Slo.objects.bulk_create(
            Slo(
                service=service,
                sli=sli,
                stream=sli,
                name=sli.name,
                objective="0.99",
                window_days=WINDOWS[number % len(WINDOWS)],
                rules=["page-1h", "page-6h", "ticket-3d"] if WINDOWS[number % len(WINDOWS)] < 366 else ["page-6h"],
                created_at=NOW,
            )
            for number, sli in enumerate(slis)
        )
        SloStatus.objects.bulk_create(SloStatus(slo=slo, window_end=EPOCH, computed_at=NOW) for slo in found)
