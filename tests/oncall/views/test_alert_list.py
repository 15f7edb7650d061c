"""The inbox."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Alert
from oncall.services import escalations, pages
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import AlertFactory

ClientFor = Callable[[Any], Client]


def titles(client: Client, query: str = "") -> list[str]:
    return [alert.title for alert, _, _ in client.get(reverse("alert_list") + query).context["rows"]]


def test_anonymous_visitors_are_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("alert_list")).status_code == 302


def test_open_alerts_come_first_and_closed_ones_not_at_all(
    client_for: ClientFor, bob: Any, team: Any, now: datetime
) -> None:
    AlertFactory(team=team, title="acked", status="acknowledged", started_at=now + timedelta(hours=1))
    AlertFactory(team=team, title="gone", status="resolved", resolved_at=now)
    AlertFactory(team=team, title="firing")
    assert titles(client_for(bob)) == ["firing", "acked"]


def test_filters_narrow_the_inbox(client_for: ClientFor, bob: Any, team: Any, now: datetime) -> None:
    AlertFactory(team=team, title="gone", status="resolved", resolved_at=now)
    AlertFactory(team=team, title="ticket", severity="warning")
    client = client_for(bob)
    assert titles(client, "?status=resolved") == ["gone"]
    assert titles(client, "?severity=warning&team=payments&q=tick") == ["ticket"]
    assert titles(client, "?status=all&q=nothing") == []


def test_a_wrong_filter_shows_the_open_alerts(client_for: ClientFor, bob: Any, team: Any) -> None:
    AlertFactory(team=team, title="firing")
    assert titles(client_for(bob), "?status=nonsense") == ["firing"]


def test_it_says_who_was_paged(client_for: ClientFor, bob: Any, schedule: Any, fired: Alert, now: datetime) -> None:
    escalations.tick(now=now)
    pages.send_due(now=now)
    assert b"Alice" in client_for(bob).get(reverse("alert_list")).content


def test_another_teams_private_alert_is_not_there(client_for: ClientFor, bob: Any) -> None:
    AlertFactory(team=TeamFactory(is_private=True), title="secret")
    assert titles(client_for(bob)) == []


def test_only_responders_get_the_buttons(client_for: ClientFor, vera: Any, bob: Any, fired: Alert) -> None:
    button = reverse("alert_acknowledge", args=[fired.public_id]).encode()
    assert button in client_for(bob).get(reverse("alert_list")).content
    assert button not in client_for(vera).get(reverse("alert_list")).content


def test_an_empty_inbox_says_so(client_for: ClientFor, bob: Any) -> None:
    assert b"All quiet" in client_for(bob).get(reverse("alert_list")).content


def test_the_number_of_queries_does_not_grow(
    client_for: ClientFor, bob: Any, team: Any, django_assert_max_num_queries: Any
) -> None:
    AlertFactory.create_batch(20, team=team)
    client = client_for(bob)
    with django_assert_max_num_queries(20):
        client.get(reverse("alert_list"))


def test_an_acknowledged_alert_pages_nobody_because_it_is_taken(client_for: ClientFor, bob: Any, team: Any) -> None:
    AlertFactory(team=team, status="acknowledged")
    assert "Nobody: it is taken" in client_for(bob).get(reverse("alert_list")).content.decode()
