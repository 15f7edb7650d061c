from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.exceptions import NoSuchImport
from shortener.models import ImportJob
from shortener.selectors import imports
from tests.shortener.services.importing.helpers import SHLINK, imported, uploaded

pytestmark = pytest.mark.django_db

ActorOf = Callable[[Any], Any]


@pytest.fixture
def job(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> ImportJob:
    return uploaded(actor_of(bob), team, SHLINK, now)


def test_members_and_administrators_find_it(job: ImportJob, actor_of: ActorOf, vera: Any, admin_user: Any) -> None:
    assert imports.get_job(actor_of(vera), job.public_id) == job
    assert imports.get_job(actor_of(admin_user), job.public_id) == job


def test_others_do_not_even_where_the_team_is_open(job: ImportJob, actor_of: ActorOf, charlie: Any) -> None:
    with pytest.raises(NoSuchImport):
        imports.get_job(actor_of(charlie), job.public_id)


def test_an_id_that_is_none_finds_nothing(job: ImportJob, actor_of: ActorOf, bob: Any) -> None:
    with pytest.raises(NoSuchImport):
        imports.get_job(actor_of(bob), "imp_\0")


def test_the_file_is_read_only_when_it_is_asked_for(job: ImportJob, actor_of: ActorOf, bob: Any) -> None:
    found = imports.get_job(actor_of(bob), job.public_id)
    assert "body" in found.get_deferred_fields()
    assert found.body


@pytest.mark.parametrize(("cursor", "rows", "percent"), [(0, 2, 0), (1, 2, 50), (2, 2, 100), (0, 0, 0)])
def test_progress_is_a_share_of_the_rows(cursor: int, rows: int, percent: int) -> None:
    assert imports.percent_done(ImportJob(cursor=cursor, rows=rows)) == percent


def test_errors_come_with_the_columns_of_the_file(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> None:
    job = imported(actor_of(bob), team, "url,slug\nftp://x,\n", now)
    header, row = imports.error_rows(job)
    assert header == ["url", "slug", "line", "problem"]
    assert row[:3] == ["ftp://x", "", 2]
