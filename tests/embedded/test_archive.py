"""Backup and restore, there and back on real databases."""

import os
import tarfile
from pathlib import Path

import psycopg2
import pytest

from portal.embedded import archive
from portal.embedded.configuration import Configuration
from portal.embedded.exceptions import SurroundingsError

FILL = """
CREATE TABLE links (id int PRIMARY KEY, target text);
INSERT INTO links SELECT n, 'https://example.com/' || n FROM generate_series(1, 1000) n;
CREATE TABLE clicks (at date) PARTITION BY RANGE (at);
CREATE TABLE clicks_2026 PARTITION OF clicks FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO clicks VALUES ('2026-03-04'), ('2026-03-05');
"""
COUNTS = {"clicks_2026": 2, "links": 1000}


@pytest.fixture
def backup(settings_of_a_run: Configuration, database: str, tmp_path: Path) -> Path:
    """A backup of a small database with one waiting segment."""
    execute(database, FILL)
    segment = settings_of_a_run.data_dir / "edge" / "edge-1" / "segments" / "000001.seg"
    segment.parent.mkdir(parents=True)
    segment.write_bytes(b"clicks")
    environment = {"DATABASE_URL": database, "PORTAL_SECRET_KEY": "the key"}
    assert archive.backup(settings_of_a_run, environment, tmp_path / "portal.tar") == COUNTS
    return tmp_path / "portal.tar"


def execute(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def test_only_its_owner_can_read_a_backup(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    assert list(backup.parent.glob(".*.part")) == []


def test_a_backup_comes_back_whole(settings_of_a_run: Configuration, database: str, backup: Path) -> None:
    execute(database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    (settings_of_a_run.data_dir / "edge" / "edge-1" / "segments" / "000001.seg").unlink()
    assert archive.restore(settings_of_a_run, database, backup, force=False) == COUNTS
    assert (settings_of_a_run.data_dir / "secrets" / "secret_key").read_text() == "the key"
    assert (settings_of_a_run.data_dir / "edge/edge-1/segments/000001.seg").read_bytes() == b"clicks"


def test_a_used_database_is_not_overwritten(settings_of_a_run: Configuration, database: str, backup: Path) -> None:
    with pytest.raises(SurroundingsError, match="not empty; restore into an empty one, or add --force"):
        archive.restore(settings_of_a_run, database, backup, force=False)
    assert archive.row_counts(database) == COUNTS


def test_force_replaces_what_was_there(settings_of_a_run: Configuration, database: str, backup: Path) -> None:
    execute(database, "CREATE TABLE newer (); DELETE FROM links")
    assert archive.restore(settings_of_a_run, database, backup, force=True) == COUNTS


@pytest.mark.parametrize("content", [b"", b"no tar at all"])
def test_another_file_is_no_backup(settings_of_a_run: Configuration, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(SurroundingsError, match=r"other is no backup of this portal"):
        archive.restore(settings_of_a_run, "unused", tmp_path / "other", force=False)


def test_a_missing_file_is_named(settings_of_a_run: Configuration, tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match=r"There is no backup .*none"):
        archive.restore(settings_of_a_run, "unused", tmp_path / "none", force=False)


def test_a_backup_without_a_database_is_refused(settings_of_a_run: Configuration, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": 99}')
    with tarfile.open(tmp_path / "future.tar", "w") as tar:
        tar.add(tmp_path / "manifest.json", "manifest.json")
    with pytest.raises(SurroundingsError, match="written in another format than 1"):
        archive.restore(settings_of_a_run, "unused", tmp_path / "future.tar", force=False)


def test_a_folder_that_cannot_be_written_is_named(settings_of_a_run: Configuration, tmp_path: Path) -> None:
    environment = {"DATABASE_URL": os.environ["DATABASE_URL"], "PORTAL_SECRET_KEY": "the key"}
    with pytest.raises(SurroundingsError, match="Cannot write the backup"):
        archive.backup(settings_of_a_run, environment, tmp_path / "none" / "portal.tar")


def test_passwords_do_not_stand_on_command_lines() -> None:
    url = "postgresql://portal:hunter2@127.0.0.1:5432/portal"
    assert archive._without_password(url) == "postgresql://portal@127.0.0.1:5432/portal"
