from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import ImportJob
from shortener.services.importing import jobs
from tests.shortener.services.importing.helpers import SHLINK, uploaded

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
ActorOf = Callable[[Any], Any]
ODD = "where to,nickname\nhttps://example.org/,fine\n"


@pytest.fixture
def job(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> ImportJob:
    return uploaded(actor_of(bob), team, ODD, now)


def sent(client: Any, job: ImportJob, **fields: str) -> Any:
    return client.post(f"/links/imports/{job.public_id}/map/", {"existing": "report", **fields}, follow=True)


def test_columns_get_their_meaning_from_the_form(client_for: ClientFor, bob: Any, job: ImportJob) -> None:
    page = sent(client_for(bob), job, map_target="where to", map_slug="nickname", add_tags="Moved, old")
    job.refresh_from_db()
    assert job.mapping["fields"] == {"target": "where to", "slug": "nickname"}
    assert job.options == {"existing": "report", "add_tags": ["moved", "old"], "visits": False}
    assert "moved, old" in page.content.decode()


def test_a_column_that_does_not_exist_is_refused_at_its_choice(client_for: ClientFor, bob: Any, job: ImportJob) -> None:
    page = sent(client_for(bob), job, map_target="elsewhere")
    assert "Select a valid choice" in page.content.decode()


def test_tags_that_are_none_are_told(client_for: ClientFor, bob: Any, job: ImportJob) -> None:
    page = sent(client_for(bob), job, map_target="where to", add_tags="x" * 60)
    assert "A tag has at most" in page.content.decode()


def test_an_import_that_runs_is_not_mapped_again(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    running = jobs.start_job(actor=actor_of(bob), job=uploaded(actor_of(bob), team, SHLINK, now), now=now)
    assert sent(client_for(bob), running, map_target="longUrl").status_code == 409


def test_strangers_and_viewers_change_nothing(client_for: ClientFor, vera: Any, charlie: Any, job: ImportJob) -> None:
    assert sent(client_for(vera), job, map_target="where to").status_code == 403
    assert sent(client_for(charlie), job, map_target="where to").status_code == 404
