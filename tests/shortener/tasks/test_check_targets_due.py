import pytest
from django.utils import timezone

from shortener import tasks
from shortener.models import TargetCheck
from tests.factories.shortener import LinkFactory
from tests.shortener.receiver import Receiver


@pytest.mark.django_db
def test_the_tick_gives_places_and_asks_what_is_due(receiver: Receiver) -> None:
    link = LinkFactory(target=receiver.url)
    tasks.check_targets_due()
    assert receiver.came == []
    TargetCheck.objects.filter(link=link).update(due_at=timezone.now())
    tasks.check_targets_due()
    tasks.check_targets_due()
    assert len(receiver.came) == 1
