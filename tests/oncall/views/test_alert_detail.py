"""The page of an alert."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Alert
from oncall.services import alerts, escalations
from portal.accounts.domain.actors import Actor
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import AlertFactory
from tests.factories.slo import SloFactory

ClientFor = Callable[[Any], Client]


def page(client: Client, alert: Alert) -> Any:
    return client.get(reverse("alert_detail", args=[alert.public_id]))


def test_a_responder_sees_the_buttons_and_who_is_paged_next(
    client_for: ClientFor, bob: Any, schedule: Any, fired: Alert, stopped: datetime
) -> None:
    escalations.tick(now=stopped)
    answer = page(client_for(bob), fired)
    assert [str(step.users[0]) for step in answer.context["upcoming"]][:2] == ["Bob", "Alice"]
    assert b"Acknowledge" in answer.content


def test_a_viewer_sees_no_buttons(client_for: ClientFor, vera: Any, fired: Alert) -> None:
    assert reverse("alert_acknowledge", args=[fired.public_id]).encode() not in page(client_for(vera), fired).content


def test_hostile_text_is_shown_as_text(client_for: ClientFor, bob: Any, team: Any) -> None:
    alert = AlertFactory(team=team, title="<script>alert(1)</script>", detail="<img src=x>")
    content = page(client_for(bob), alert).content
    assert b"<script>alert(1)" not in content
    assert b"<img src=x>" not in content


def test_an_acknowledged_alert_pages_nobody(client_for: ClientFor, bob: Any, fired: Alert, now: datetime) -> None:
    alerts.acknowledge_alert(actor=Actor.system("test"), alert=fired, now=now)
    answer = page(client_for(bob), fired)
    assert (answer.context["upcoming"], b"Nobody is paged while" in answer.content) == ([], True)


def test_an_alert_that_nobody_took_says_so_loudly(
    client_for: ClientFor, charlie: Any, admin_user: Any, fired: Alert, now: datetime
) -> None:
    escalations.tick(now=now)
    assert b"nobody has acknowledged" in page(client_for(charlie), fired).content


def test_a_private_alert_is_not_found(client_for: ClientFor, bob: Any) -> None:
    alert = AlertFactory(team=TeamFactory(is_private=True))
    assert page(client_for(bob), alert).status_code == 404


def test_the_big_button_is_to_acknowledge_and_then_to_resolve(client_for: ClientFor, bob: Any, team: Any) -> None:
    found = [AlertFactory(team=team, status=status) for status in ("firing", "acknowledged")]
    pages = [page(client_for(bob), alert).content.decode() for alert in found]
    assert [re.findall(r"btn-primary[^>]*>.*?(\w+)</button>", text) for text in pages] == [["Acknowledge"], ["Resolve"]]


def test_it_draws_what_it_is_about(client_for: ClientFor, bob: Any, team: Any) -> None:
    slo = SloFactory(service__team=team, name="Checkout answers")
    alert = AlertFactory(team=team, source="slo", dedup_key=f"slo:{slo.public_id}:critical")
    answer = page(client_for(bob), alert)
    assert (len(answer.context["graphs"]), "Bad events of Checkout answers" in answer.text) == (1, True)


def test_a_step_that_is_due_says_how_late_it_is(
    client_for: ClientFor, bob: Any, schedule: Any, fired: Alert, time_machine: Any, now: datetime
) -> None:
    time_machine.move_to(now + timedelta(minutes=7), tick=False)
    assert "due now, 7 min late" in page(client_for(bob), fired).text


def test_it_says_until_when_and_who_has_it(
    client_for: ClientFor, bob: Any, alice: Any, fired: Alert, stopped: datetime
) -> None:
    assert "Acknowledge by" in page(client_for(bob), fired).text
    Alert.objects.filter(pk=fired.pk).update(assigned_to=alice)
    assert "handed on, has not answered yet" in page(client_for(bob), fired).text


def test_it_tells_of_the_time_before(client_for: ClientFor, bob: Any, team: Any, now: datetime) -> None:
    AlertFactory(team=team, status="resolved", started_at=now, resolved_at=now, resolved_by=bob)
    assert "resolved by Bob" in page(client_for(bob), AlertFactory(team=team, started_at=now)).text


def test_pictures_of_a_sender_are_links(client_for: ClientFor, bob: Any, team: Any) -> None:
    alert = AlertFactory(team=team, images=[{"src": "https://graphs.example/a.png", "alt": "Load"}])
    text = page(client_for(bob), alert).text
    assert ('href="https://graphs.example/a.png"' in text, '<img src="https://graphs' in text) == (True, False)
