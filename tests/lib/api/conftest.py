from collections.abc import Callable

import pytest
from rest_framework.test import APIClient


@pytest.fixture
def api(api_for: Callable[..., APIClient]) -> APIClient:
    """A client that may read and write the test resource."""
    return api_for("teams:read", "teams:write")
