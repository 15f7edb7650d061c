from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from shortener.models import ImportJob, Link
from shortener.services.importing import running
from tests.shortener.services.importing.helpers import uploaded

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
ActorOf = Callable[[Any], Any]


@pytest.fixture
def job(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> ImportJob:
    return uploaded(actor_of(bob), team, "where to,nickname\nhttps://example.org/,fine\n", now)


def start(client: Any, job: ImportJob, **fields: str) -> Any:
    return client.post(f"/links/imports/{job.public_id}/start/", {"existing": "report", **fields}, follow=True)


def test_it_runs_with_the_columns_of_the_form(client_for: ClientFor, bob: Any, job: ImportJob) -> None:
    page = start(client_for(bob), job, map_target="where to", map_slug="nickname")
    running.import_links_due(now=timezone.now())
    assert "0 of 1 rows" in page.content.decode()
    assert Link.objects.get().slug == "fine"


def test_without_a_column_of_targets_it_does_not_start(client_for: ClientFor, bob: Any, job: ImportJob) -> None:
    page = start(client_for(bob), job, map_slug="nickname")
    job.refresh_from_db()
    assert "Say which column holds the target." in page.content.decode()
    assert job.state == "preview"


def test_a_viewer_cannot_start_it(client_for: ClientFor, vera: Any, job: ImportJob) -> None:
    assert start(client_for(vera), job, map_target="where to").status_code == 403


def test_a_stranger_does_not_see_it(client_for: ClientFor, charlie: Any, job: ImportJob) -> None:
    assert start(client_for(charlie), job, map_target="where to").status_code == 404


def test_it_is_a_post(client_for: ClientFor, bob: Any, job: ImportJob) -> None:
    assert client_for(bob).get(f"/links/imports/{job.public_id}/start/").status_code == 405
