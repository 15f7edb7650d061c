"""Correcting what is known of a release."""

from typing import Any

import pytest

from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db
FORM = {"status": "succeeded", "kind": "hotfix", "changelog": "- Faster", "is_unplanned": "on", "commit": "abc"}


def test_a_responder_corrects_it(service: Any, bob: Any, client_for: Any) -> None:
    release = ReleaseFactory(service=service)
    client_for(bob).post(f"/releases/{release.public_id}/edit/", {**FORM, "committed_at": "2026-03-04T10:00"})
    release.refresh_from_db()
    assert (release.kind, release.changelog, release.is_unplanned, release.commit) == (
        "hotfix",
        "- Faster",
        True,
        "abc",
    )
    assert release.committed_at is not None


def test_the_form_shows_what_is_known(service: Any, bob: Any, client_for: Any) -> None:
    release = ReleaseFactory(service=service, changelog="- Faster")
    assert b"- Faster" in client_for(bob).get(f"/releases/{release.public_id}/edit/").content


@pytest.mark.parametrize("change", [{"url": "nothing"}, {"status": "lost"}, {"kind": "rollback"}], ids=str)
def test_a_wrong_form_changes_nothing(service: Any, bob: Any, client_for: Any, change: dict[str, str]) -> None:
    release = ReleaseFactory(service=service)
    answer = client_for(bob).post(f"/releases/{release.public_id}/edit/", {**FORM, **change})
    assert b"is-invalid" in answer.content
    release.refresh_from_db()
    assert release.changelog == ""


def test_what_failed_does_not_come_back(service: Any, bob: Any, client_for: Any) -> None:
    release = ReleaseFactory(service=service, status="failed")
    answer = client_for(bob).post(f"/releases/{release.public_id}/edit/", FORM)
    assert b"does not move any more" in answer.content


def test_a_viewer_corrects_nothing(service: Any, vera: Any, client_for: Any) -> None:
    assert client_for(vera).get(f"/releases/{ReleaseFactory(service=service).public_id}/edit/").status_code == 403
