"""Sending: claims, leases, retries, the next rule, and the deaths that a sender may die."""

import smtplib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from oncall.clients import channels
from oncall.domain import retry
from oncall.domain.messages import Message, Receipt
from oncall.exceptions import DeliveryError
from oncall.models import EscalationRun, Page, PageAttempt
from oncall.services import alerts, pages
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from tests.factories.oncall import AlertFactory, ContactFactory, ContactPointFactory, PageFactory, RunFactory


class FakeMail:
    """Takes what it is told to take, and remembers it."""

    kind = "mail"
    label = "Mail"

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.sent: list[Message] = []

    def send(self, message: Message) -> Receipt:
        self.sent.append(message)
        if self.errors:
            raise self.errors.pop(0)
        return Receipt("abc", "taken")


TEMPORARY = DeliveryError("451 later", permanent=False)
PERMANENT = DeliveryError("550 unknown", permanent=True)


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> FakeMail:
    fake = FakeMail()
    monkeypatch.setitem(channels.CHANNELS, "mail", fake)
    return fake


@pytest.fixture
def due_page(team: Any, alice: Any) -> Page:
    made: Page = PageFactory(run=RunFactory(alert=AlertFactory(team=team)), user=alice)
    return made


def kinds(due_page: Page) -> list[str]:
    return [event.kind for event in due_page.run.alert.events.all()]


def test_a_due_page_is_sent_once(due_page: Page, channel: FakeMail, now: datetime) -> None:
    assert (pages.send_due(now=now), pages.send_due(now=now)) == (1, 0)
    due_page.refresh_from_db()
    assert (due_page.status, due_page.provider_id, kinds(due_page)) == ("sent", "abc", ["paged"])


def test_a_real_mail_has_the_id_of_the_page_and_a_short_subject(due_page: Page, now: datetime) -> None:
    pages.send_due(now=now)
    [sent] = mail.outbox
    assert due_page.public_id in sent.extra_headers["Message-ID"]
    assert (len(sent.subject) < 50, "/alerts/ack/" in sent.body) == (True, True)


def test_a_page_that_is_not_due_waits(due_page: Page, channel: FakeMail, now: datetime) -> None:
    assert pages.send_due(now=now - timedelta(seconds=1)) == 0


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 15), (1, 30), (2, 60)])
def test_a_temporary_failure_is_tried_again(
    due_page: Page, channel: FakeMail, now: datetime, attempts: int, seconds: int
) -> None:
    Page.objects.update(attempts=attempts)
    channel.errors = [TEMPORARY]
    pages.send_due(now=now)
    due_page.refresh_from_db()
    assert (due_page.status, round((due_page.due_at - now).total_seconds())) == ("pending", seconds)


def test_the_fourth_failure_is_the_last(due_page: Page, channel: FakeMail, now: datetime) -> None:
    Page.objects.update(attempts=3)
    channel.errors = [TEMPORARY]
    pages.send_due(now=now)
    due_page.refresh_from_db()
    assert due_page.status == "failed"


def test_a_permanent_failure_starts_the_next_rule_now(due_page: Page, channel: FakeMail, now: datetime) -> None:
    contact = ContactFactory(user=due_page.user)
    Page.objects.update(rule=0, contact=contact)
    later = PageFactory(run=due_page.run, user=due_page.user, rule=1, due_at=now + timedelta(minutes=9))
    channel.errors = [PERMANENT]
    pages.send_due(now=now, limit=1)
    later.refresh_from_db()
    assert later.due_at < now + timedelta(minutes=5)


def test_when_all_rules_fail_the_mail_of_the_account_is_the_last_resort(
    due_page: Page, channel: FakeMail, now: datetime
) -> None:
    contact = ContactFactory(user=due_page.user)
    Page.objects.update(rule=0, contact=contact, address=contact.address)
    channel.errors = [PERMANENT]
    pages.send_due(now=now)
    pages.send_due(now=now + timedelta(minutes=5))
    assert due_page.user is not None
    assert [message.address for message in channel.sent] == [contact.address, due_page.user.email]


def test_a_deactivated_person_is_not_sent_anything(due_page: Page, channel: FakeMail, now: datetime) -> None:
    User.objects.update(is_active=False)
    pages.send_due(now=now)
    assert (channel.sent, PageAttempt.objects.get().outcome) == ([], "permanent")


def test_a_removed_contact_is_a_permanent_failure(due_page: Page, channel: FakeMail, now: datetime) -> None:
    Page.objects.update(rule=0, contact=None)
    pages.send_due(now=now, limit=1)
    assert PageAttempt.objects.get().answer == "The contact has been removed."


def test_a_sender_that_died_after_its_claim_is_replaced_when_the_lease_ends(
    due_page: Page, channel: FakeMail, now: datetime
) -> None:
    pages.claim(now=now)
    assert pages.send_due(now=now + retry.LEASE - timedelta(seconds=1)) == 0
    assert pages.send_due(now=now + retry.LEASE) == 1


def test_a_sender_that_died_before_writing_makes_one_duplicate_with_the_same_id(
    due_page: Page, channel: FakeMail, now: datetime
) -> None:
    claimed = pages.claim(now=now)
    assert claimed is not None
    pages.deliver(claimed)
    pages.send_due(now=now + retry.LEASE)
    assert [message.page_id for message in channel.sent] == [due_page.public_id, due_page.public_id]


def test_a_slow_sender_whose_claim_was_taken_over_changes_nothing(
    due_page: Page, channel: FakeMail, now: datetime
) -> None:
    slow = pages.claim(now=now)
    assert slow is not None
    pages.send_due(now=now + retry.LEASE)
    pages.finish(slow, pages.Outcome("permanent", "late", timedelta()), now=now + retry.LEASE)
    due_page.refresh_from_db()
    assert (due_page.status, PageAttempt.objects.count()) == ("sent", 2)


def test_after_an_acknowledgement_nothing_leaves(due_page: Page, channel: FakeMail, now: datetime) -> None:
    alerts.acknowledge_alert(actor=Actor.system("test"), alert=due_page.run.alert, now=now)
    assert pages.send_due(now=now) == 0


def test_an_acknowledgement_while_a_page_is_in_flight_keeps_the_attempt(
    due_page: Page, channel: FakeMail, now: datetime
) -> None:
    claimed = pages.claim(now=now)
    assert claimed is not None
    alerts.acknowledge_alert(actor=Actor.system("test"), alert=due_page.run.alert, now=now)
    pages.finish(claimed, pages.deliver(claimed), now=now)
    due_page.refresh_from_db()
    assert (due_page.status, PageAttempt.objects.get().outcome) == ("cancelled", "sent")


def test_the_pages_of_an_exhausted_run_still_go_out(due_page: Page, channel: FakeMail, now: datetime) -> None:
    EscalationRun.objects.update(status="exhausted", next_run_at=None)
    assert pages.send_due(now=now) == 1


def test_a_channel_that_breaks_is_a_temporary_failure(
    due_page: Page, channel: FakeMail, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    channel.errors = [smtplib.SMTPException("odd")]
    pages.send_due(now=now)
    due_page.refresh_from_db()
    assert due_page.status == "pending"


def test_a_channel_that_is_gone_is_a_permanent_failure(due_page: Page, now: datetime) -> None:
    Page.objects.update(channel="pigeon")
    pages.send_due(now=now, limit=1)
    assert PageAttempt.objects.get().outcome == "permanent"


def test_a_provider_that_wants_to_be_left_alone_longer_is(due_page: Page, channel: FakeMail, now: datetime) -> None:
    channel.errors = [DeliveryError("429", permanent=False, retry_after=timedelta(seconds=90))]
    pages.send_due(now=now)
    due_page.refresh_from_db()
    assert round((due_page.due_at - now).total_seconds()) == 90


@pytest.mark.parametrize("answer", ["a\x00b", "a\ud800b"], ids=["nul", "surrogate"])
def test_whatever_a_provider_answers_can_be_written(due_page: Page, now: datetime, answer: str) -> None:
    claimed = pages.claim(now=now)
    assert claimed is not None
    pages.finish(claimed, pages.Outcome("sent", answer, timedelta(), provider_id=answer), now=now)
    due_page.refresh_from_db()
    assert (due_page.status, due_page.provider_id) == ("sent", PageAttempt.objects.get().answer)


def test_an_outcome_that_is_written_again_is_one_attempt(due_page: Page, now: datetime) -> None:
    claimed = pages.claim(now=now)
    assert claimed is not None
    for _ in range(2):
        pages.finish(claimed, pages.Outcome("sent", "taken", timedelta()), now=now)
    assert (PageAttempt.objects.count(), kinds(due_page)) == (1, ["paged"])


def test_a_receiver_that_takes_the_alert_on_and_breaks_something_leaves_the_page_sent(
    due_page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("django.urls.base.get_resolver", no_routes)
    point = ContactPointFactory(team=due_page.run.alert.team, failures=4)
    Page.objects.update(user=None, contact_point=point)
    claimed = pages.claim(now=now)
    assert claimed is not None
    pages.finish(claimed, pages.Outcome("permanent", "gone", timedelta()), now=now)
    due_page.refresh_from_db()
    assert (due_page.status, "what follows from it broke" in caplog.text) == ("failed", True)


def no_routes(*_: Any) -> Any:
    raise ImportError("a view is broken")
