"""The plans by which PostgreSQL finds and orders links when there are many of them."""

from datetime import datetime

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from shortener.models import Link
from shortener.models.links import LinkQuerySet
from shortener.selectors import filters, finding, pages
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")
ROWS = 20_000
OWN = ("id", "public_id", "slug", "key", "target", "title")


@pytest.fixture
def many(db: None) -> None:
    """Twenty thousand links of one team, copied from one of them."""
    first = LinkFactory()
    columns = ", ".join(str(field.column) for field in Link._meta.concrete_fields if field.name not in OWN)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO shortener_link (public_id, slug, key, target, title, {columns}) "
            "SELECT 'lnk_' || n, md5('s' || n), md5('s' || n), 'https://example.org/' || md5('t' || n), "
            f"'Title ' || n, {columns} FROM shortener_link, generate_series(1, %s) n WHERE id = %s",
            [ROWS, first.pk],
        )
        cursor.execute("SELECT gin_clean_pending_list(oid) FROM pg_class WHERE relname LIKE 'link%%trigrams'")
        cursor.execute("ANALYZE shortener_link")


def plan(found: LinkQuerySet, length: int) -> str:
    return found.values_list("pk")[: length + 1].explain()


@pytest.mark.usefixtures("many")
def test_a_word_is_found_by_trigrams(now: datetime) -> None:
    for text in ("deadbeef", "no such words"):
        found = filters.narrowed(finding.links(SYSTEM), filters.LinkFilter(text=text), now=now).order_by()
        told = plan(found, pages.COUNTED)
        assert {name for name in ("slug", "target", "title") if f"link_{name}_trigrams" not in told} == set(), told
        assert "Seq Scan on shortener_link" not in told


@pytest.mark.usefixtures("many")
def test_an_order_is_read_from_an_index_and_clicks_from_one_join() -> None:
    for sort in ("newest", "oldest", "title"):
        told = plan(filters.ordered(finding.links(SYSTEM), sort), pages.SIZE)
        assert ("Index" in told, "Sort" in told) == (True, False), told
    told = plan(filters.ordered(finding.links(SYSTEM), "clicks"), pages.SIZE)
    assert ("SubPlan" in told, " Join" in told) == (False, True), told
