from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password

from shortener.domain.visitors import Visitor
from shortener.exceptions import BudgetSpent
from shortener.services import passwords
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> Any:
    return LinkFactory(password_hash=make_password("open sesame"))


def tried(link: Any, password: str, now: datetime, address: str = "192.0.2.1") -> bool:
    return passwords.is_right(link=link, password=password, visitor=Visitor(address=address), now=now)


def test_only_the_links_own_password_is_right(link: Any, now: datetime) -> None:
    assert [tried(link, text, now) for text in ("open sesame", "Open Sesame", "", "x" * 5000)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_client_may_try_a_few_and_is_refused_before_anything_is_compared(link: Any, now: datetime) -> None:
    for _ in range(passwords.PER_CLIENT.limit):
        tried(link, "guess", now)
    with pytest.raises(BudgetSpent):
        tried(link, "open sesame", now)
    assert tried(link, "open sesame", now, address="192.0.2.2")
    assert tried(link, "open sesame", now + timedelta(minutes=1))


def test_addresses_of_one_network_are_one_client(link: Any, now: datetime) -> None:
    for number in range(passwords.PER_CLIENT.limit):
        tried(link, "guess", now, address=f"2001:db8::{number}")
    with pytest.raises(BudgetSpent):
        tried(link, "open sesame", now, address="2001:db8::ffff")


def test_many_clients_together_guess_no_faster(link: Any, now: datetime) -> None:
    for number in range(passwords.PER_LINK.limit):
        tried(link, "guess", now, address=f"192.0.2.{number}")
    with pytest.raises(BudgetSpent, match="Passwords of this link"):
        tried(link, "open sesame", now, address="192.0.2.250")


def test_other_links_are_not_held_up(link: Any, now: datetime) -> None:
    other = LinkFactory(password_hash=make_password("other"))
    for _ in range(passwords.PER_CLIENT.limit):
        tried(link, "guess", now)
    assert tried(other, "other", now)


def test_who_was_admitted_stays_so_until_the_link_changes(link: Any) -> None:
    cookie = passwords.admission(link)
    assert passwords.is_admitted(link, cookie)
    link.version += 1
    assert not passwords.is_admitted(link, cookie)


def test_an_admission_lasts_for_minutes(link: Any, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        cookie = passwords.admission(link)
    with time_machine.travel(now + timedelta(seconds=passwords.ADMITTED_SECONDS - 1), tick=False):
        assert passwords.is_admitted(link, cookie)
    with time_machine.travel(now + timedelta(seconds=passwords.ADMITTED_SECONDS + 1), tick=False):
        assert not passwords.is_admitted(link, cookie)


@pytest.mark.parametrize("cookie", [None, "", "1", "1:x:y", "\0"])
def test_nothing_else_admits(link: Any, cookie: str | None) -> None:
    assert not passwords.is_admitted(link, cookie)


def test_the_cookie_of_another_link_admits_to_nothing(link: Any) -> None:
    assert not passwords.is_admitted(link, passwords.admission(LinkFactory()))
