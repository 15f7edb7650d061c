from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import ImportJob
from shortener.services.importing import jobs
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.services.importing.helpers import SHLINK, imported, uploaded

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
ActorOf = Callable[[Any], Any]
BAD = "target,slug\nftp://nowhere,a b\nhttps://example.org/,fine\n"


def url(job: ImportJob) -> str:
    return f"/links/imports/{job.public_id}/"


def test_the_preview_shows_each_row_and_its_problems(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    page = client_for(bob).get(url(uploaded(actor_of(bob), team, BAD, now))).content.decode()
    assert "Only http:// and https://" in page
    assert "What the columns mean" in page
    assert "Import 2 rows" in page


def test_a_link_that_exists_is_shown_as_a_conflict(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    LinkFactory(slug="fine", target="https://example.org/old", team=team, domain=DomainFactory(is_default=True))
    page = client_for(bob).get(url(uploaded(actor_of(bob), team, BAD, now))).content.decode()
    assert "The link exists and leads to https://example.org/old." in page


def test_a_running_import_asks_again_by_itself(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    job = jobs.start_job(actor=actor_of(bob), job=uploaded(actor_of(bob), team, SHLINK, now), now=now)
    page = client_for(bob).get(url(job)).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "0 of 2 rows" in page
    assert "<progress" in page


def test_the_result_names_the_rows_that_were_left_out(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    page = client_for(bob).get(url(imported(actor_of(bob), team, BAD, now))).content.decode()
    assert "Rows with problems" in page
    assert "ftp://nowhere" in page
    assert "hx-trigger" not in page.split("<main")[1]


def test_a_viewer_of_the_team_sees_it_and_cannot_start_it(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, vera: Any, team: Any, now: datetime
) -> None:
    page = client_for(vera).get(url(uploaded(actor_of(bob), team, SHLINK, now))).content.decode()
    assert "https://example.org/a" in page
    assert "What the columns mean" not in page


def test_other_teams_do_not_see_it(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, charlie: Any, team: Any, now: datetime
) -> None:
    job = uploaded(actor_of(bob), team, SHLINK, now)
    assert client_for(charlie).get(url(job)).status_code == 404
    assert client_for(charlie).get("/links/imports/imp_nothing/").status_code == 404
