"""Proving a contact."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from oncall.models import ContactMethod
from oncall.services import contacts
from portal.accounts.domain.actors import Actor

ClientFor = Callable[[Any], Client]


@pytest.fixture
def contact(bob: Any, stopped: datetime) -> ContactMethod:
    who = {"actor": Actor.system("test"), "user_id": bob.pk}
    return contacts.add_contact(**who, kind="mail", address="b@example.com", delay_minutes=0, now=stopped)


@pytest.fixture
def url(contact: ContactMethod) -> str:
    return reverse("contact_verify", args=[contact.public_id])


def code() -> str:
    found = re.search(r"\d{6}", str(mail.outbox[-1].body))
    assert found is not None
    return found[0]


def test_the_code_proves_it(client_for: ClientFor, bob: Any, url: str, contact: ContactMethod) -> None:
    client_for(bob).post(url, {"code": code()})
    contact.refresh_from_db()
    assert contact.verified_at is not None


def test_a_wrong_code_does_not_and_five_spend_it(
    client_for: ClientFor, bob: Any, url: str, contact: ContactMethod
) -> None:
    client = client_for(bob)
    for _ in range(contacts.CODE_TRIES):
        client.post(url, {"code": "wrong"})
    client.post(url, {"code": code()})
    contact.refresh_from_db()
    assert contact.verified_at is None


def test_an_old_code_does_not(
    client_for: ClientFor, bob: Any, url: str, contact: ContactMethod, time_machine: Any, now: datetime
) -> None:
    time_machine.move_to(now + contacts.CODE_LIFETIME + timedelta(seconds=1))
    assert b"not right or too old" in client_for(bob).post(url, {"code": code()}).content


def test_another_persons_contact_is_not_found(client_for: ClientFor, alice: Any, url: str) -> None:
    assert client_for(alice).get(url).status_code == 404
