"""One PostgreSQL database and one running edge per test module."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shortener.edge.support import Database, EdgeProcess, Gate


@pytest.fixture(scope="module")
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with link 1 under the slug `known`."""
    name = f"edge_{os.getpid()}_{request.path.stem}"
    database = Database(os.environ["DATABASE_URL"], name)
    database.put_link(1, "known")
    yield database
    database.drop()


@pytest.fixture
def gate(database: Database) -> Iterator[Gate]:
    """The only way to PostgreSQL of `own_edge`."""
    gate = Gate(database.url)
    yield gate
    gate.shut()


@pytest.fixture(scope="module")
def edge(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EdgeProcess]:
    """A running edge that is shared by the module's tests."""
    edge = EdgeProcess(database_url=database.url, data=tmp_path_factory.mktemp("edge")).start()
    yield edge
    edge.kill()


@pytest.fixture
def own_edge(gate: Gate, tmp_path: Path) -> Iterator[EdgeProcess]:
    """An edge that a test starts, kills and starts again; not yet running."""
    edge = EdgeProcess(database_url=gate.url, data=tmp_path)
    yield edge
    edge.kill()
