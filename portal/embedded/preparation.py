"""Migrations, first administrator and static files before the processes start; skipped when nothing changed."""

import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from portal.embedded import children
from portal.embedded.configuration import Configuration
from portal.embedded.exceptions import SurroundingsError

CREATED = "created administrator"
STATIC = "collectstatic --noinput"
RECORD = "prepared.json"


@dataclass(frozen=True)
class Prepared:
    """What the preparation did; `password` is there only when it made the administrator with a password of its own."""

    created: bool = False
    password: str = ""


def prepare(configuration: Configuration, environment: Mapping[str, str]) -> Prepared:
    """Bring database and static files up to the code, side by side; returns at once when they are."""
    before = _recorded(configuration)
    now = _state(configuration, environment["DATABASE_URL"])
    commands = _commands(before, now)
    if not commands:
        return Prepared()
    password = configuration.admin_password or secrets.token_urlsafe(12)
    own = {**environment, "PORTAL_ADMIN_PASSWORD": password, "PORTAL_PROCESS": "prepare", "PORTAL_PROCESS_PORT": "0"}
    lanes = [[command for command in commands if command != STATIC], [STATIC] if STATIC in commands else []]
    started = [_start(lane, own, configuration.root) for lane in lanes if lane]
    outputs = [children.output_of(child) for child in started]
    logs = configuration.data_dir / "logs"
    logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    (logs / "prepare.log").write_text("".join(outputs))
    created = any(CREATED in printed for printed in outputs)
    failed = [printed for child, printed in zip(started, outputs, strict=True) if child.returncode]
    if failed:
        made = f" The administrator was made before that, with the password {password}" if created else ""
        raise SurroundingsError(f"Preparing the database failed: {children.last_lines(failed[0], 4)}{made}")
    done = _state(configuration, environment["DATABASE_URL"])
    (configuration.data_dir / RECORD).write_text(json.dumps(done))
    return Prepared(created=created, password="" if configuration.admin_password or not created else password)


def _start(commands: list[str], environment: Mapping[str, str], root: Path) -> subprocess.Popen[bytes]:
    """Several commands in one process, because starting Django costs more than most of them."""
    argv = [sys.executable, "-m", "portal.embedded.commands", *commands]
    return children.start(argv, env=environment, cwd=root, output=subprocess.PIPE)


def _commands(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """The commands that are due; the administrator is made last, so that no failure before it hides the password."""
    database_same = all(before.get(key) == now[key] for key in ("database", "migrations"))
    due = {
        "migrate --noinput": not database_same,
        STATIC: before.get("static") != now["static"],
        "bootstrap": not database_same or before.get("seed") != now["seed"],
    }
    return [command for command, is_due in due.items() if is_due]


def _recorded(configuration: Configuration) -> dict[str, str]:
    try:
        record = json.loads((configuration.data_dir / RECORD).read_text())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _state(configuration: Configuration, database_url: str) -> dict[str, str]:
    root = configuration.root
    locks = [root / "requirements.txt"]
    ports = f"{configuration.port} {configuration.link_port}"
    who = f"{configuration.admin_email} {configuration.base_url} {configuration.link_url} {ports}"
    return {
        "database": database_state(database_url),
        "migrations": fingerprint([*locks, *root.glob("*/migrations/*.py"), *root.glob("portal/*/migrations/*.py")]),
        "seed": fingerprint([*locks, *root.glob("portal/seed/**/*.py")]) + who,
        "static": fingerprint([*locks, *root.glob("static/**/*"), root / "portal" / "settings.py"])
        + str((configuration.data_dir / "static").is_dir()),
    }


def fingerprint(paths: Iterable[Path]) -> str:
    """Changes whenever the content of one of the files does, or their list."""
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(f"{path}:".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def database_state(url: str) -> str:
    """Which database this is, and how far it was migrated."""
    connection = psycopg2.connect(url, connect_timeout=5)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
            if not (cursor.fetchone() or [False])[0]:
                return "empty"
            cursor.execute(
                "SELECT (SELECT oid FROM pg_database WHERE datname = current_database()), count(*), max(applied)"
                " FROM django_migrations"
            )
            return " ".join(map(str, cursor.fetchone() or []))
    finally:
        connection.close()
