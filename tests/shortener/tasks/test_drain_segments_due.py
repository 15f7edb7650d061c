import pytest

from shortener import tasks
from shortener.models import LinkTotal, Segment
from tests.factories.shortener import click, ship


@pytest.mark.django_db
def test_the_tick_drains_what_waits_and_may_come_again() -> None:
    ship(click(7))
    tasks.drain_segments_due()
    tasks.drain_segments_due()
    assert LinkTotal.objects.get().people == 1
    assert not Segment.objects.exists()
