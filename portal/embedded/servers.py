"""PostgreSQL and Valkey together: where their files are, their ports and passwords, start and stop."""

import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import binaries, children, ports
from portal.embedded.children import Identity
from portal.embedded.exceptions import SurroundingsError
from portal.embedded.postgres import Postgres
from portal.embedded.valkey import Valkey

ROOT_FALLBACK = Path("/var/lib/sre-portal")
ATTEMPTS = 3


@dataclass
class Running:
    """A started server and the child process that it is."""

    server: Postgres | Valkey
    child: subprocess.Popen[bytes]
    log: Path

    @property
    def name(self) -> str:
        """`postgres` or `valkey`."""
        return type(self.server).__name__.lower()

    @property
    def stop_signal(self) -> int:
        """The signal that ends the server cleanly: for PostgreSQL its fast shutdown."""
        return signal.SIGINT if isinstance(self.server, Postgres) else signal.SIGTERM

    def restart(self) -> None:
        """Start the server again on its old port after a crash, and wait until it answers."""
        children.signal_group(self.child.pid, signal.SIGKILL)
        self.server.stop_leftover()
        self.child = self.server.start(self.log)
        self.server.wait_ready(self.child, self.log)

    def stop(self) -> None:
        """Stop the server and wait for its end."""
        children.stop(self.child, number=self.stop_signal)


def folder_for(data_dir: Path, identity: Identity) -> Path:
    """Where the servers keep their files: inside `data_dir`, or under /var/lib when root's `nobody` cannot get in."""
    inside = data_dir / "servers"
    if not identity.dropped or all(folder.stat().st_mode & 0o001 for folder in data_dir.resolve().parents):
        return inside
    return ROOT_FALLBACK / hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:16]


def start(data_dir: Path, *, postgres: bool = True, valkey: bool = True, durable: bool = True) -> list[Running]:
    """Start the wanted servers on `data_dir` and return them once they answer; a failure stops what was started."""
    identity = children.server_identity()
    folder = _prepare_folder(data_dir, identity)
    programs = binaries.find(identity, copies=folder / "software")
    wanted: list[type[Postgres | Valkey]] = ([Valkey] if valkey else []) + ([Postgres] if postgres else [])
    started: list[Running] = []
    try:
        for kind in wanted:
            started += [_launch(kind, data_dir, folder, programs, identity, durable)]
        for running in started:
            _settle(running, data_dir)
    except BaseException:
        stop(started)
        raise
    return started


def stop(started: list[Running]) -> None:
    """Stop all servers, the last started one first."""
    for running in reversed(started):
        running.stop()


def remove_files(data_dir: Path) -> None:
    """Delete what the servers keep, wherever it is."""
    shutil.rmtree(folder_for(data_dir, children.server_identity()), ignore_errors=True)


def _launch(
    kind: type[Postgres | Valkey],
    data_dir: Path,
    folder: Path,
    programs: binaries.Binaries,
    identity: Identity,
    durable: bool,
) -> Running:
    name = kind.__name__.lower()
    server = kind(
        directory=folder / name,
        port=_port(data_dir, name),
        password=secret(data_dir, f"{name}_password"),
        binaries=programs,
        identity=identity,
        durable=durable,
    )
    server.initialise()
    server.stop_leftover()
    log = _open_folder(data_dir, "logs", mode=0o700) / f"{name}.log"
    return Running(server=server, child=server.start(log), log=log)


def _settle(running: Running, data_dir: Path) -> None:
    """Wait until the server answers; one that lost its port to another program tries with a new one."""
    for attempt in range(ATTEMPTS):
        try:
            running.server.wait_ready(running.child, running.log)
        except SurroundingsError:
            if attempt + 1 == ATTEMPTS or ports.is_free(running.server.port):
                raise
            _forget_port(data_dir, running.name)
            server = type(running.server)(**{**vars(running.server), "port": _port(data_dir, running.name)})
            server.initialise()
            running.server, running.child = server, server.start(running.log)
        else:
            return


def _prepare_folder(data_dir: Path, identity: Identity) -> Path:
    """Make the servers' folder so that their user can walk into it and nobody else can list it."""
    folder = folder_for(data_dir, identity)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if identity.dropped:
            for passable in (folder, folder.parent):
                passable.chmod(passable.stat().st_mode | 0o011)
    except OSError as error:
        raise SurroundingsError(
            f"Cannot write to {folder}: {error.strerror}; set PORTAL_DATA_DIR to a folder of your own."
        ) from None
    return folder


def _open_folder(parent: Path, name: str, *, mode: int = 0o755) -> Path:
    path = parent / name
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    return path


def secret(data_dir: Path, name: str) -> str:
    """The secret `name` of this installation, made once and kept where only its owner can read it."""
    path = _open_folder(data_dir, "secrets", mode=0o700) / name
    if not path.is_file():
        draft = path.with_name(f".{name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        draft.rename(path)
    return path.read_text().strip()


def _ports_file(data_dir: Path) -> Path:
    return data_dir / "ports.json"


def _remembered(data_dir: Path) -> dict[str, int]:
    try:
        return {str(name): int(port) for name, port in json.loads(_ports_file(data_dir).read_text()).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _port(data_dir: Path, name: str) -> int:
    """The port of server `name`: the one of last time while it is free, else a new one, remembered."""
    remembered = _remembered(data_dir)
    if name not in remembered or not ports.is_free(remembered[name]):
        remembered[name] = ports.free_ports(1)[0]
        _ports_file(data_dir).write_text(json.dumps(remembered))
    return remembered[name]


def _forget_port(data_dir: Path, name: str) -> None:
    _ports_file(data_dir).write_text(
        json.dumps({key: port for key, port in _remembered(data_dir).items() if key != name})
    )


def known_url(data_dir: Path, name: str) -> str:
    """Where the running server `name` of this data directory is."""
    port, password = _remembered(data_dir).get(name, 0), secret(data_dir, f"{name}_password")
    return Postgres.url_for(port, password) if name == "postgres" else Valkey.url_for(port, password)
