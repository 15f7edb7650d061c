import pytest

from shortener import tasks
from shortener.models import Link, LinkChange
from tests.factories.shortener import BanFactory, LinkFactory


@pytest.mark.django_db
def test_the_tick_bans_what_slipped_through() -> None:
    ban = BanFactory(value="evil.org")
    link = LinkFactory(target_hosts=["www.evil.org"])
    LinkChange.objects.create(link_id=link.pk)
    tasks.catch_up_bans_due()
    tasks.catch_up_bans_due()
    assert Link.objects.get().ban == ban
