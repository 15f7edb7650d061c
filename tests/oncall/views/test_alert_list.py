"""The inbox."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Alert
from oncall.services import escalations, pages
from tests.factories.accounts import TeamFactory
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import AlertFactory, PageFactory, RunFactory

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


@pytest.mark.parametrize("count", [2, 12], ids=["small", "large"])
def test_the_number_of_queries_is_constant(
    client_for: ClientFor, bob: Any, count: int, django_assert_max_num_queries: Any
) -> None:
    for team in TeamFactory.create_batch(count):
        alert = AlertFactory(team=team, service=ServiceFactory(team=team), acknowledged_by=bob, assigned_to=bob)
        PageFactory(run=RunFactory(alert=alert), user=bob, status="sent")
    client = client_for(bob)
    with django_assert_max_num_queries(19):
        assert len(client.get(reverse("alert_list") + "?per=200").context["rows"]) == count


def test_what_should_have_been_taken_on_is_overdue(
    client_for: ClientFor, bob: Any, team: Any, stopped: datetime
) -> None:
    AlertFactory(team=team, title="late", started_at=stopped - timedelta(minutes=31))
    AlertFactory(team=team, title="in time", started_at=stopped - timedelta(minutes=29))
    AlertFactory(team=team, title="ticket", severity="warning", started_at=stopped - timedelta(hours=23))
    AlertFactory(team=team, title="taken", status="acknowledged", started_at=stopped - timedelta(days=2))
    assert titles(client_for(bob), "?show=overdue") == ["late"]
    assert client_for(bob).get(reverse("alert_list")).text.count("Overdue</span>") == 1


@pytest.mark.parametrize(("labels", "found"), [("pod=a", ["a"]), ("pod!=a", ["b"]), ('pod="b', ["b", "a"])])
def test_labels_narrow_it(client_for: ClientFor, bob: Any, team: Any, labels: str, found: list[str]) -> None:
    for pod in ("a", "b"):
        AlertFactory(team=team, title=pod, labels={"pod": pod})
    assert titles(client_for(bob), f"?labels={quote(labels)}") == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [("newest", ["new", "old"]), ("oldest", ["old", "new"]), ("severity", ["old", "new"]), ("fired", ["new", "old"])],
)
def test_it_can_be_ordered(
    client_for: ClientFor, bob: Any, team: Any, now: datetime, sort: str, found: list[str]
) -> None:
    AlertFactory(team=team, title="old", started_at=now - timedelta(hours=1))
    AlertFactory(team=team, title="new", severity="warning", started_at=now, joined_count=3)
    assert titles(client_for(bob), f"?sort={sort}") == found


def test_mine_is_what_i_have_and_my_teams_are_mine(client_for: ClientFor, bob: Any, team: Any) -> None:
    AlertFactory(team=TeamFactory(), title="given to me", assigned_to=bob)
    AlertFactory(team=team, title="of my team")
    client = client_for(bob)
    assert (titles(client, "?show=mine"), titles(client, "?team=~")) == (["given to me"], ["of my team"])
