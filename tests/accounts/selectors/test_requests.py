from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import requests


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (2, "198.51.100.9", "192.0.2.1"),
        (1, "nonsense", None),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_trusted_proxies_name_the_address(
    proxies: int, forwarded: str, address: str | None, settings: Any
) -> None:
    settings.PORTAL_TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert requests.address_of(request) == address


def test_a_request_without_the_middleware_is_anonymous() -> None:
    assert not requests.actor_of(RequestFactory().get("/")).is_known


def test_the_actor_that_was_set_is_found() -> None:
    request, actor = RequestFactory().get("/"), Actor.system("tests")
    requests.set_actor(request, actor)
    assert requests.actor_of(request) is actor


def test_a_session_without_a_person_is_anonymous() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert requests.session_actor(request).kind == "anonymous"


def test_a_session_is_its_person(bob: User) -> None:
    request = RequestFactory().get("/")
    request.user = bob
    assert requests.session_actor(request).user_id == bob.pk
