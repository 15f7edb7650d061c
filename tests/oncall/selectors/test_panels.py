"""What other pages show of this app."""

from datetime import datetime, timedelta
from typing import Any

from oncall.models import Alert, EscalationRun
from oncall.selectors import lateness, panels
from oncall.services import watch
from portal.accounts.domain.actors import Actor
from tests.factories.oncall import AlertFactory

ANYBODY = Actor.system("test")


def test_the_panel_of_a_service(schedule: Any, team: Any, service: Any, fired: Alert, now: datetime) -> None:
    own = AlertFactory(team=team, service=service)
    found = panels.service_panel(service, actor=ANYBODY, now=now)
    assert list(found["open_alerts"]) == [own]
    assert [str(one.user) for one in found["on_call"]] == ["Alice", "Bob"]


def test_the_count_of_the_navigation(fired: Alert, team: Any) -> None:
    AlertFactory(team=team, status="acknowledged")
    assert (panels.firing_count(ANYBODY), panels.firing_count(None)) == (1, 0)


def test_the_gauges(fired: Alert) -> None:
    now = lateness.database_now()
    watch.beat(name="one", started_at=now, now=now)
    EscalationRun.objects.update(next_run_at=now - timedelta(hours=1))
    [(_, seconds)] = panels.lateness_samples()
    assert 3600 <= seconds < 3700
    assert list(panels.pager_samples()) == [({}, 1.0)]
    assert list(panels.unheard_samples()) == [({}, 0.0)]
    assert ({"severity": "critical", "status": "firing"}, 1.0) in list(panels.open_alert_samples())
