from collections.abc import Callable
from typing import Any

import time_machine
from django.urls import reverse

from tests.factories.incidents import resolved_incident


def test_a_line_has_the_durations_in_minutes(client_for: Callable[[Any], Any], vera: Any, team: Any, now: Any) -> None:
    resolved_incident(team=team, title="=1+1")
    with time_machine.travel(now, tick=False):
        lines = client_for(vera).get(reverse("report_incidents_csv")).content.decode().splitlines()
    assert lines[0].startswith("incident,title,severity")
    assert "'=1+1" in lines[1]
    assert "65.0" in lines[1]


def test_it_is_a_file(client_for: Callable[[Any], Any], vera: Any) -> None:
    response = client_for(vera).get(reverse("report_incidents_csv"))
    assert response["Content-Disposition"] == 'attachment; filename="incidents.csv"'
