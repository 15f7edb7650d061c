from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shortener.models import ImportJob, Link
from tests.factories.shortener import DomainFactory
from tests.shortener.services.importing.helpers import SHLINK

pytestmark = pytest.mark.django_db

URL = "/links/imports/new/"
ClientFor = Callable[[Any], Any]


def given(team: Any, body: bytes | str = SHLINK, name: str = "links.csv", **more: str) -> dict[str, Any]:
    content = body.encode() if isinstance(body, str) else body
    domain = DomainFactory(is_default=True, name="go.example.com")
    return {"file": SimpleUploadedFile(name, content), "team": team.slug, "domain": domain.name, **more}


def test_a_file_is_kept_and_shown_before_anything_is_imported(client_for: ClientFor, bob: Any, team: Any) -> None:
    page = client_for(bob).post(URL, given(team), follow=True).content.decode()
    job = ImportJob.objects.get()
    assert (job.state, job.kind, job.rows, job.created_by) == ("preview", "shlink", 2, bob)
    assert "https://example.org/a" in page
    assert not Link.objects.exists()


def test_an_archive_is_refused_at_its_field(client_for: ClientFor, bob: Any, team: Any) -> None:
    page = client_for(bob).post(URL, given(team, b"PK\x03\x04rest", "links.xlsx")).content.decode()
    assert "save it as CSV" in page
    assert not ImportJob.objects.exists()


def test_a_file_that_is_too_large_is_refused(client_for: ClientFor, bob: Any, team: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("shortener.services.importing.jobs.MAX_BYTES", 10)
    assert "at most 50 MB" in client_for(bob).post(URL, given(team)).content.decode()


def test_no_file_at_all_is_told(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert "This field is required" in client_for(bob).post(URL, {"team": team.slug}).content.decode()


def test_a_viewer_cannot_upload(client_for: ClientFor, vera: Any, team: Any) -> None:
    client_for(vera).post(URL, given(team))
    assert not ImportJob.objects.exists()


def test_the_page_says_where_to_get_a_file(client_for: ClientFor, bob: Any, now: datetime) -> None:
    page = client_for(bob).get(URL).content.decode()
    assert all(name in page for name in ("Shlink", "YOURLS", "Bitly", "Kutt", "Any CSV"))
