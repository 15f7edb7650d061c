import pytest
from django.db import connection

from shortener.models import LinkChange
from shortener.services import changes


@pytest.mark.django_db
def test_each_link_gets_a_row_and_the_order_is_locked_until_the_commit() -> None:
    changes.publish([3, 4])
    assert list(LinkChange.objects.order_by("seq").values_list("link_id", flat=True)) == [3, 4]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND objid = %s", [changes.LOCK])
        assert cursor.fetchone() == (1,)
