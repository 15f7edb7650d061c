from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from tests.factories import accounts
from tests.leaks.secret import Secret


@pytest.fixture
def secret(db: None) -> Secret:
    return Secret(timezone.now())


@pytest.fixture
def visitor() -> Callable[[Any], Client]:
    """Makes a browser of a person, or of nobody, to which a defect is an answer of 500."""

    def make(user: Any) -> Client:
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture
def program() -> Callable[..., APIClient]:
    """Makes an API client with a token of a person that may do whatever the person may, in one team or in all."""

    def make(user: Any, team: Any = None) -> APIClient:
        client = APIClient(raise_request_exception=False)
        token = accounts.issue_token(user=user, team=team)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return client

    return make
