from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import ImportJob, Link
from shortener.services.importing import running
from tests.shortener.services.importing.helpers import SHLINK, uploaded

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
ActorOf = Callable[[Any], Any]


@pytest.fixture
def job(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> ImportJob:
    return uploaded(actor_of(bob), team, SHLINK, now)


def cancel(client: Any, job: ImportJob) -> Any:
    return client.post(f"/links/imports/{job.public_id}/cancel/", follow=True)


def test_a_cancelled_import_does_nothing_more(client_for: ClientFor, bob: Any, job: ImportJob, now: datetime) -> None:
    page = cancel(client_for(bob), job).content.decode()
    running.import_links_due(now=now)
    job.refresh_from_db()
    assert "links that were imported stay" in page
    assert (job.state, bytes(job.body), Link.objects.count()) == ("cancelled", b"", 0)


def test_a_second_time_is_a_conflict(client_for: ClientFor, bob: Any, job: ImportJob) -> None:
    cancel(client_for(bob), job)
    assert cancel(client_for(bob), job).status_code == 409


def test_viewers_and_strangers_cannot(client_for: ClientFor, vera: Any, charlie: Any, job: ImportJob) -> None:
    assert cancel(client_for(vera), job).status_code == 403
    assert cancel(client_for(charlie), job).status_code == 404
