import pytest

from shortener import tasks
from shortener.clients import visit_counters
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


def test_the_clock_makes_missing_counters() -> None:
    link = LinkFactory(max_visits=5)
    tasks.mend_counters_due()
    assert visit_counters.raise_to({link.pk: 0}) == 0
