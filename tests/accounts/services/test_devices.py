from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from portal.accounts.models import KnownDevice, OutgoingMail, User
from portal.accounts.services import devices
from portal.accounts.services.devices import SignIn


@pytest.fixture
def sign_in(now: datetime) -> SignIn:
    return SignIn(key="", user_agent="Firefox", address="192.0.2.7", at=now)


def test_the_first_browser_of_a_person_is_no_news(alice: User, sign_in: SignIn) -> None:
    devices.note_sign_in(user=alice, sign_in=sign_in)
    assert not OutgoingMail.objects.exists()


def test_the_same_browser_is_known(alice: User, sign_in: SignIn, now: datetime) -> None:
    key = devices.note_sign_in(user=alice, sign_in=sign_in)
    later = now + timedelta(days=3)
    assert devices.note_sign_in(user=alice, sign_in=replace(sign_in, key=key, at=later)) == key
    assert KnownDevice.objects.get().last_seen_at == later
    assert not OutgoingMail.objects.exists()


def test_another_browser_is_told_by_mail(alice: User, sign_in: SignIn) -> None:
    devices.note_sign_in(user=alice, sign_in=sign_in)
    devices.note_sign_in(user=alice, sign_in=replace(sign_in, user_agent="Chrome"))
    mail = OutgoingMail.objects.get()
    assert mail.to == "alice@example.com"
    assert "Chrome" in mail.text
    assert "192.0.2.7" in mail.text


def test_two_people_may_share_a_browser(alice: User, bob: User, sign_in: SignIn) -> None:
    key = devices.note_sign_in(user=alice, sign_in=sign_in)
    assert devices.note_sign_in(user=bob, sign_in=replace(sign_in, key=key)) == key
    assert KnownDevice.objects.count() == 2


def test_the_key_of_the_cookie_is_not_stored(alice: User, sign_in: SignIn) -> None:
    key = devices.note_sign_in(user=alice, sign_in=sign_in)
    assert KnownDevice.objects.get().digest != key
