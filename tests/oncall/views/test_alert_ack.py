"""The signed link: GET shows, POST acts, without a session."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from oncall.models import Alert
from oncall.services import ack_links, alerts
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.accounts.selectors import actors
from tests.factories.oncall import PageFactory


@pytest.fixture
def url(fired: Alert, bob: Any, stopped: datetime) -> str:
    page = PageFactory(run=fired.runs.get(), user=bob)
    return ack_links.url_of(page).removeprefix(settings.PORTAL_BASE_URL)


@pytest.fixture
def strict() -> Client:
    """A browser without cookies, for which CSRF is checked."""
    return Client(enforce_csrf_checks=True)


def test_looking_changes_nothing(strict: Client, url: str, fired: Alert) -> None:
    answer = strict.get(url)
    fired.refresh_from_db()
    assert (answer.status_code, fired.status) == (200, "firing")


def test_one_tap_acknowledges_in_the_name_of_the_paged_person(strict: Client, url: str, fired: Alert, bob: Any) -> None:
    answer = strict.post(url, {"action": "acknowledge"})
    fired.refresh_from_db()
    assert (answer.status_code, fired.status, fired.acknowledged_by) == (200, "acknowledged", bob)


def test_the_other_button_resolves(strict: Client, url: str, fired: Alert) -> None:
    strict.post(url, {"action": "resolve"})
    fired.refresh_from_db()
    assert fired.status == "resolved"


def test_a_second_tap_changes_nothing(strict: Client, url: str, fired: Alert) -> None:
    assert [strict.post(url).status_code for _ in range(2)] == [200, 200]
    assert fired.events.filter(kind="acknowledged").count() == 1


def test_acknowledging_what_was_resolved_meanwhile_says_so(
    strict: Client, url: str, fired: Alert, now: datetime
) -> None:
    alerts.close_alert(actor=Actor.system("test"), alert=fired, now=now)
    assert b"Resolved" in strict.post(url, {"action": "acknowledge"}).content


def test_it_is_audited(strict: Client, url: str, bob: Any) -> None:
    strict.post(url)
    assert AuditEntry.objects.filter(action="alert.acknowledged", user=bob).exists()


def test_a_forged_link_is_not_found(strict: Client, url: str) -> None:
    assert [strict.post(one).status_code for one in (url[:-3] + "x/", "/alerts/ack/x/")] == [404, 404]


def test_an_old_link_is_gone(strict: Client, url: str, time_machine: Any, now: datetime) -> None:
    time_machine.move_to(now + ack_links.LIFETIME * 2)
    assert strict.post(url).status_code == 410


def test_the_link_of_an_ended_account_is_not_found(strict: Client, url: str, bob: Any) -> None:
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    assert strict.get(url).status_code == 404


def test_the_page_is_never_cached(strict: Client, url: str) -> None:
    assert "no-store" in strict.get(url)["Cache-Control"]


def test_the_big_button_is_to_acknowledge_and_then_to_resolve(strict: Client, url: str) -> None:
    pages = [strict.get(url), strict.post(url, {"action": "acknowledge"})]
    big = [re.findall(r'btn-primary[^>]*value="(\w+)"', answer.content.decode()) for answer in pages]
    assert big == [["acknowledge"], ["resolve"]]


def test_what_somebody_else_has_is_said(strict: Client, url: str, fired: Alert, alice: Any, now: datetime) -> None:
    alerts.acknowledge_alert(actor=actors.actor_for_user(alice), alert=fired, now=now)
    assert b"Alice has it" in strict.get(url).content
    strict.post(url, {"action": "acknowledge"})
    fired.refresh_from_db()
    assert fired.assigned_to == alice


def test_it_can_be_snoozed(strict: Client, url: str, fired: Alert, stopped: datetime) -> None:
    assert b"Snoozed for an hour" in strict.post(url, {"action": "snooze"}).content
    fired.refresh_from_db()
    assert fired.snoozed_until == stopped + timedelta(hours=1)


def test_it_can_be_given_to_the_next(strict: Client, url: str, fired: Alert) -> None:
    strict.post(url, {"action": "acknowledge"})
    assert b"The next are being asked now" in strict.post(url, {"action": "escalate"}).content
    fired.refresh_from_db()
    assert fired.status == "firing"


def test_what_is_over_says_who_ended_it(strict: Client, url: str, fired: Alert, alice: Any, now: datetime) -> None:
    alerts.close_alert(actor=actors.actor_for_user(alice), alert=fired, now=now)
    assert b"resolved by Alice" in strict.get(url).content
    assert strict.post(url, {"action": "snooze"}).status_code == 200


def test_a_second_tap_at_the_same_place_resolves_nothing(strict: Client, url: str) -> None:
    bar = strict.post(url, {"action": "acknowledge"}).text.split('class="bar"')[1]
    assert re.findall(r'<(\w+) class="first', bar) == ["span"]


def test_a_cold_phone_loads_neither_scripts_nor_fonts(strict: Client, url: str) -> None:
    assert re.findall(r"<script|\.woff|tabler", strict.get(url).text) == []
