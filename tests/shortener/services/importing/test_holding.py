"""A chunk beside somebody who changes its domain, with real transactions."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from shortener.models import Domain, ImportJob, Link
from shortener.services import domains, links
from shortener.services.importing import jobs, running
from tests.factories.shortener import DomainFactory
from tests.shortener.services.importing.helpers import PATIENT, imported, uploaded

pytestmark = pytest.mark.django_db(transaction=True)
ActorOf = Callable[[Any], Any]
ROWS = "url,slug,title\nhttps://example.org/a,Sale,New\nhttps://example.org/b,Fair,New\n"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@pytest.fixture
def domain(team: Any) -> Domain:
    found: Domain = DomainFactory(team=team, case_sensitive=True)
    return found


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def work(now: datetime) -> int:
    try:
        return running.import_links_due(now=now, budget=PATIENT)
    finally:
        connection.close()


def wait_for(held: Future[int]) -> None:
    """Until the other thread waits for what this transaction has locked."""
    with connection.cursor() as cursor:
        waiting = 0
        while not waiting and not held.done():
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            (waiting,) = cursor.fetchone()


def import_during(change: Callable[[], Any], job: ImportJob, pool: ThreadPoolExecutor, now: datetime) -> ImportJob:
    """The finished job, which wrote its rows while `change` was not committed yet."""
    with transaction.atomic():
        change()
        held = pool.submit(work, now)
        wait_for(held)
    held.result(20)
    job.refresh_from_db()
    return job


def test_rows_follow_the_case_rule_that_was_changed_beside_them(
    actor_of: ActorOf, alice: Any, team: Any, domain: Domain, pool: ThreadPoolExecutor, now: datetime
) -> None:
    actor = actor_of(alice)
    job = jobs.start_job(actor=actor, job=uploaded(actor, team, ROWS, now, domain=domain), now=now)
    folded = {"case_sensitive": False}
    import_during(lambda: domains.update_domain(actor=actor, domain=domain, values=folded, now=now), job, pool, now)
    assert sorted(Link.objects.values_list("key", flat=True)) == ["fair", "sale"]


def test_rows_of_a_domain_that_is_archived_beside_them_fail(
    actor_of: ActorOf, alice: Any, team: Any, domain: Domain, pool: ThreadPoolExecutor, now: datetime
) -> None:
    actor = actor_of(alice)
    job = jobs.start_job(actor=actor, job=uploaded(actor, team, ROWS, now, domain=domain), now=now)
    import_during(lambda: domains.archive_domain(actor=actor, domain=domain, now=now), job, pool, now)
    assert (job.state, job.created, job.failed) == ("done", 0, 2)
    assert job.row_errors.values_list("fields", flat=True)[0] == {"domain": ["This domain is out of service."]}


def test_an_edit_beside_an_update_of_many_links_is_waited_for(
    actor_of: ActorOf, alice: Any, team: Any, domain: Domain, pool: ThreadPoolExecutor, now: datetime
) -> None:
    actor = actor_of(alice)
    imported(actor, team, ROWS, now, domain=domain)
    last = Link.objects.latest("pk")
    given = uploaded(actor, team, ROWS.replace("New", "Old"), now, domain=domain, options={"existing": "update"})
    jobs.start_job(actor=actor, job=given, now=now)
    with transaction.atomic():
        Link.objects.select_for_update().get(pk=last.pk)
        held = pool.submit(work, now)
        wait_for(held)
        links.update_link(actor=actor, link=last, values={"notes": "Mine"}, now=now)
    held.result(20)
    assert set(Link.objects.values_list("title", "notes")) == {("Old", ""), ("Old", "Mine")}
