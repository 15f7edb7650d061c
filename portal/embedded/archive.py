"""`./run backup` and `./run restore`: one file with everything that must survive.

The file is a tar: manifest.json, database.dump (pg_dump's custom format), secret_key, and the click segments that the
edge has not shipped yet. They are copied before the dump: what was shipped in between is known to the database by its
edge, number and offset and is dropped when it comes a second time. Valkey is left out: nothing in it must survive.
"""

import json
import os
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg2
from psycopg2 import extensions, sql

from portal.embedded import binaries, children
from portal.embedded.configuration import Configuration
from portal.embedded.exceptions import SurroundingsError

FORMAT = 1
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"


def backup(configuration: Configuration, environment: Mapping[str, str], target: Path) -> dict[str, int]:
    """Write the backup, readable for its owner only; the counts of rows come from the very snapshot that is dumped."""
    url = environment["DATABASE_URL"]
    draft = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as name:
            folder = Path(name)
            segments = _pack_segments(configuration.data_dir, folder / "segments.tar.gz")
            counts = _dump(url, folder / "database.dump")
            (folder / "secret_key").write_text(environment["PORTAL_SECRET_KEY"])
            facts = {"format": FORMAT, "made_at": int(time.time()), "counts": counts, "segments": segments}
            (folder / "manifest.json").write_text(json.dumps(facts))
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                _tar(file, folder)
        draft.replace(target)
    except OSError as error:
        raise SurroundingsError(f"Cannot write the backup {target}: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)
    return counts


def restore(configuration: Configuration, url: str, source: Path, *, force: bool) -> dict[str, int]:
    """Bring a backup into an empty database (with `force` into any) and prove by the counts that nothing is missing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts = _unpack(source, folder)
        _make_room(url, force=force)
        _restore_database(url, folder / "database.dump")
        found = row_counts(url)
        wrong = {table: count for table, count in facts["counts"].items() if found.get(table) != count}
        if wrong:
            raise SurroundingsError(f"The restored database differs from the backup in {', '.join(sorted(wrong))}.")
        _restore_files(configuration.data_dir, folder)
    return found


def row_counts(url: str) -> dict[str, int]:
    """The number of rows of each table."""
    connection = psycopg2.connect(url)
    try:
        return _counts(connection)
    finally:
        connection.close()


def _counts(connection: extensions.connection) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [str(row[0]) for row in cursor.fetchall()]
        counts = {}
        for table in tables:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            counts[table] = int((cursor.fetchone() or [0])[0])
    return counts


def _dump(url: str, target: Path) -> dict[str, int]:
    """Dump one snapshot of the database and count the rows of the same."""
    connection = psycopg2.connect(url)
    try:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = str((cursor.fetchone() or [""])[0])
        _program("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        return _counts(connection)
    finally:
        connection.close()


def _make_room(url: str, *, force: bool) -> None:
    """Refuse a database with tables in it, or with `force` empty it."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            used = cursor.fetchone() is not None
            if used and not force:
                raise SurroundingsError(
                    "The database is not empty; restore into an empty one, or add --force to replace it."
                )
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    finally:
        connection.close()


def _restore_database(url: str, dump: Path) -> None:
    options = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
    _program("pg_restore", url, *options, f"--dbname={_without_password(url)}", str(dump))


def _program(name: str, url: str, *words: str) -> None:
    """Run a program of PostgreSQL; the password travels in the environment, where other users cannot read it."""
    folder = binaries.installed().postgres
    connect = () if name == "pg_restore" else (f"--dbname={_without_password(url)}",)
    environment = {**children.server_environment(), "PGPASSWORD": unquote(urlsplit(url).password or "")}
    done = subprocess.run(
        [folder / name, *connect, *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SurroundingsError(f"{name} failed: {children.last_lines(done.stderr)}")


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    user, _, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user.split(':')[0]}@{host}" if user else host).geturl()


def _pack_segments(data_dir: Path, target: Path) -> int:
    """Copy the segments that wait on this machine; one that is shipped and deleted meanwhile is not missed."""
    count = 0
    with tarfile.open(target, "w:gz", compresslevel=1) as tar:
        for path in sorted(data_dir.glob("edge/*/segments/*")):
            try:
                tar.add(path, arcname=str(path.relative_to(data_dir)))
            except FileNotFoundError:
                continue
            count += 1
    return count


def _tar(file: Any, folder: Path) -> None:
    with tarfile.open(fileobj=file, mode="w") as tar:
        for path in sorted(folder.iterdir()):
            tar.add(path, arcname=path.name)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        facts = json.loads((folder / "manifest.json").read_text())
    except FileNotFoundError:
        raise SurroundingsError(f"There is no backup {source}, or it holds no manifest.") from None
    except (OSError, ValueError, tarfile.TarError) as error:
        raise SurroundingsError(f"{source} is no backup of this portal ({str(error).splitlines()[0]}).") from None
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise SurroundingsError(f"{source} was written in another format than {FORMAT}, which this portal reads.")
    return facts


def _restore_files(data_dir: Path, folder: Path) -> None:
    """Put the secret key and the waiting segments back; what the edge had here belongs to the replaced database."""
    secret = data_dir / "secrets" / "secret_key"
    secret.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret.touch(mode=0o600)
    secret.write_text((folder / "secret_key").read_text())
    for old in data_dir.glob("edge/*/*/*"):
        if old.is_file():
            old.unlink()
    with tarfile.open(folder / "segments.tar.gz") as tar:
        tar.extractall(data_dir, filter="data")
    (data_dir / "prepared.json").unlink(missing_ok=True)
