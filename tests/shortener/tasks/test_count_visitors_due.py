import pytest

from shortener import tasks
from shortener.models import ClickDay
from tests.factories.shortener import click, ship


@pytest.mark.django_db
def test_the_tick_counts_visitors_and_may_come_again() -> None:
    ship(click(7), click(7))
    tasks.drain_segments_due()
    tasks.count_visitors_due()
    tasks.count_visitors_due()
    assert ClickDay.objects.values_list("people", "visitors").get() == (2, 1)
