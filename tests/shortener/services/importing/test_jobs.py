from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PermissionDenied, TooLarge
from shortener.exceptions import WrongImportState
from shortener.models import ImportJob
from shortener.services.importing import jobs
from tests.shortener.services.importing.helpers import SHLINK, imported, uploaded

ActorOf = Callable[[Any], Any]


@pytest.fixture
def bobs(actor_of: ActorOf, bob: Any) -> Any:
    return actor_of(bob)


def test_an_upload_is_read_guessed_and_audited(bobs: Any, team: Any, now: datetime) -> None:
    job = uploaded(bobs, team, SHLINK, now, file_name="links.csv")
    assert (job.state, job.kind, job.rows, job.domain.is_default) == ("preview", "shlink", 2, True)
    assert job.mapping["fields"]["target"] == "longUrl"
    assert AuditEntry.objects.filter(action="import.uploaded", target_id=job.public_id).exists()


def test_a_chosen_format_is_kept(bobs: Any, team: Any, now: datetime) -> None:
    assert uploaded(bobs, team, SHLINK, now, kind="csv").kind == "csv"


@pytest.mark.parametrize(
    ("body", "field"),
    [(b"", "file"), (b"PK\x03\x04", "file"), (b"url,slug\n", "file"), (b"[1", "file"), (b"a," * 300, "file")],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(
    body: bytes, field: str, bobs: Any, team: Any, now: datetime
) -> None:
    with pytest.raises(Invalid) as refusal:
        uploaded(bobs, team, body, now)
    assert set(refusal.value.fields) == {field}


def test_an_unknown_format_is_refused(bobs: Any, team: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        uploaded(bobs, team, SHLINK, now, kind="nonsense")
    assert set(refusal.value.fields) == {"kind"}


def test_a_file_beyond_the_bound_is_too_large(bobs: Any, team: Any, now: datetime) -> None:
    with pytest.raises(TooLarge, match="50 MB"):
        uploaded(bobs, team, b"x" * (jobs.MAX_BYTES + 1), now)


def test_a_viewer_may_not_upload(actor_of: ActorOf, vera: Any, team: Any, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        uploaded(actor_of(vera), team, SHLINK, now)


def test_unknown_fields_and_columns_are_all_named(bobs: Any, team: Any, now: datetime) -> None:
    job = uploaded(bobs, team, SHLINK, now)
    with pytest.raises(Invalid) as refusal:
        jobs.map_columns(actor=bobs, job=job, mapping={"target": "nowhere", "odd": "title"}, options={}, now=now)
    assert set(refusal.value.fields) == {"target", "odd"}


@pytest.mark.parametrize(
    ("options", "field"), [({"existing": "burn"}, "existing"), ({"add_tags": ["a,b"]}, "add_tags")]
)
def test_options_that_make_no_sense_are_named(options: Any, field: str, bobs: Any, team: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        uploaded(bobs, team, SHLINK, now, options=options)
    assert set(refusal.value.fields) == {field}


def test_an_import_is_started_once(bobs: Any, team: Any, now: datetime) -> None:
    job = jobs.start_job(actor=bobs, job=uploaded(bobs, team, SHLINK, now), now=now)
    with pytest.raises(WrongImportState):
        jobs.start_job(actor=bobs, job=job, now=now)


def test_without_a_target_nothing_starts(bobs: Any, team: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        jobs.start_job(actor=bobs, job=uploaded(bobs, team, "name,nickname\na,b\n", now), now=now)
    assert set(refusal.value.fields) == {"target"}


def test_the_file_is_dropped_at_the_end(bobs: Any, team: Any, now: datetime) -> None:
    assert bytes(imported(bobs, team, SHLINK, now).body) == b""


def test_a_finished_import_is_not_cancelled(bobs: Any, team: Any, now: datetime) -> None:
    with pytest.raises(WrongImportState):
        jobs.cancel_job(actor=bobs, job=imported(bobs, team, SHLINK, now), now=now)


def test_old_previews_and_results_are_forgotten(bobs: Any, team: Any, now: datetime) -> None:
    uploaded(bobs, team, SHLINK, now)
    imported(bobs, team, SHLINK, now)
    assert jobs.forget_jobs(now=now + timedelta(days=6)) == 0
    assert jobs.forget_jobs(now=now + timedelta(days=8)) == 1
    assert jobs.forget_jobs(now=now + timedelta(days=91)) == 1
    assert not ImportJob.objects.exists()


def test_a_name_that_no_database_can_hold_is_cleaned(bobs: Any, team: Any, now: datetime) -> None:
    assert uploaded(bobs, team, SHLINK, now, file_name="a\0b" + "x" * 300).file_name.startswith("a\ufffdb")
