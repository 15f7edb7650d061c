"""Signed links are bound to a page and its person."""

from datetime import datetime
from typing import Any

import pytest
from django.core import signing

from oncall.exceptions import AckLinkExpired, AckLinkUnknown
from oncall.models import Page
from oncall.services import ack_links
from tests.factories.oncall import PageFactory


def token_of(page: Page) -> str:
    return ack_links.url_of(page).rstrip("/").rsplit("/", 1)[1]


def test_a_link_finds_its_page(db: None, now: datetime) -> None:
    page = PageFactory()
    assert ack_links.page_of(token_of(page), now=now) == page


def test_a_link_for_another_person_finds_nothing(bob: Any, now: datetime) -> None:
    page = PageFactory()
    token = signing.dumps([page.public_id, bob.pk], salt=ack_links.SALT)
    with pytest.raises(AckLinkUnknown):
        ack_links.page_of(token, now=now)


def test_a_signature_for_another_purpose_is_worthless(db: None, now: datetime) -> None:
    page = PageFactory()
    token = signing.dumps([page.public_id, page.user_id], salt="other")
    with pytest.raises(AckLinkUnknown):
        ack_links.page_of(token, now=now)


def test_a_link_ends(db: None, now: datetime) -> None:
    token = token_of(PageFactory())
    with pytest.raises(AckLinkExpired):
        ack_links.page_of(token, now=now + 2 * ack_links.LIFETIME)


def test_its_actor_is_the_paged_person(bob: Any) -> None:
    assert ack_links.actor_of(PageFactory(user=bob)).user_id == bob.pk
