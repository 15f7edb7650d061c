"""What is due before the processes start."""

from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest

from portal.embedded import preparation
from portal.embedded.configuration import Configuration
from portal.embedded.exceptions import SurroundingsError

STATE = {"database": "1 2 3", "migrations": "a", "static": "b", "seed": "c"}


def test_nothing_is_due_when_nothing_changed() -> None:
    assert preparation._commands(STATE, STATE) == []


def test_the_first_start_makes_everything_and_the_administrator_last() -> None:
    assert preparation._commands({}, STATE) == ["migrate --noinput", "collectstatic --noinput", "bootstrap"]


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ("database", ["migrate --noinput", "bootstrap"]),
        ("migrations", ["migrate --noinput", "bootstrap"]),
        ("static", ["collectstatic --noinput"]),
        ("seed", ["bootstrap"]),
    ],
)
def test_each_change_has_its_commands(changed: str, due: list[str]) -> None:
    assert preparation._commands(STATE, STATE | {changed: "new"}) == due


def test_a_fingerprint_follows_content_and_list(tmp_path: Path) -> None:
    paths = [tmp_path / "a.py", tmp_path / "b.py"]
    paths[0].write_text("1")
    first = preparation.fingerprint(paths)
    paths[1].write_text("")
    second = preparation.fingerprint(paths)
    paths[0].write_text("2")
    assert len({first, second, preparation.fingerprint(paths)}) == 3


def test_a_database_without_migrations_is_empty(database: str) -> None:
    assert preparation.database_state(database) == "empty"


def test_the_state_of_a_database_follows_its_migrations(database: str) -> None:
    connection = psycopg2.connect(database)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE django_migrations AS SELECT now() AS applied")
    before = preparation.database_state(database)
    with connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations VALUES (now())")
    connection.close()
    assert preparation.database_state(database) != before


def test_a_failure_is_told_with_its_last_lines(settings_of_a_run: Configuration, database: str, tmp_path: Path) -> None:
    elsewhere = replace(settings_of_a_run, root=tmp_path)
    (tmp_path / "requirements.txt").touch()
    with pytest.raises(SurroundingsError, match=r"Preparing the database failed: .*portal"):
        preparation.prepare(elsewhere, {"DATABASE_URL": database})
    assert (settings_of_a_run.data_dir / "logs" / "prepare.log").read_text()
