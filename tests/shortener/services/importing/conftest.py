import pytest


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every draft asks the blocklists."""
