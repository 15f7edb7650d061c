from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from portal.seed.demo import load, plan

NOW = datetime(2026, 3, 4, 12, 20, tzinfo=UTC)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps these tests on one worker, so that one load serves all tests of a file."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(scope="module")
def small() -> Iterator[None]:
    """Fewer clicks, so that the tests stay quick; everything else is whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "LINKS", tuple((*link[:4], 2) for link in plan.LINKS[:3]))
        yield


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker, small: None) -> Iterator[load.Loaded]:
    """31 days of demo, loaded once for the tests of a file, which only read it, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load.load(now=NOW, password="a password of some length", days=31)
        transaction.set_rollback(True)
