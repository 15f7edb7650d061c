"""A page's own token."""

from datetime import datetime, timedelta
from typing import Any

from oncall.services import page_tokens
from tests.factories.oncall import PageFactory


def test_it_leads_to_its_page_for_three_days(bob: Any, now: datetime) -> None:
    page = PageFactory(user=bob)
    token = page_tokens.token_of(page)
    assert page_tokens.page_of(token, now=now) == page
    assert page_tokens.page_of(token, now=now + timedelta(days=4)) is None


def test_a_token_of_nobody_leads_nowhere(bob: Any, now: datetime) -> None:
    assert page_tokens.page_of(PageFactory(user=bob).public_id, now=now) is None


def test_pages_to_an_address_come_latest_first(bob: Any, now: datetime) -> None:
    first, second = (PageFactory(user=bob, channel="sms", address="+49170", sent_at=now + timedelta(n)) for n in (0, 1))
    PageFactory(user=bob, channel="sms", address="+49170", rule=3)
    assert list(page_tokens.sent_to(("sms",), "+49170", now=now)) == [second, first]
