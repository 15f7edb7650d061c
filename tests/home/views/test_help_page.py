from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_keys_of_the_navigation_are_listed(client_for: Callable[[Any], Client], alice: Any) -> None:
    page = client_for(alice).get("/help/").content.decode()
    assert "<kbd>g</kbd> <kbd>n</kbd>" in page


def test_nobody_reads_it_without_signing_in(client: Client) -> None:
    assert client.get("/help/")["Location"].startswith("/accounts/login/")
