from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.models import Heartbeat, HeartbeatRun
from slo.services.heartbeat_rows import key_of
from tests.factories.slo import SloFactory, SloStatusFactory
from tests.factories.sources import HeartbeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def heartbeat(service: Any) -> Heartbeat:
    made: Heartbeat = HeartbeatFactory(service=service, name="Nightly", state="down", reason="It reported a failure.")
    return made


def page(heartbeat: Heartbeat, client: Any) -> str:
    text: str = client.get(f"/heartbeats/{heartbeat.public_id}/").content.decode()
    return text


def test_the_runs_are_shown(heartbeat: Heartbeat, now: datetime, vera: Any, client_for: Any) -> None:
    facts = {"heartbeat": heartbeat, "duration": timedelta(seconds=90)}
    HeartbeatRun.objects.create(at=now, outcome="ok", due_at=now, **facts)
    HeartbeatRun.objects.create(at=now, outcome="failed", exit_code=3, note="It ended.", sample="disk full", **facts)
    text = page(heartbeat, client_for(vera))
    for words in ("It reported a failure.", "run-ok", "run-failed", "exit 3", "disk full", "How long the runs took"):
        assert words in text


def test_whoever_may_ping_sees_how(heartbeat: Heartbeat, bob: Any, vera: Any, client_for: Any) -> None:
    assert f"/ingest/heartbeat/{key_of(heartbeat)}/" in page(heartbeat, client_for(bob))
    text = page(heartbeat, client_for(vera))
    assert key_of(heartbeat) not in text
    assert "How a job reports" not in text


def test_the_key_is_made_anew_by_managers_only(heartbeat: Heartbeat, alice: Any, bob: Any, client_for: Any) -> None:
    assert f"/heartbeats/{heartbeat.public_id}/key/" in page(heartbeat, client_for(alice))
    assert f"/heartbeats/{heartbeat.public_id}/key/" not in page(heartbeat, client_for(bob))


def test_the_coming_times_of_a_schedule_are_told(service: Any, vera: Any, client_for: Any) -> None:
    heartbeat = HeartbeatFactory(service=service, schedule_kind="cron", expression="0 3 * * *", state="new")
    text = page(heartbeat, client_for(vera))
    assert "Coming times" in text
    assert "Nothing is expected before the first ping" in text


def test_the_slos_that_count_it_are_named(heartbeat: Heartbeat, vera: Any, client_for: Any) -> None:
    slo = SloFactory(service=heartbeat.service, sli=heartbeat.sli, name="Backups run")
    SloStatusFactory(slo=slo)
    assert "Backups run" in page(heartbeat, client_for(vera))


def test_a_heartbeat_of_a_private_team_is_not_found(heartbeat: Heartbeat, charlie: Any, client_for: Any) -> None:
    heartbeat.service.team.is_private = True
    heartbeat.service.team.save()
    assert client_for(charlie).get(f"/heartbeats/{heartbeat.public_id}/").status_code == 404
