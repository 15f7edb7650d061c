from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.seed.demo import plan

NOW = datetime(2026, 3, 4, 12, 20, tzinfo=UTC)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps these tests on one worker, so that one load serves all of them."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo"))


@contextmanager
def few_clicks() -> Iterator[None]:
    """Fewer clicks, so that the tests stay quick; everything else is whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "LINKS", tuple((*link[:4], 2) for link in plan.LINKS[:3]))
        yield
