import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, OutgoingMail
from portal.lib.errors import PermissionDenied
from shortener.exceptions import BudgetSpent, InvalidReport
from shortener.models import AbuseReport, Ban, Link
from shortener.services import abuse_reports
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ROOT = Actor.system("test")


@pytest.fixture
def link(bob: Any, team: Any) -> Link:
    facts = {"target": "https://www.evil.org/x", "target_hosts": ["www.evil.org"], "created_by": bob, "team": team}
    made: Link = LinkFactory(slug="bad", domain__name="go.example.com", **facts)
    return made


def report(now: datetime, *, client: str = "", **values: str) -> AbuseReport:
    given = {"address": "https://go.example.com/bad", "reason": "phishing"} | values
    return abuse_reports.create_report(values=given, client=client or uuid.uuid4().hex, now=now)


def decide(one: AbuseReport, decision: str, now: datetime, **more: str) -> int:
    return abuse_reports.decide(actor=ROOT, report=one, decision=decision, now=now, **more)


@pytest.mark.parametrize(
    "address",
    [
        "https://go.example.com/bad",
        "go.example.com/bad",
        " HTTP://GO.example.com/bad+ ",
        "http://localhost:8000/go/go.example.com/bad",
    ],
)
def test_every_way_to_write_the_address_finds_the_link(link: Link, address: str, now: datetime) -> None:
    made = report(now, address=address)
    assert (made.link, made.address) == (link, "http://go.example.com:8001/bad")


def test_the_reporter_is_kept_as_a_mark_of_the_day_only(link: Link, now: datetime) -> None:
    made = report(now, client="198.51.100.7")
    assert "198.51" not in made.reporter
    assert len(made.reporter) == 32


def test_all_field_errors_come_at_once(now: datetime) -> None:
    with pytest.raises(InvalidReport) as refused:
        report(now, address="https://other.example/x", reason="", text="x" * 2001, contact="nobody")
    assert refused.value.fields == {
        "address": ["unknown"],
        "reason": ["reason_missing"],
        "text": ["text_long"],
        "contact": ["contact_wrong"],
    }


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_cannot_be_stored_is_refused(link: Link, text: str, now: datetime) -> None:
    with pytest.raises(InvalidReport):
        report(now, text=text)
    with pytest.raises(InvalidReport):
        report(now, address=f"https://go.example.com/{text}")


def test_the_same_client_reports_a_link_once_a_day(link: Link, now: datetime) -> None:
    assert report(now, client="one").pk == report(now, client="one").pk
    assert report(now, client="two").pk != report(now, client="one").pk


def test_a_client_that_reports_too_much_waits(link: Link, settings: Any, now: datetime) -> None:
    settings.PORTAL_REPORTS_PER_CLIENT = "2/min"
    client = uuid.uuid4().hex
    for _ in range(2):
        report(now, client=client)
    with pytest.raises(BudgetSpent):
        report(now, client=client)


def test_a_ban_of_the_link_closes_the_case_and_tells_the_reporters(link: Link, now: datetime) -> None:
    first = report(now, contact="eve@example.com")
    report(now)
    assert decide(first, "ban_link", now, note="It asks for passwords.") == 2
    link.refresh_from_db()
    assert (link.ban or Ban()).reason == "It asks for passwords."
    mail = OutgoingMail.objects.get()
    assert (mail.to, "does not work any more" in mail.text) == ("eve@example.com", True)
    assert set(AbuseReport.objects.values_list("state", "contact")) == {("banned", "")}
    assert AuditEntry.objects.filter(action="abuse_report.decided").count() == 1


@pytest.mark.parametrize(("decision", "kind"), [("ban_host", "host"), ("ban_owner", "owner")])
def test_a_ban_of_host_or_owner_closes_their_other_cases(
    link: Link, decision: str, kind: str, bob: Any, now: datetime
) -> None:
    other = LinkFactory(slug="two", domain=link.domain, target_hosts=["www.evil.org"], created_by=bob)
    report(now, address=f"https://go.example.com/{other.slug}")
    assert decide(report(now), decision, now) == 2
    assert Ban.objects.get().kind == kind
    assert AbuseReport.objects.filter(state="open").count() == 0


def test_a_wider_host_may_be_named(link: Link, now: datetime) -> None:
    decide(report(now), "ban_host", now, host="evil.org")
    assert Ban.objects.get().value == "evil.org"


def test_dismissing_leaves_the_link_alone(link: Link, now: datetime) -> None:
    made = report(now, contact="eve@example.com")
    decide(made, "dismiss", now)
    link.refresh_from_db()
    assert link.ban is None
    assert "leaves it as it is" in OutgoingMail.objects.get().text


def test_what_is_banned_already_is_a_decision_as_well(link: Link, now: datetime) -> None:
    decide(report(now), "ban_link", now)
    assert decide(report(now), "ban_link", now) == 1
    assert Ban.objects.count() == 1


def test_a_second_decision_finds_nothing_open(link: Link, now: datetime) -> None:
    made = report(now)
    decide(made, "dismiss", now)
    assert decide(made, "dismiss", now) == 0


def test_an_unknown_decision_is_an_error_of_the_field(link: Link, now: datetime) -> None:
    with pytest.raises(InvalidReport) as refused:
        decide(report(now), "eat", now)
    assert set(refused.value.fields) == {"decision"}


def test_only_administrators_decide(link: Link, alice: Any, actor_of: Callable[..., Actor], now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        abuse_reports.decide(actor=actor_of(alice), report=report(now), decision="dismiss", now=now)
