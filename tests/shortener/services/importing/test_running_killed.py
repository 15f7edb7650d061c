import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal.accounts.selectors.actors import actor_for_user
from shortener.models import ImportJob, Link, LinkTotal
from shortener.services.importing import jobs, running
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.shortener.services.importing.helpers import PATIENT, uploaded

ROWS = 3_000
TEXT = "url,slug,visits\n" + "".join(f"https://example.org/{n},k{n},2\n" for n in range(ROWS))
WORKER = """
import django; django.setup()
from django.utils import timezone
from shortener.services.importing import running
running.import_links_due(now=timezone.now(), budget=1e9)
"""


@pytest.fixture
def job(transactional_db: None, now: datetime) -> ImportJob:
    member = MembershipFactory(user=UserFactory())
    actor = actor_for_user(member.user)
    return jobs.start_job(actor=actor, job=uploaded(actor, member.team, TEXT, now), now=now)


def worker() -> "subprocess.Popen[bytes]":
    """A worker process on the database of this test."""
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    own = {"DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    return subprocess.Popen([sys.executable, "-c", WORKER], env=os.environ | own, stderr=subprocess.DEVNULL)


def rows_done() -> int:
    return ImportJob.objects.values_list("cursor", flat=True).get()


def kill_in_the_middle(process: Any) -> None:
    until = time.monotonic() + 60
    while not rows_done() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_killed_worker_leaves_whole_chunks_and_the_next_one_goes_on(job: ImportJob) -> None:
    kill_in_the_middle(worker())
    done = rows_done()
    assert (done % running.CHUNK, Link.objects.count()) == (0, done)
    running.import_links_due(now=timezone.now() + timedelta(minutes=5), budget=PATIENT)
    job.refresh_from_db()
    assert (job.state, job.created, job.failed, Link.objects.count()) == ("done", ROWS, 0, ROWS)
    assert sum(LinkTotal.objects.values_list("people", flat=True)) == 2 * ROWS
