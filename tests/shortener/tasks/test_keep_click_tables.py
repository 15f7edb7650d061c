import pytest
from django.utils import timezone

from portal.lib import partitions
from shortener import tasks


@pytest.mark.django_db
def test_the_tick_makes_the_partition_of_today() -> None:
    today = timezone.now().date()
    tasks.keep_click_tables()
    assert partitions.name_of("shortener_click", today) in partitions.partitions("shortener_click")
