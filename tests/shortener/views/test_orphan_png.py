from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.django_db
def test_the_graph_is_a_picture(client_for: Callable[[Any], Any], vera: Any) -> None:
    response = client_for(vera).get("/links/orphans.png", {"days": "7"})
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
