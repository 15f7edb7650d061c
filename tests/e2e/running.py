"""A portal that really runs: started by `./run` on free ports with a data directory of its own and a mail sink."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from portal.embedded import ports, servers

ROOT = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 100
ADMIN_EMAIL = "admin@example.com"


class Sink(MessageHandler):
    """Keeps every mail that arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        """Keep one mail."""
        self.mails.append(message)


@dataclass
class RunningPortal:
    """What tests need to know of the portal that runs for them."""

    data_dir: Path
    supervisor: subprocess.Popen[bytes]
    smtp: Controller
    sink: Sink
    base_url: str = ""
    link_url: str = ""
    admin_email: str = ADMIN_EMAIL
    admin_password: str = ""

    @property
    def said(self) -> list[str]:
        """What the supervisor printed so far."""
        return (self.data_dir / "terminal.txt").read_text().splitlines()

    @property
    def pids(self) -> dict[str, int]:
        """The present process id of each process, and of the supervisor."""
        facts = json.loads((self.data_dir / "running.json").read_text())
        return {"supervisor": facts["pid"], **facts.get("processes", {})}

    def is_ready(self, name: str) -> bool:
        """Whether a process says of itself that it is ready."""
        facts = json.loads((self.data_dir / "running.json").read_text())
        return answers(facts["ready_urls"][name])

    @property
    def mails(self) -> list[Message]:
        """Every mail that was sent so far."""
        return self.sink.mails

    def kill(self, name: str) -> int:
        """End a process without warning and return its old process id."""
        pid = self.pids[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    def manage(self, *words: str) -> str:
        """The output of `./run manage` against this portal."""
        argv = [str(ROOT / "run"), "manage", *words]
        return subprocess.run(
            argv, env=environment(self.data_dir), text=True, check=True, stdout=subprocess.PIPE
        ).stdout

    def stop(self) -> None:
        """End the portal and delete what it kept."""
        self.supervisor.terminate()
        try:
            self.supervisor.wait(30)
        except subprocess.TimeoutExpired:
            self.supervisor.kill()
        self.smtp.stop()
        servers.remove_files(self.data_dir)
        shutil.rmtree(self.data_dir, ignore_errors=True)


def environment(data_dir: Path, **own: str) -> dict[str, str]:
    """An environment without the settings of whoever runs the tests."""
    ours = ("PORTAL_", "DATABASE_URL", "REDIS_URL", "DJANGO_", "PYTEST_", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours) or name == "PORTAL_VENV_DIR"}
    return kept | {"PORTAL_ENV_FILE": os.devnull, "PORTAL_DATA_DIR": str(data_dir)} | FREE_PORTS | own


FREE_PORTS = {"PORTAL_PORT": "0", "PORTAL_LINK_PORT": "0", "PORTAL_ADMIN_PORT": "0"}


def start() -> RunningPortal:
    """Start `./run` and return once it says that it is ready."""
    sink = Sink()
    smtp = Controller(sink, hostname="127.0.0.1", port=ports.free_ports(1)[0])
    smtp.start()
    data_dir = Path(tempfile.mkdtemp(prefix="portal-e2e-"))
    own = {
        "PORTAL_EMAIL_HOST": "127.0.0.1",
        "PORTAL_EMAIL_PORT": str(smtp.port),
        "PORTAL_ALLOW_PRIVATE_TARGETS": "1",
        "PORTAL_ADMIN_EMAIL": ADMIN_EMAIL,
    }
    with (data_dir / "terminal.txt").open("wb") as terminal:
        supervisor = subprocess.Popen(
            [str(ROOT / "run")], env=environment(data_dir, **own), stdout=terminal, stderr=subprocess.STDOUT
        )
    portal = RunningPortal(data_dir=data_dir, supervisor=supervisor, smtp=smtp, sink=sink)
    try:
        _listen(portal)
    except BaseException:
        portal.stop()
        raise
    return portal


PATTERNS = {
    "admin_password": re.compile(r"^sign in: \S+ +password: (\S+)", re.MULTILINE),
    "base_url": re.compile(r"^ready: (\S+)$", re.MULTILINE),
    "link_url": re.compile(r"^short links: (\S+)", re.MULTILINE),
}


def _listen(portal: RunningPortal) -> None:
    """Read what the supervisor says until it is ready."""
    wait_until(
        lambda: "short links: " in "\n".join(portal.said) or portal.supervisor.poll() is not None, seconds=READY_SECONDS
    )
    said = "\n".join(portal.said)
    assert portal.supervisor.poll() is None, f"./run ended before it was ready:\n{said}"
    for name, pattern in PATTERNS.items():
        if match := pattern.search(said):
            setattr(portal, name, match[1])


def wait_until(holds: Callable[[], Any], *, seconds: float = 30) -> Any:
    """The first true answer of `holds`; real processes need real time."""
    deadline = time.monotonic() + seconds
    while not (answer := holds()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)
    return answer


def answers(url: str) -> bool:
    """Whether `url` answers with a success."""
    try:
        with urlopen(url, timeout=5) as response:
            return bool(response.status < 400)
    except (URLError, OSError):
        return False
