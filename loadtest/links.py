"""A database with a million links, in the shape in which edges read them, and the replica that an edge made of it."""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from loadtest.servers import DOMAIN, TARGET, edge, free_port

DATABASE = "bench_redirect"

_SCHEMA = """
CREATE TABLE shortener_linkchange (seq bigint PRIMARY KEY, link_id bigint, changed_at timestamptz DEFAULT now());
CREATE TABLE link (link_id bigint, domain text, slug text, payload jsonb);
CREATE VIEW shortener_edge_link AS SELECT * FROM link;
CREATE VIEW shortener_edge_domain AS SELECT 'bench.test' AS domain, '{"is_default": true}'::jsonb AS payload;
CREATE TABLE shortener_segment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, edge text, number bigint, "offset" integer, body bytea,
    received_at timestamptz DEFAULT now(), UNIQUE (edge, number, "offset"));
"""
_ONE = "INSERT INTO link VALUES (%s, %s, %s, %s)"
_MANY = """
INSERT INTO link SELECT n, %s, 'l' || n, jsonb_build_object('id', n, 'target', %s || '&n=' || n)
FROM generate_series(1, %s) n
"""


def _rule(number: int, **condition: object) -> dict[str, object]:
    return {"id": number, "conditions": [condition], "target": f"{TARGET}&rule={number}"}


RULES = [
    _rule(1, type="os", values=["iOS", "Android"]),
    _rule(2, type="language", values=["de", "fr"]),
    _rule(3, type="address", values=["192.0.2.0/24", "2001:db8::/32"]),
    _rule(4, type="browser", values=["Firefox"]),
    _rule(5, type="device", values=["desktop"]),
]
"""Five rules, of which the last holds for RULES_HEADERS."""

RULES_HEADERS = (
    "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0 Safari/537.36",
    "Accept-Language: en-GB,en;q=0.9",
)


@contextlib.contextmanager
def database(directory: Path, *, links: int) -> Iterator[str]:
    """Has so many links `l<n>`, `hot`, `known`, `rules`: on DATABASE_URL's server, else on an embedded one."""
    with contextlib.ExitStack() as stack:
        url = os.environ.get("DATABASE_URL", "")
        if not url:
            from portal.embedded import temporary

            url = stack.enter_context(temporary.servers(directory / "servers")).database_url
        execute(url, f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f"CREATE DATABASE {DATABASE}")
        own = urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))
        try:
            _fill(own, links)
            yield own
        finally:
            execute(url, f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _fill(url: str, links: int) -> None:
    execute(url, _SCHEMA)
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(_MANY, (DOMAIN, TARGET, links))
        for number, slug, more in (
            (links + 1, "hot", {}),
            (links + 3, "known", {}),
            (links + 2, "rules", {"rules": RULES}),
        ):
            cursor.execute(_ONE, (number, DOMAIN, slug, json.dumps({"id": number, "target": TARGET, **more})))
    connection.close()


def execute(url: str, *statements: str) -> None:
    """Run statements, each in a transaction of its own."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    for statement in statements:
        connection.cursor().execute(statement)
    connection.close()


def build_replica(data: Path, url: str) -> float:
    """Let an edge copy the links into `data`; returns the seconds that it took."""
    started = time.monotonic()
    with edge(data, url):
        return time.monotonic() - started


def copy_replica(data: Path, *, name: str) -> None:
    """Give another edge the replica of `edge-1`."""
    shutil.copytree(data / "edge" / "edge-1" / "replica", data / "edge" / name / "replica")


def away() -> str:
    """The URL of a PostgreSQL that is not there: what an edge does then is redirects and nothing else."""
    return f"postgresql://nobody@127.0.0.1:{free_port()}/away"
