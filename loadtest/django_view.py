"""The same link through the plain Django view, under granian: what a redirect costs without an edge."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime

from loadtest import scratch
from loadtest.servers import DOMAIN, TARGET, Server, portal

PATH = f"/go/{DOMAIN}/hot"


@contextlib.contextmanager
def link_view() -> Iterator[Server]:
    """The whole portal on a database of its own, in which the link exists; needs DATABASE_URL."""
    with scratch.database("bench_link_view"):
        _make_link(datetime.now(UTC))
        with portal() as server:
            yield server


def _make_link(now: datetime) -> None:
    from django.db import connections

    from portal.accounts.models import Team
    from shortener.models import Domain, Link

    team = Team.objects.create(name="Bench", slug="bench")
    domain = Domain.objects.create(name=DOMAIN, created_at=now)
    Link.objects.create(team=team, domain=domain, slug="hot", key="hot", target=TARGET, created_at=now, updated_at=now)
    connections.close_all()
