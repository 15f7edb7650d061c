"""The page of one release."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from slo.domain.gate_facts import Asked
from slo.services import gates, releases, versions
from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("pipeline")
CHANGE = {"commit": "abcdef", "committed_at": "2026-03-04T10:00:00Z", "title": "Faster"}


def record(service: Any, now: datetime, **facts: Any) -> Any:
    return releases.record_release(actor=ACTOR, service=service, version="2.0.1", now=now, **facts)


def test_everything_of_it_is_shown(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    told = {"diff_url": "https://e.com/diff", "changelog": "- Faster", "commit": "abcdef", "changes": [CHANGE]}
    release = record(service, now, is_unplanned=True, **told)
    gates.evaluate(actor=ACTOR, service=service, asked=Asked(version="2.0.1"), now=now)
    page = client_for(vera).get(f"/releases/{release.public_id}/").content.decode()
    shown = ("https://e.com/diff", "- Faster", "abcdef", "unplanned", "all at once", "What the gate answered")
    assert [text for text in shown if text not in page] == []
    assert "Roll back" not in page


def test_a_responder_sees_the_next_stage(service: Any, bob: Any, client_for: Any, now: datetime) -> None:
    release = record(service, now, strategy="canary", rollout_ratio=Decimal("0.01"), status="running")
    page = client_for(bob).get(f"/releases/{release.public_id}/").content.decode()
    assert "Next: canary 10 %" in page
    assert 'value="10' in page
    assert "It works" in page


def test_what_was_taken_back_says_so(service: Any, bob: Any, client_for: Any, now: datetime) -> None:
    release = record(service, now)
    back = releases.roll_back(actor=ACTOR, release=release, version="1.9", now=now + timedelta(minutes=1))
    page = client_for(bob).get(f"/releases/{release.public_id}/").content.decode()
    assert "It was taken back" in page
    assert "Roll back" not in page
    assert "Takes back" in client_for(bob).get(f"/releases/{back.public_id}/").content.decode()


def test_outside_the_window_a_postmortem_is_owed(service: Any, vera: Any, client_for: Any) -> None:
    release = ReleaseFactory(service=service, outside_window=True, owes_postmortem=True)
    assert b"a postmortem is owed" in client_for(vera).get(f"/releases/{release.public_id}/").content


def test_the_versions_that_run_are_shown(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    running = [{"instance": "a", "version": "2.0.1"}, {"instance": "b", "version": "1.9"}]
    versions.report_versions(service=service, instances=running, now=timezone.now())
    page = client_for(vera).get(f"/releases/{record(service, now).public_id}/").content.decode()
    assert "50.0" in page
    assert "This release" in page


def test_another_teams_private_release_is_not_found(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert client_for(charlie).get(f"/releases/{ReleaseFactory(service=service).public_id}/").status_code == 404
