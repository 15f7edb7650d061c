"""`./run bench analytics`: how long the pages of numbers take with 10,000 links, 400 days of roll-ups and a full log.

Every page is asked for as a browser does, signed in, through all middleware. Beside the clock stands the CPU time of
this process and of the database behind it, which another load on the machine does not change. Nothing here reads the
log: that it is full shows that.
"""

import json
import os
import statistics
import sys
import time
from datetime import UTC, datetime
from typing import Any

from loadtest import scratch

LINKS = int(os.environ.get("BENCH_LINKS", "10000"))
DAYS = int(os.environ.get("BENCH_DAYS", "400"))
CLICKS = int(os.environ.get("BENCH_CLICKS", "5000000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
HOT, TAGGED = 50, 1000
DIMENSIONS = {"country": 60, "referrer": 100, "device": 5, "os": 8, "browser": 12, "language": 30}

FILL = """
INSERT INTO shortener_link (public_id, team_id, domain_id, slug, key, target, title, tags, notes, expired_target,
    redirect_status, forward_query, forward_path, preview, is_indexed, is_open_without_counter, password_hash, rules,
    target_hosts, state, version, created_at, updated_at)
SELECT 'lnk_bench' || n, %(team)s, %(domain)s, 'link' || n, 'link' || n, 'https://example.org/' || n, 'Link ' || n,
    CASE WHEN n <= %(tagged)s THEN ARRAY['campaign'] ELSE ARRAY['rest'] END, '', '', 302, false, false, false, false,
    true, '', '[]', ARRAY['example.org'], 'active', 1, now() - interval '500 days', now()
FROM generate_series(1, %(links)s) AS n;

INSERT INTO shortener_clickday (link_id, day, people, bots, visitors)
SELECT link.id, day::date, 20 + (link.id * 7 + extract(doy FROM day)::int) %% 50, link.id %% 9, 15 + link.id %% 20
FROM shortener_link AS link, generate_series(current_date - %(days)s::int, current_date, '1 day') AS day;

INSERT INTO shortener_clickmonth (link_id, month, people, bots)
SELECT link_id, date_trunc('month', day)::date, sum(people), sum(bots) FROM shortener_clickday GROUP BY 1, 2;

INSERT INTO shortener_linktotal (link_id, people, bots, last_click_at)
SELECT link_id, sum(people), sum(bots), now() FROM shortener_clickmonth GROUP BY 1;

INSERT INTO shortener_clickhour (link_id, hour, people, bots)
SELECT link.id, hour, 1 + link.id %% 5, 1 FROM (SELECT id FROM shortener_link ORDER BY id LIMIT %(tagged)s) AS link,
    generate_series(date_trunc('hour', now()) - interval '31 days', now(), '1 hour') AS hour;

INSERT INTO shortener_clickminute (link_id, minute, people, bots)
SELECT link.id, minute, 1, 0 FROM shortener_link AS link,
    generate_series(date_trunc('minute', now()) - interval '29 minutes', now(), '1 minute') AS minute;

INSERT INTO shortener_scopehour (scope, scope_id, hour, people, bots)
SELECT scope.name, scope.id, hour, 9000, 400
FROM (VALUES ('team', %(team)s), ('domain', %(domain)s)) AS scope (name, id),
    generate_series(date_trunc('hour', now()) - interval '90 days', now(), '1 hour') AS hour;

INSERT INTO shortener_scopeday (scope, scope_id, day, people, bots, visitors)
SELECT scope.name, scope.id, day::date, 200000 + extract(doy FROM day)::int * 100, 9000, 150000
FROM (VALUES ('team', %(team)s), ('domain', %(domain)s)) AS scope (name, id),
    generate_series(current_date - %(days)s::int, current_date, '1 day') AS day;
"""
FACETS = """
INSERT INTO shortener_clickfacet (link_id, day, dimension, value, people, bots)
SELECT link.id, day::date, %(dimension)s, 'value ' || n, 40 - n %% 40, n %% 3
FROM (SELECT id FROM shortener_link ORDER BY id LIMIT %(hot)s) AS link,
    generate_series(current_date - %(days)s::int, current_date, '1 day') AS day, generate_series(1, %(values)s) AS n;
INSERT INTO shortener_clickfacet (link_id, day, dimension, value, people, bots)
SELECT link.id, day::date, %(dimension)s, 'value ' || n, 9 - n, 1
FROM (SELECT id FROM shortener_link ORDER BY id OFFSET %(hot)s LIMIT %(tagged)s - %(hot)s) AS link,
    generate_series(current_date - 30, current_date, '1 day') AS day, generate_series(1, 5) AS n;
INSERT INTO shortener_scopefacet (scope, scope_id, day, dimension, value, people, bots)
SELECT scope.name, scope.id, day::date, %(dimension)s, 'value ' || n, 4000 - n * 10, n %% 30
FROM (VALUES ('team', %(team)s), ('domain', %(domain)s)) AS scope (name, id),
    generate_series(current_date - %(days)s::int, current_date, '1 day') AS day,
    generate_series(1, %(values)s * 2) AS n;
"""
LOG = """
INSERT INTO shortener_click (at, link_id, status, is_bot, visitor, network, country, device, os, browser, language,
    referrer)
SELECT now() - n * interval '1 millisecond', 1 + n %% %(links)s, 302, false, '\\x00', '198.51.100.0/24', 'AT', 'phone',
    'iOS', 'Safari', 'de', 'news.example' FROM generate_series(1, %(clicks)s) AS n;
"""


def fill() -> Any:
    """Links, roll-ups and the log of one team; the person who reads them."""
    from django.db import connection

    from portal.accounts.models import Membership, Team, User
    from portal.lib import partitions
    from shortener.models import Domain

    now = datetime.now(UTC)
    team = Team.objects.create(name="Bench", slug="bench")
    Team.objects.update(created_at=now.replace(year=now.year - 2))
    domain = Domain.objects.create(name="bench.example.com", team=team, created_at=now.replace(year=now.year - 2))
    reader = User.objects.create_user("bench@example.com", name="Bench")
    Membership.objects.create(user=reader, team=team, role="manager")
    numbers = {
        "team": team.pk, "domain": domain.pk, "links": LINKS, "days": DAYS, "tagged": min(TAGGED, LINKS), "hot": HOT,
        "clicks": CLICKS,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FILL, numbers)
        for dimension, values in DIMENSIONS.items():
            cursor.execute(FACETS, numbers | {"dimension": dimension, "values": values})
        for back in range(CLICKS // 86_400_000 + 2):
            day = datetime.fromtimestamp(now.timestamp() - back * 86_400, UTC).date()
            partitions.ensure("shortener_click", day, day)
        cursor.execute(LOG, numbers)
        cursor.execute("VACUUM ANALYZE")
    return reader


def pages() -> dict[str, str]:
    """What is asked for, under its name in the table."""
    from shortener.models import Domain, Link

    hot = Link.objects.order_by("pk")[0].public_id
    domain = Domain.objects.get(name="bench.example.com").public_id
    subjects = {
        "link": f"/links/{hot}/stats/",
        "team": "/links/teams/bench/",
        "domain": f"/links/domains/{domain}/stats/",
        "tag": "/links/tags/campaign/",
    }
    ranges = ("live", "24h", "7d", "30d", "90d", "1y")
    found = {f"{name} {key}": f"{url}?range={key}" for name, url in subjects.items() for key in ranges}
    return found | {
        "home": "/links/analytics/",
        "link csv 1y": f"/links/analytics/link/{hot}/clicks.csv?range=1y",
        "link png 1y": f"/links/analytics/link/{hot}/clicks.png?range=1y",
        "usage": "/links/usage/",
        "orphans": "/links/orphans/",
    }


class Database:
    """The server process behind this connection, on this machine: its time on a CPU, workers in parallel left out."""

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute("SELECT pg_backend_pid()")
            self.account = f"/proc/{cursor.fetchone()[0]}/schedstat"

    def used(self) -> float:
        """Seconds of CPU so far."""
        with open(self.account) as account:
            return int(account.read().split()[0]) / 1e9


def measure(reader: Any) -> dict[str, list[float]]:
    """Medians of each page in ms: on the clock, of this process's CPU, and of the database's."""
    from django.test import Client

    browser = Client(headers={"host": "localhost"})
    browser.force_login(reader)
    database = Database()
    found = {}
    for name, url in pages().items():
        rounds = [_ask(browser, url, database) for _ in range(ROUNDS + 1)][1:]
        found[name] = [round(statistics.median(column) * 1000, 1) for column in zip(*rounds, strict=True)]
    return found


def _ask(browser: Any, url: str, database: Database) -> tuple[float, float, float]:
    started, used, asked = time.perf_counter(), time.process_time(), database.used()
    answer = browser.get(url)
    spent = time.perf_counter() - started, time.process_time() - used, database.used() - asked
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")
    return spent


def count_usage() -> float:
    """One pass over the usage of the running month, in ms, after one that made its rows."""
    from shortener.services import usage

    now = datetime.now(UTC)
    usage.count_usage_due(now=now)
    rounds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        usage.count_usage_due(now=now)
        rounds.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(rounds), 1)


def report(found: dict[str, list[float]], usage_ms: float) -> None:
    """Print the table, and the JSON object as the last line."""
    print(f"{'page':16}{'ms':>10}{'own CPU':>10}{'database':>10}")
    for name, numbers in found.items():
        print(f"{name:16}" + "".join(f"{number:10.1f}" for number in numbers))
    print(f"{'usage tick':16}{usage_ms:10.1f}")
    conditions = {
        "links": LINKS,
        "days": DAYS,
        "clicks_in_log": CLICKS,
        "rounds": ROUNDS,
        "cpus": os.cpu_count(),
        "load_average": os.getloadavg(),
        "python": sys.version.split()[0],
    }
    medians = {
        **{f"{name} ms": clock for name, (clock, _, _) in found.items()},
        **{f"{name} cpu ms": round(own + database, 1) for name, (_, own, database) in found.items()},
        "slowest ms": max(clock for clock, _, _ in found.values()),
        "slowest cpu ms": max(round(own + database, 1) for _, own, database in found.values()),
        "usage_tick ms": usage_ms,
    }
    print(json.dumps({"name": "analytics", "ratios": {}, "medians": medians, "conditions": conditions}))


def main() -> int:
    """Measure and report."""
    os.environ.setdefault("PORTAL_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
    with scratch.database("bench_analytics"):
        reader = fill()
        report(measure(reader), count_usage())
    return 0


if __name__ == "__main__":
    sys.exit(main())
