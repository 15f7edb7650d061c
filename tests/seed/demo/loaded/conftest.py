from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from portal.seed.demo import load
from tests.seed.demo.conftest import NOW, few_clicks

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Side by side, whatever order the files have, so that one load is enough."""
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[load.Loaded]:
    """31 days of demo, loaded once for the tests of this folder, which only read it, and rolled back after them."""
    with few_clicks(), django_db_blocker.unblock(), transaction.atomic():
        yield load.load(now=NOW, password="a password of some length", days=31)
        transaction.set_rollback(True)
