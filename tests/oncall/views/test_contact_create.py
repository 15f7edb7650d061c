"""Adding a contact."""

from collections.abc import Callable
from typing import Any

from django.core import mail
from django.test import Client

from oncall.models import ContactMethod

ClientFor = Callable[[Any], Client]
URL = "/settings/contacts/new/"


def test_a_mail_address_gets_a_code(client_for: ClientFor, bob: Any) -> None:
    client_for(bob).post(URL, {"kind": "mail", "address": "b@example.com", "delay_minutes": 0})
    assert (mail.outbox[0].to, ContactMethod.objects.get().verified_at) == (["b@example.com"], None)


def test_what_is_no_address_is_refused(client_for: ClientFor, bob: Any) -> None:
    client = client_for(bob)
    for kind, address in (("mail", "nobody"), ("webhook", "ftp://example.com")):
        answer = client.post(URL, {"kind": kind, "address": address, "delay_minutes": 0})
        assert "address" in answer.context["form"].errors


def test_a_webhook_into_the_private_network_is_refused(client_for: ClientFor, bob: Any) -> None:
    told = {"kind": "webhook", "address": "http://127.0.0.1:9/", "delay_minutes": 0}
    assert b"did not get out" in client_for(bob).post(URL, told).content
    assert not ContactMethod.objects.exists()


def test_the_same_contact_twice_is_refused(client_for: ClientFor, bob: Any) -> None:
    told = {"kind": "mail", "address": "b@example.com", "delay_minutes": 0}
    client = client_for(bob)
    client.post(URL, told)
    assert b"have this contact already" in client.post(URL, told).content
