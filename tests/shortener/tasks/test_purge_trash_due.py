from datetime import datetime, timedelta

import pytest
import time_machine

from shortener.models import Link
from shortener.tasks import purge_trash_due
from tests.factories.shortener import LinkFactory


@pytest.mark.django_db
def test_the_trash_is_emptied_of_what_is_older_than_the_setting(now: datetime, settings: object) -> None:
    settings.PORTAL_TRASH_DAYS = 3  # type: ignore[attr-defined]
    LinkFactory(slug="old", state="deleted", deleted_at=now - timedelta(days=3))
    LinkFactory(slug="fresh", state="deleted", deleted_at=now - timedelta(days=2))
    with time_machine.travel(now, tick=False):
        purge_trash_due()
    assert {link.slug: bool(link.target) for link in Link.objects.all()} == {"old": False, "fresh": True}
