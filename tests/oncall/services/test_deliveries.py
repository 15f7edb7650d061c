"""What providers report about pages."""

from datetime import datetime
from typing import Any

import pytest

from oncall.models import AlertEvent, ContactMethod, DeliveryReport, Page
from oncall.services import deliveries
from tests.factories.oncall import ContactFactory, PageFactory


@pytest.fixture
def paged(bob: Any, now: datetime) -> Page:
    contact = ContactFactory(user=bob, kind="sms", address="+49170")
    told = {"channel": "sms", "address": "+49170", "contact": contact, "rule": 0}
    made: Page = PageFactory(user=bob, status="sent", sent_at=now, **told)
    return made


def report(page: Page, now: datetime, *words: str) -> list[bool]:
    return [deliveries.report(page=page, word=word, now=now) for word in words]


def test_repeats_and_foreign_words_do_nothing(paged: Page, now: datetime) -> None:
    assert report(paged, now, "sent", "sent", "rubbish", "Delivered") == [True, False, False, True]
    assert DeliveryReport.objects.count() == 2


def test_what_arrived_stands_at_the_page_and_in_the_history(paged: Page, now: datetime) -> None:
    report(paged, now, "delivered", "sent")
    paged.refresh_from_db()
    assert (paged.delivery, paged.delivered_at) == ("delivered", now)
    assert AlertEvent.objects.get(kind="delivered").detail == "Bob by sms: delivered"


def test_what_did_not_arrive_goes_the_next_way_now(paged: Page, now: datetime) -> None:
    report(paged, now, "undelivered")
    paged.refresh_from_db()
    fallback = Page.objects.get(channel="mail")
    assert (paged.status, fallback.due_at, fallback.user) == ("failed", now, paged.user)


def test_a_lost_page_is_a_problem_of_the_contact(paged: Page, now: datetime) -> None:
    report(paged, now, "no-answer")
    assert ContactMethod.objects.get().problem == "no-answer"


def test_after_an_answer_nothing_more_goes_out(paged: Page, now: datetime) -> None:
    paged.run.status, paged.run.next_run_at = "stopped", None
    paged.run.save()
    report(paged, now, "failed")
    assert Page.objects.count() == 1
