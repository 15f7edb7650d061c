"""Servers for the tests of the embedded servers themselves, and databases of their own beside the suite's."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
import pytest
from psycopg2 import sql

from portal.embedded import configuration, temporary
from portal.embedded.configuration import Configuration

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def servers() -> Iterator[temporary.TemporaryServers]:
    """A PostgreSQL and a Valkey started by the code under test."""
    directory = Path(tempfile.mkdtemp(prefix="portal-embedded-"))
    with temporary.servers(directory) as started:
        yield started
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def database() -> Iterator[str]:
    """The URL of a new and empty database on the suite's server."""
    name = f"embedded_{uuid4().hex}"
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    connection.close()


@pytest.fixture
def settings_of_a_run(tmp_path: Path) -> Configuration:
    """The configuration of a `./run` whose data directory is the test's folder."""
    return configuration.read(ROOT, {"PORTAL_DATA_DIR": str(tmp_path), "PORTAL_PORT": "0", "PORTAL_LINK_PORT": "0"})
