from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from shortener.models import TargetCheck
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "code"), [("bob", 302), ("vera", 403), ("charlie", 403)])
def test_responders_of_the_team_may(
    client_for: Callable[[Any], Any], request: Any, team: Any, who: str, code: int
) -> None:
    link = LinkFactory(team=team)
    client = client_for(request.getfixturevalue(who))
    assert client.post(f"/dead-links/{link.public_id}/recheck/").status_code == code
    assert TargetCheck.objects.filter(due_at__lte=timezone.now()).count() == (code == 302)
